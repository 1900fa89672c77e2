package io.pipecat.tools.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of a {@link Subprocess}. */
final class SubprocessRun {
    private static final long LOOK_MILLIS = 100;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Subprocess spec;

    SubprocessRun(Subprocess spec) {
        this.spec = spec;
    }

    Outcome run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start();
        OutputReader stdout = reader(process, "stdout");
        Optional<OutputReader> stderr = spec.oneStream ? Optional.empty() : Optional.of(reader(process, "stderr"));
        Optional<String> stopped = Optional.empty();
        boolean timedOut = false;
        try {
            boolean ended = false;
            while (!ended && stopped.isEmpty() && !timedOut) {
                long left = spec.timeout
                        .map(limit -> limit.toMillis() - millisSince(begin))
                        .orElse(LOOK_MILLIS);
                timedOut = left <= 0;
                ended = !timedOut && process.waitFor(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
                stopped = ended ? Optional.empty() : spec.watch.look(process.toHandle());
            }
        } finally {
            end(process);
        }
        long took = millisSince(begin);
        stdout.join(LAST_WORDS);
        if (stderr.isPresent()) {
            stderr.get().join(LAST_WORDS);
        }
        if (stdout.failure().isPresent()) {
            throw stdout.failure().get();
        }
        return new Outcome(
                process.exitValue(),
                stdout.text(),
                stderr.map(OutputReader::text).orElse(""),
                stdout.truncated() || stderr.map(OutputReader::truncated).orElse(false),
                timedOut,
                timedOut ? Optional.empty() : stopped,
                Duration.ofMillis(took));
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private OutputReader reader(Process process, String name) {
        boolean first = name.equals("stdout");
        Consumer<? super String> lines = first ? spec.lines : line -> {};
        return new OutputReader(
                first ? process.getInputStream() : process.getErrorStream(),
                spec.outputLimit,
                lines,
                name + " of process " + process.pid());
    }

    /**
     * Starts the program on a platform thread that lives as long as it does. What asks the kernel to be killed with its parent (as
     * bubblewrap does) is killed when the thread that started it ends, and the carriers of virtual threads end when they are idle.
     */
    private Process start() throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("parent of " + spec.command.getFirst())
                .start(() -> startAndStay(started));
        try {
            // Not interruptible: it takes milliseconds, and an end in between would leave a process that nobody knows.
            return started.join();
        } catch (CompletionException e) {
            throw new IOException("Cannot start " + spec.command.getFirst() + ": " + e.getCause(), e);
        }
    }

    private void startAndStay(CompletableFuture<Process> started) {
        ProcessBuilder builder = new ProcessBuilder(spec.commandLine())
                .directory(spec.directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(spec.oneStream);
        builder.environment().clear();
        builder.environment().putAll(spec.environment);
        try {
            Process process = builder.start();
            started.complete(process);
            process.onExit().join();
        } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
        }
    }

    /** Ends whatever still runs. Does not stop for an interruption, which may be why it is called. */
    private void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        if (spec.ownGroup) {
            boolean running = process.isAlive();
            // The group outlives its first process, and its number is not given away as long as it does.
            signalGroup("TERM", process.pid());
            if (running) {
                awaitExit(process);
                all.addAll(process.descendants().toList());
            }
            signalGroup("KILL", process.pid());
        }
        // By its handle: Process.destroyForcibly() also closes the streams, and takes last words from who still reads.
        process.toHandle().destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        ProcessEnd.await(all);
    }

    private static void awaitExit(Process process) {
        process.onExit()
                .copy()
                .completeOnTimeout(process, GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static void signalGroup(String signal, long group) {
        // The JDK can signal a process, and not a group. That none is left is no fault, so nobody asks how this ended.
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", signal, Long.toString(group))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            builder.start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run sh to end a process group", e);
        }
    }
}
