package io.pipecat.tools.local.files;

import io.pipecat.api.tool.ToolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An open folder. Everything is done relative to the open handle (openat(2) and the like), by a single name and without following links:
 * it stays in this folder whatever anybody renames, replaces or links meanwhile.
 *
 * <p>Before a file is opened it must look like a regular one, since opening a pipe would wait for its other end.
 */
final class SafeFolder implements AutoCloseable {
    private static final String TEMPORARY = ".pipecat-";
    private static final int BUFFER = 64 * 1024;
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

    private final SecureDirectoryStream<Path> stream;
    private final Path path;
    private final Path root;

    private SafeFolder(SecureDirectoryStream<Path> stream, Path path, Path root) {
        this.stream = stream;
        this.path = path;
        this.root = root;
    }

    static SafeFolder ofRoot(Path root) throws ToolException, IOException {
        DirectoryStream<Path> stream;
        Path real;
        try {
            real = root.toRealPath();
            stream = real.getFileSystem().provider().newDirectoryStream(real, entry -> true);
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "The folder " + root + " of the setting file_roots cannot be opened: " + e + ".",
                    e);
        }
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new SafeFolder(secure, root, real);
        }
        stream.close();
        throw ToolException.failed("This system cannot open files in a way that links cannot lead astray, so the files"
                + " tool does nothing here.");
    }

    Path path() {
        return path;
    }

    SafeFolder child(String name) throws ToolException, IOException {
        PosixFileAttributes attributes = look(name).orElseThrow(() -> missing(name));
        if (!attributes.isDirectory()) {
            throw ToolException.failed(
                    "'" + path.resolve(name) + "' is not a folder but " + kind(attributes) + notFollowed(attributes));
        }
        return new SafeFolder(enter(name), path.resolve(name), root);
    }

    /** What holds if the name has become a link since somebody looked. */
    SecureDirectoryStream<Path> enter(String name) throws IOException {
        return stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** As {@link #enter}, for a file. */
    SeekableByteChannel open(String name) throws IOException {
        return stream.newByteChannel(Path.of(name), READ);
    }

    private ToolException missing(String name) {
        return ToolException.failed("There is no '" + path.resolve(name) + "'. List the folder to see what is there.");
    }

    private static String notFollowed(PosixFileAttributes attributes) {
        return attributes.isSymbolicLink() ? ", which is not followed." : ".";
    }

    static String kind(PosixFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link";
        }
        if (attributes.isDirectory()) {
            return "a folder";
        }
        return attributes.isRegularFile() ? "a file" : "a device, pipe or socket";
    }

    Optional<PosixFileAttributes> look(String name) throws IOException {
        try {
            return Optional.of(
                    stream.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The names in it, sorted; at most so many. */
    List<String> names(int atMost) {
        List<String> names = new ArrayList<>();
        for (Path entry : stream) {
            if (names.size() == atMost) {
                break;
            }
            names.add(String.valueOf(entry.getFileName()));
        }
        names.sort(null);
        return names;
    }

    PosixFileAttributes regular(String name) throws ToolException, IOException {
        PosixFileAttributes attributes = look(name).orElseThrow(() -> missing(name));
        if (!attributes.isRegularFile()) {
            throw ToolException.failed(
                    "'" + path.resolve(name) + "' is not a file but " + kind(attributes) + notFollowed(attributes));
        }
        return attributes;
    }

    byte[] read(String name, int limit) throws ToolException, IOException {
        long size = regular(name).size();
        if (size > limit) {
            throw tooLarge(name, size, limit);
        }
        try (SeekableByteChannel channel = open(name)) {
            var bytes = new ByteArrayOutputStream((int) size);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            // The file may be growing.
            while (channel.read(buffer) >= 0) {
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
                if (bytes.size() > limit) {
                    throw tooLarge(name, bytes.size(), limit);
                }
            }
            return bytes.toByteArray();
        }
    }

    private ToolException tooLarge(String name, long size, int limit) {
        return ToolException.failed(
                "'" + path.resolve(name) + "' has " + size + " bytes, where at most " + limit + " are taken.");
    }

    /**
     * Writes a file in one step: whoever reads it sees all of the old or all of the new.
     *
     * @param expected what the file must still be like, or empty if it does not matter
     */
    void write(String name, byte[] content, Optional<PosixFileAttributes> expected) throws ToolException, IOException {
        Optional<PosixFileAttributes> before = look(name);
        if (before.isPresent()) {
            regular(name);
        }
        Path temporary = Path.of(TEMPORARY + UUID.randomUUID() + ".tmp");
        boolean moved = false;
        try {
            try (SeekableByteChannel channel = stream.newByteChannel(temporary, CREATE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (channel instanceof FileChannel file) {
                    file.force(true);
                }
            }
            if (before.isPresent()) {
                stream.getFileAttributeView(temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setPermissions(before.get().permissions());
            }
            if (expected.isPresent() && !unchanged(expected.get(), look(name))) {
                throw ToolException.failed("'" + path.resolve(name)
                        + "' was changed by somebody else meanwhile, and was left as it is: read it again.");
            }
            stream.move(temporary, stream, Path.of(name));
            moved = true;
        } finally {
            if (!moved) {
                remove(temporary);
            }
        }
    }

    private static boolean unchanged(PosixFileAttributes before, Optional<PosixFileAttributes> now) {
        return now.isPresent()
                && now.get().size() == before.size()
                && now.get().lastModifiedTime().equals(before.lastModifiedTime())
                && String.valueOf(now.get().fileKey()).equals(String.valueOf(before.fileKey()));
    }

    private void remove(Path temporary) throws IOException {
        try {
            stream.deleteFile(temporary);
        } catch (NoSuchFileException e) {
            // It was not even created; why is told already.
            return;
        }
    }

    /**
     * Makes a folder. The JDK cannot do that relative to an open one, but it can move: so it is made in the root, which only who runs the
     * node decides on, and moved here.
     */
    void make(String name) throws IOException {
        Path temporary = Path.of(TEMPORARY + UUID.randomUUID() + ".tmp");
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            if (!(top instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException(root + " changed its file system");
            }
            Files.createDirectory(root.resolve(temporary));
            boolean moved = false;
            try {
                secure.move(temporary, stream, Path.of(name));
                moved = true;
            } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
                // Somebody else made it meanwhile, which is as good.
                return;
            } finally {
                if (!moved) {
                    secure.deleteDirectory(temporary);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
