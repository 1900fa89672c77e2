package io.pipecat.tools.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubprocessTest {
    private static Subprocess shell(String script, String... arguments) {
        return Subprocess.of(Stream.concat(Stream.of("/bin/sh", "-c", script, "sh"), Stream.of(arguments))
                .toList());
    }

    private static String marker() {
        return "5" + System.nanoTime() % 1_000_000_000 + ".125";
    }

    private static long running(String marker) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(marker))
                .count();
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        Outcome outcome =
                shell("printf '%s|' \"$@\"", "a b", "$(id)", "", "ü\n").run();
        assertEquals("a b|$(id)||ü\n|", outcome.stdout());
    }

    /** Whoever closes the streams of a program that has just ended takes them from who reads them. */
    @RepeatedTest(100)
    void theLastWordsAreRead() throws Exception {
        assertEquals("last\n", shell("echo last").run().stdout());
    }

    @Test
    void theEnvironmentIsWhatIsGiven() throws Exception {
        Outcome outcome = Subprocess.of(List.of("/usr/bin/env"))
                .environment(Map.of("A", "1"))
                .run();
        assertEquals("A=1\n", outcome.stdout());
    }

    @Test
    void inputIsEmpty() throws Exception {
        assertEquals("end\n", shell("cat; echo end").run().stdout());
    }

    @Test
    void streamsAndExitCodeAreTold() throws Exception {
        Outcome outcome = shell("echo out; echo err >&2; exit 3").run();
        assertEquals(List.of("out\n", "err\n", 3), List.of(outcome.stdout(), outcome.stderr(), outcome.exitCode()));
        assertFalse(outcome.timedOut());
    }

    @Test
    void linesAreToldInOrder() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Outcome outcome = shell("echo ä; echo err >&2; printf 'b\\r\\nlast'")
                .oneStream()
                .onLine(lines::add)
                .run();
        assertEquals(List.of("ä", "err", "b", "last"), lines);
        assertEquals("ä\nerr\nb\r\nlast", outcome.stdout());
    }

    @Test
    void aListenersFaultIsPassedOnAndBlocksNothing() {
        var fault = assertThrows(
                IllegalStateException.class,
                () -> shell("echo a; head -c 1000000 /dev/zero")
                        .onLine(line -> {
                            throw new IllegalStateException("full");
                        })
                        .run());
        assertEquals("full", fault.getMessage());
    }

    @Test
    void aMissingProgramIsNamed() {
        IOException e = assertThrows(
                IOException.class, () -> Subprocess.of(List.of("/no/such")).run());
        assertTrue(e.getMessage().startsWith("Cannot start /no/such: "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTimeLimitEndsChildrenToo(boolean ownGroup) throws Exception {
        String marker = marker();
        Subprocess program =
                shell("sleep " + marker + " & sleep " + marker + "; echo never").timeout(Duration.ofMillis(300));
        Outcome outcome = (ownGroup ? program.ownGroup() : program).run();
        assertTrue(outcome.timedOut());
        assertEquals("", outcome.stdout());
        assertEquals(0, running(marker));
    }

    @Test
    void aGroupIsEndedEvenWhereItsFirstProcessIsGone() throws Exception {
        String marker = marker();
        Outcome outcome = shell("(trap '' TERM; sleep " + marker + ") & echo done")
                .ownGroup()
                .run();
        assertEquals("done\n", outcome.stdout());
        assertEquals(0, running(marker));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptionEndsIt(boolean virtual) throws Exception {
        String marker = marker();
        CountDownLatch interrupted = new CountDownLatch(1);
        Runnable call = () -> {
            try {
                shell("trap '' TERM; sleep " + marker + " & sleep " + marker)
                        .ownGroup()
                        .run();
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        Thread thread =
                virtual ? Thread.startVirtualThread(call) : Thread.ofPlatform().start(call);
        while (running(marker) < 2 && thread.isAlive()) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
        assertEquals(0, interrupted.getCount());
        assertEquals(0, running(marker));
    }

    @Test
    void aWatcherEndsIt() throws Exception {
        Outcome outcome = shell("sleep 1000")
                .watch(program -> program.isAlive() ? Optional.of("enough") : Optional.empty())
                .run();
        assertEquals(Optional.of("enough"), outcome.stopped());
        assertFalse(outcome.timedOut());
        assertEquals(137, outcome.exitCode());
    }

    @Test
    void aStreamThatAnotherProcessHoldsDoesNotBlock() throws Exception {
        String marker = marker();
        Outcome outcome = shell("setsid sleep " + marker + " & echo done").run();
        assertEquals("done\n", outcome.stdout());
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith(marker))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void noThreadIsLeft() throws Exception {
        for (int i = 0; i < 5; i++) {
            shell("echo a").run();
        }
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("stdout of process"))
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> ProcessHandle.of(Long.parseLong(name.substring("stdout of process ".length())))
                        .isEmpty())
                .toList();
        // Those of a stream that another test's process held may still be ending.
        assertTrue(left.size() <= 1, left::toString);
    }
}
