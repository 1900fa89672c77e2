package io.pipecat.tools.ssh;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.future.SshFuture;
import org.apache.sshd.common.future.SshFutureListener;

/** Waits for what another thread does. The futures' own {@code await} turns an interruption into an I/O error. */
final class Waiting {
    private Waiting() {}

    /** Returns whether it was done in time. */
    static <T extends SshFuture<T>> boolean on(SshFuture<T> future, Duration atMost) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        SshFutureListener<T> listener = any -> done.countDown();
        future.addListener(listener);
        try {
            return done.await(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        } finally {
            future.removeListener(listener);
        }
    }

    /** Waits on the way out of a call that is perhaps interrupted: the interruption is kept for later. */
    static boolean uninterrupted(CountDownLatch done, Duration atMost) {
        boolean interrupted = false;
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                try {
                    return done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
