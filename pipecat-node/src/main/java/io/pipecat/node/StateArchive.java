package io.pipecat.node;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A copy of a node's state folder in one file: a ZIP archive with an entry {@code pipecat-state.json}, which holds the
 * format of the state. What a node can make again (caches, unpacked libraries, the built-in model) is left out, and so are models,
 * which are large and have another source.
 */
public final class StateArchive {
    private static final String HEADER = "pipecat-state.json";
    private static final Set<String> LEFT_OUT = Set.of("aot", "run", "native", "models");

    private StateArchive() {}

    /**
     * Writes what lies in a state folder. The node may run meanwhile: each file is copied as it is at that moment, and what nodes
     * write is either replaced as a whole or only ever added to at its end.
     *
     * @param stateDir the folder
     * @param time when this is
     * @param file where to write it, readable for its owner only; there with everything afterwards, or not at all
     * @return how many files were written
     * @throws IOException if the file is there already, or something cannot be read or written; the message is a sentence
     */
    public static int write(Path stateDir, Instant time, Path file) throws IOException {
        if (!Files.isDirectory(stateDir)) {
            throw new IOException(stateDir + " is no folder, so there is no state to back up; see state_dir");
        }
        try {
            Files.createFile(file, StateDir.ownerOnly("rw-------"));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already; choose another name", e);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no folder for " + file + "; make it first", e);
        }
        boolean done = false;
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            int count = write(stateDir, time, zip);
            done = true;
            return count;
        } finally {
            if (!done) {
                Files.delete(file);
            }
        }
    }

    private static int write(Path stateDir, Instant time, ZipOutputStream zip) throws IOException {
        zip.putNextEntry(new ZipEntry(HEADER));
        JsonObject header = JsonObject.builder()
                .put("format", StateDir.format(stateDir))
                .put("version", Version.VALUE)
                .put("time", time.toString())
                .build();
        zip.write(header.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        Copier copier = new Copier(stateDir, zip);
        Files.walkFileTree(stateDir, copier);
        return copier.count;
    }

    /** Puts each file into the archive; links and what is no file are not part of a node's state. */
    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path stateDir;
        private final ZipOutputStream zip;
        private int count;

        Copier(Path stateDir, ZipOutputStream zip) {
            this.stateDir = stateDir;
            this.zip = zip;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skip = LEFT_OUT.contains(stateDir.relativize(folder).toString());
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()) {
                ZipEntry entry =
                        new ZipEntry(stateDir.relativize(file).toString().replace('\\', '/'));
                entry.setLastModifiedTime(attributes.lastModifiedTime());
                try (InputStream in = Files.newInputStream(file)) {
                    zip.putNextEntry(entry);
                    in.transferTo(zip);
                    zip.closeEntry();
                    count++;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A running node has just replaced or deleted it.
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    /**
     * Puts a state folder back. The folder is there with everything afterwards, or not at all.
     *
     * @param archive what {@link #write} wrote
     * @param stateDir a folder that does not exist yet, or is empty
     * @return how many files were restored
     * @throws IOException if it is no such archive, is of a newer format, is damaged, or the folder holds something
     */
    public static int restore(Path archive, Path stateDir) throws IOException {
        if (!Files.isRegularFile(archive)) {
            throw new IOException("there is no file " + archive);
        }
        Path target = stateDir.toAbsolutePath().normalize();
        refuseOccupied(target);
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(target + " is no folder to restore into");
        }
        Files.createDirectories(parent);
        Path made = Files.createTempDirectory(parent, ".pipecat-restore");
        boolean done = false;
        // Not a stream: of one that was cut off between two files, that would not tell.
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            int count = unpack(zip, made);
            // The folder is empty, or is not there.
            Files.deleteIfExists(target);
            Files.move(made, target);
            done = true;
            return count;
        } catch (ZipException | EOFException e) {
            String what = Objects.requireNonNullElse(e.getMessage(), "it ends in the middle of a file");
            throw new IOException(archive + " is damaged, or no backup made by pipecat: " + what, e);
        } finally {
            if (!done) {
                delete(made);
            }
        }
    }

    private static void refuseOccupied(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        try (Stream<Path> there = Files.list(target)) {
            if (there.findAny().isPresent()) {
                throw new IOException(
                        target + " holds something already, which a backup must not be mixed with; stop the"
                                + " node and move the folder away first");
            }
        }
    }

    private static int unpack(ZipFile zip, Path folder) throws IOException {
        ZipEntry header = zip.getEntry(HEADER);
        if (header == null) {
            throw new IOException("this is no backup made by pipecat");
        }
        try (InputStream in = zip.getInputStream(header)) {
            refuseNewer(in.readNBytes(1 << 16));
        }
        int count = 0;
        for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().equals(HEADER)) {
                continue;
            }
            Path file = inside(folder, entry.getName());
            Path parent = file.getParent();
            if (!file.startsWith(folder) || file.equals(folder) || parent == null) {
                throw new IOException("the backup names a file outside of the state folder: " + entry.getName());
            }
            StateDir.createPrivately(parent);
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, file);
            }
            FileTime time = entry.getLastModifiedTime();
            if (time != null) {
                Files.setLastModifiedTime(file, time);
            }
            count++;
        }
        return count;
    }

    private static Path inside(Path folder, String name) throws IOException {
        try {
            return folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("the backup names a file that cannot be: " + e.getMessage(), e);
        }
    }

    private static void refuseNewer(byte[] header) throws IOException {
        int format;
        try {
            format = Json.parseObject(new String(header, StandardCharsets.UTF_8))
                    .number("format")
                    .orElseThrow(() -> new IOException("the backup does not say what format it has"))
                    .toInt();
        } catch (JsonException | ArithmeticException e) {
            throw new IOException("the backup's header is damaged: " + e.getMessage(), e);
        }
        if (format > StateDir.FORMAT) {
            throw new IOException("this backup was made by a newer pipecat, in format " + format + ", and this one ("
                    + Version.VALUE + ") knows formats up to " + StateDir.FORMAT + "; restore it with the newer one");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
