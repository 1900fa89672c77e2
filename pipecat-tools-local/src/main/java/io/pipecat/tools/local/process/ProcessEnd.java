package io.pipecat.tools.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for processes that are ending already: the kernel takes a moment for those that were killed. */
public final class ProcessEnd {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 5;

    private ProcessEnd() {}

    /**
     * Waits, two seconds at most, and not to be interrupted.
     *
     * @param processes processes that were killed or that nothing keeps alive
     */
    public static void await(List<ProcessHandle> processes) {
        long begin = System.nanoTime();
        while (!processes.stream().allMatch(ProcessEnd::hasEnded) && System.nanoTime() - begin < LONGEST.toNanos()) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /** A zombie has ended: that its parent, in a container often nobody, has not asked how does not matter here. */
    private static boolean hasEnded(ProcessHandle process) {
        try {
            // proc(5): the state follows the name, which is in parentheses and may hold some itself.
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')')) || !process.isAlive();
        } catch (IOException e) {
            return !process.isAlive();
        }
    }
}
