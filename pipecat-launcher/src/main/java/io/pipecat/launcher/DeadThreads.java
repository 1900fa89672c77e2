package io.pipecat.launcher;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of threads that ended by a fault. If that was want of memory, the process ends, too: nobody knows what the thread was for, and
 * a node without it would look alive and answer nothing, or forget everything. What it has confirmed is on the disk.
 */
final class DeadThreads implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadThreads.class);
    private static final int MIB = 1 << 20;

    private final PrintStream err;
    /** Made while there is memory. */
    private final byte[] story;

    private final IntConsumer end;

    /**
     * Makes a handler.
     *
     * @param err where to say it
     * @param heap how many bytes the heap may take
     * @param end ends the process at once, with a code
     */
    DeadThreads(PrintStream err, long heap, IntConsumer end) {
        this.err = err;
        this.end = end;
        this.story = ("pipecat: The memory is used up (the heap may take " + heap / MIB
                        + " MB), and a part of this process has died of that, so the process ends. Allow it more (JAVA_OPTS=-Xmx…m), or"
                        + " give it less to do.\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (isWantOfMemory(failure)) {
            try {
                err.write(story, 0, story.length);
                err.flush();
            } finally {
                end.accept(ExitCode.FAILED);
            }
        } else {
            LOG.error("The thread {} has ended by a fault", thread.getName(), failure);
        }
    }

    private static boolean isWantOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }
}
