package io.pipecat.launcher;

import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a tool call on this thread and interrupts it when its time is over. */
final class Deadline {
    private Deadline() {}

    /** A call of a tool. */
    interface Call {
        JsonValue run() throws ToolException, InterruptedException;
    }

    static JsonValue call(Duration timeout, String what, Call call) throws ToolException, InterruptedException {
        Thread caller = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("deadline").factory());
        var alarm = timer.schedule(
                () -> {
                    over.set(true);
                    caller.interrupt();
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return call.run();
        } catch (InterruptedException e) {
            if (!over.get()) {
                throw e;
            }
            throw new ToolException(
                    ToolException.Reason.TIMEOUT,
                    what + " did not finish within " + timeout.toSeconds() + " s and was ended; tool_timeout sets how"
                            + " long a call may take.",
                    e);
        } finally {
            alarm.cancel(false);
            timer.shutdownNow();
        }
    }
}
