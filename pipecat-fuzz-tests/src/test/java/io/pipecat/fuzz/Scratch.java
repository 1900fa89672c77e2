package io.pipecat.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for targets that read files. It goes with the process. */
public final class Scratch {
    private static final Path FOLDER = make();

    private Scratch() {}

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("pipecat-fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the folder.
     *
     * @return it, with what was left there
     */
    public static Path folder() {
        return FOLDER;
    }

    /**
     * Returns a folder in it that holds nothing.
     *
     * @param name its name
     * @return it
     * @throws IOException if it cannot be made
     */
    public static Path empty(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        if (Files.exists(folder)) {
            delete(folder);
        }
        return Files.createDirectory(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
