package io.pipecat.node;

import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.SettingsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of what outlives a node, and the form in which it is written there. */
final class StateDir {
    /** Counted up when what an earlier version wrote has to be changed before it can be read. */
    static final int FORMAT = 1;

    private static final Logger LOG = LoggerFactory.getLogger(StateDir.class);
    private static final String FORMAT_FILE = "format";

    private StateDir() {}

    /** Makes the folder where it is missing, and refuses one that this version cannot read or write. */
    static Path open(SettingValue<Path> setting) throws SettingsException {
        Path folder = setting.value().orElseThrow().toAbsolutePath().normalize();
        String name = "state_dir (" + setting.source() + "): " + folder;
        try {
            createPrivately(folder);
        } catch (IOException e) {
            throw new SettingsException(
                    name + " cannot be made: " + e + ". Set it to a folder that this user may write to.", e);
        }
        if (!Files.isWritable(folder)) {
            throw new SettingsException(name + " is not writable for this user; set it to a folder that is.");
        }
        try {
            int format = format(folder);
            if (format > FORMAT) {
                throw new SettingsException(name + " was written by a newer pipecat, in format " + format
                        + ", and this one (" + Version.VALUE + ") knows formats up to " + FORMAT
                        + "; run the newer one, or set state_dir to another folder.");
            }
            if (format < FORMAT) {
                migrate(folder);
            }
        } catch (IOException e) {
            throw new SettingsException(name + " cannot be used: " + e + ".", e);
        }
        return folder;
    }

    /** Returns the format of what lies in a folder; 0 for what was written before formats were counted, or nothing. */
    static int format(Path folder) throws IOException {
        String text;
        try {
            text = Files.readString(folder.resolve(FORMAT_FILE)).strip();
        } catch (NoSuchFileException e) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException(folder.resolve(FORMAT_FILE) + " holds '" + text + "', which is no number", e);
        }
    }

    /** What format 0 holds lies where format 1 has it; only the number is missing. */
    private static void migrate(Path folder) throws IOException {
        Files.writeString(folder.resolve(FORMAT_FILE), FORMAT + "\n");
    }

    /** What people say to a node and what its tools did is nobody else's business. */
    static void createPrivately(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, ownerOnly("rwx------"));
        } catch (FileAlreadyExistsException e) {
            // Another node has just made it; if it is a file, writing to it fails with a sentence of its own.
            LOG.debug("{} is there already", folder);
        }
    }

    /** The rights of a new file or folder, where the file system knows such. */
    static FileAttribute<?>[] ownerOnly(String rights) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
