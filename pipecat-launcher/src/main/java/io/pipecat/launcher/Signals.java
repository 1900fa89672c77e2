package io.pipecat.launcher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Turns SIGINT and SIGTERM into interruption, so that a command ends what it has running before the process does. */
final class Signals {
    private static final Duration TO_END = Duration.ofSeconds(30);

    private volatile Duration toEnd = TO_END;

    /** Makes the process wait longer for the command: as long as it may take to end what is under way. */
    void allow(Duration time) {
        toEnd = TO_END.plus(time);
    }

    /**
     * Runs a command on this thread. When the process is told to stop, the thread is interrupted and the process waits
     * until the command has returned; it then ends with 128 plus the signal's number.
     */
    int runUnder(IntSupplier command) {
        Thread runner = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("shutdown").unstarted(() -> {
            if (ended.getCount() > 0) {
                runner.interrupt();
                try {
                    ended.await(toEnd.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return command.getAsInt();
        } finally {
            ended.countDown();
        }
    }
}
