package io.pipecat.node;

import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A backup that somebody wants restored: nothing outside of its folder. */
public final class BackupFuzz {

    private BackupFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Path folder = Scratch.empty("restore");
        Path archive = folder.resolve("backup.zip");
        Files.write(archive, data);
        Path target = folder.resolve("state");
        try {
            int count = StateArchive.restore(archive, target);
            Input.check("files", count >= 0 && Files.isDirectory(target));
        } catch (IOException e) {
            Input.check("a reason", e.getMessage() != null);
            Input.check("nothing half done", !Files.exists(target));
        }
        try (Stream<Path> left = Files.list(folder)) {
            Input.check("nothing left about", left.allMatch(file -> file.equals(archive) || file.equals(target)));
        }
    }
}
