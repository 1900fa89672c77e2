package io.pipecat.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadThreadsTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Integer> codes = new ArrayList<>();
    private final DeadThreads handler =
            new DeadThreads(new PrintStream(err, false, StandardCharsets.UTF_8), 48 << 20, codes::add);

    @Test
    void aThreadThatDiesForWantOfMemoryEndsTheProcess() {
        handler.uncaughtException(
                Thread.currentThread(), new IllegalStateException(new OutOfMemoryError("Java heap space")));
        assertEquals(List.of(ExitCode.FAILED), codes);
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(
                said.contains("48 MB")
                        && said.contains("JAVA_OPTS")
                        && said.lines().count() == 1,
                said);
    }

    @Test
    void aThreadThatDiesOfAFaultDoesNot() {
        handler.uncaughtException(Thread.currentThread(), new IllegalStateException("a fault"));
        assertEquals(List.of(), codes);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }
}
