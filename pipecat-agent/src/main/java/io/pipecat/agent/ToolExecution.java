package io.pipecat.agent;

import io.pipecat.agent.FunctionTable.Function;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a tool: runs it, watches its deadline, passes its progress on and makes sense of how it ends. */
final class ToolExecution {
    private static final Logger LOG = LoggerFactory.getLogger(ToolExecution.class);

    /**
     * How the call ended.
     *
     * @param text what the model is told
     * @param error whether it gave no result
     * @param outcome a word for the audit log
     */
    record Result(String text, boolean error, String outcome) {
        static final Result INTERRUPTED = new Result("interrupted by the user", true, "interrupted");
    }

    private final Function function;
    private final JsonObject arguments;
    private final String callId;
    private final FrameQueue frames;
    private final Object progressLock = new Object();
    private boolean ended;

    ToolExecution(Function function, JsonObject arguments, String callId, FrameQueue frames) {
        this.function = function;
        this.arguments = arguments;
        this.callId = callId;
        this.frames = frames;
    }

    /** Runs the call on a thread of its own and waits for it. An interruption of the calling thread ends it. */
    Result run(Instant now, ConversationOptions options, Duration grace) {
        Duration timeout = function.method().timeout().orElse(options.toolTimeout());
        ToolContext context = new ToolContext(callId, now.plus(timeout), this::report);
        DetachedCall.Ending<JsonValue> ending = DetachedCall.run(
                "tool " + function.label(),
                Optional.of(timeout),
                grace,
                () -> function.tool().call(function.method().name(), arguments, context));
        synchronized (progressLock) {
            ended = true;
        }
        return switch (ending) {
            case DetachedCall.Returned<JsonValue>(JsonValue value) ->
                new Result(ToolText.limited(value.toString(), options.toolResultLimit()), false, "ok");
            case DetachedCall.Threw<JsonValue>(Throwable thrown) -> {
                Result failure = failure(thrown);
                yield new Result(ToolText.limited(failure.text(), options.toolResultLimit()), true, failure.outcome());
            }
            case DetachedCall.Stopped<JsonValue> stopped -> stopped(stopped, timeout);
        };
    }

    private void report(String line) {
        synchronized (progressLock) {
            if (!ended) {
                frames.offer(new TurnFrame.ToolProgress(callId, line));
            }
        }
    }

    private Result failure(Throwable thrown) {
        return switch (thrown) {
            case ToolException e -> new Result(e.getMessage(), true, outcome(e.reason()));
            case InterruptedException e ->
                new Result(function.label() + " failed: it was interrupted from inside.", true, "failed");
            default -> {
                LOG.warn("the tool method {} failed in a way that it should not", function.label(), thrown);
                String what = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
                yield new Result(function.label() + " failed: " + what, true, "failed");
            }
        };
    }

    private static String outcome(ToolException.Reason reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private Result stopped(DetachedCall.Stopped<JsonValue> stopped, Duration timeout) {
        if (stopped.abandoned()) {
            LOG.warn(
                    "the tool method {} goes on although it was interrupted (call {}): it should end when its thread is"
                            + " interrupted",
                    function.label(),
                    callId);
        }
        if (!stopped.late()) {
            return Result.INTERRUPTED;
        }
        return new Result(
                function.label() + " did not finish within " + seconds(timeout) + " s and was "
                        + (stopped.abandoned() ? "left alone; it may still be running." : "stopped."),
                true,
                "timeout");
    }

    private static String seconds(Duration duration) {
        return java.math.BigDecimal.valueOf(duration.toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
    }
}
