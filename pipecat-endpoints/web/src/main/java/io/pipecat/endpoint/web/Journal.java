package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to which lines of JSON are only ever added, each on the disk before {@link #append} returns. Whatever happens in the middle of
 * a write, at most the line that was being written is lost: what is incomplete at the end is cut off before the next one is added. So a
 * copy that is made at any moment is one that can be read. One thread at a time may change it. Any may read meanwhile, and may then see
 * the line that is being written, though that is cut off again if the disk does not take it.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int LONGEST_LINE = 64 << 20;
    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(LONGEST_LINE));

    private final Path file;
    private boolean checked;

    Journal(Path file) {
        this.file = file;
    }

    /** Makes the file, for its owner alone. */
    void create() throws IOException {
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            makeFolder(folder);
        }
        Files.createFile(file, ownerOnly("rw-------"));
        checked = true;
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, ownerOnly("rwx------"));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} has just been made", folder);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String rights) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    /** Adds a line. If that fails, the file is as it was before. */
    void append(JsonObject line) throws IOException {
        if (!checked) {
            mend();
            checked = true;
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        long before = Files.size(file);
        // Not a channel: the thread of a turn that was stopped is interrupted, and that would close a channel.
        try (FileOutputStream out = new FileOutputStream(new File(file.toString()), true)) {
            try {
                out.write(bytes);
                out.getFD().sync();
            } catch (IOException e) {
                cut(before);
                throw e;
            }
        }
    }

    /** Cuts off what a process that died left of its last line. */
    private void mend() throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(new File(file.toString()), "r")) {
            long end = raw.length();
            while (end > 0) {
                raw.seek(end - 1);
                if (raw.read() == '\n') {
                    break;
                }
                end--;
            }
            if (end == raw.length()) {
                return;
            }
            LOG.warn("{} ends in the middle of a line, as a node died while it wrote; the rest is kept", file);
            cut(end);
        }
    }

    /** Whether anything was ever written to its end. */
    boolean hasWholeLine() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int next = in.read();
            while (next >= 0 && next != '\n') {
                next = in.read();
            }
            return next >= 0;
        }
    }

    private void cut(long length) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(new File(file.toString()), "rw")) {
            raw.setLength(length);
        }
    }

    /** Returns the lines that are whole. One that makes no sense is left out, and the log says so. */
    List<JsonObject> read() throws IOException {
        List<JsonObject> lines = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(file);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
        try (BufferedReader in = new BufferedReader(new java.io.StringReader(text))) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                try {
                    if (JSON.read(line) instanceof JsonObject object) {
                        lines.add(object);
                    }
                } catch (JsonException e) {
                    LOG.warn("Line {} of {} is damaged and left out: {}", number, file, e.getMessage());
                }
            }
        }
        return lines;
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
