package io.pipecat.system;

import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;

/** The clock of another process, which a test sets while that runs. How long something takes is left alone. */
final class FakedClock {
    private static final RequiredPart FAKETIME = RequiredPart.of("faketime", "Debian package faketime");

    private final Path offset;

    /**
     * Makes a clock.
     *
     * @param folder where to keep what it shows
     * @param ahead how far it is ahead of the true time, or behind if negative
     */
    FakedClock(Path folder, Duration ahead) throws IOException {
        offset = folder.resolve("clock");
        set(ahead);
    }

    /** Sets it; the process sees that when it next looks. */
    void set(Duration ahead) throws IOException {
        // Never empty for whoever reads it meanwhile.
        Path next = Files.writeString(offset.resolveSibling("clock.new"), "%+d".formatted(ahead.toSeconds()));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets a program live by this clock. */
    Pipecat rule(Pipecat pipecat) throws IOException {
        return pipecat.with("LD_PRELOAD", library().toString())
                .with("FAKETIME_TIMESTAMP_FILE", offset.toString())
                .with("FAKETIME_NO_CACHE", "1")
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("DONT_FAKE_MONOTONIC", "1");
    }

    /** The program beside it would set the clock once; only the library reads a file again and again. */
    private static Path library() throws IOException {
        FAKETIME.orSkip();
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("faketime is there, and its library is not"));
        }
    }
}
