package io.pipecat.agent;

import io.pipecat.agent.FunctionTable.Function;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.json.JsonSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a tool: runs it, watches its deadline, passes its progress on and makes sense of how it ends. */
final class ToolExecution {
    private static final Logger LOG = LoggerFactory.getLogger(ToolExecution.class);

    /** How the call ended. */
    sealed interface Ending {

        /** Returns a word for the audit log. */
        String outcome();
    }

    /**
     * It gave a result.
     *
     * @param value the result
     * @param interrupted whether the calling thread was interrupted meanwhile
     */
    record Done(JsonValue value, boolean interrupted) implements Ending {
        @Override
        public String outcome() {
            return "ok";
        }
    }

    /** It gave none. */
    record Failed(ToolException cause) implements Ending {
        @Override
        public String outcome() {
            return ToolExecution.outcome(cause.reason());
        }
    }

    /** The calling thread was interrupted before there was a result. */
    record Interrupted() implements Ending {
        @Override
        public String outcome() {
            return "interrupted";
        }
    }

    /**
     * What a model is told of it.
     *
     * @param text the result or a sentence
     * @param error whether it gave no result
     * @param outcome a word for the audit log
     */
    record Result(String text, boolean error, String outcome) {
        private static final int LARGEST = 16 << 20;
        static final Result INTERRUPTED = new Result("interrupted by the user", true, "interrupted");

        static Result of(Ending ending, int maxBytes) {
            return switch (ending) {
                // A value that holds one part many times over is small, and its text may be more than there is memory.
                case Done done
                when !JsonSize.fits(done.value(), LARGEST) ->
                    new Result(
                            "The result is larger than " + (LARGEST >> 20)
                                    + " MiB and was not read; what was to be done is done. Ask for less.",
                            true,
                            done.outcome());
                case Done done ->
                    new Result(ToolText.limited(done.value().toString(), maxBytes), false, done.outcome());
                case Failed failed ->
                    new Result(ToolText.limited(failed.cause().getMessage(), maxBytes), true, failed.outcome());
                case Interrupted interrupted -> INTERRUPTED;
            };
        }
    }

    private final Function function;
    private final JsonObject arguments;
    private final String callId;
    private final Consumer<? super String> progress;
    private final Object progressLock = new Object();
    private boolean ended;

    ToolExecution(Function function, JsonObject arguments, String callId, Consumer<? super String> progress) {
        this.function = function;
        this.arguments = arguments;
        this.callId = callId;
        this.progress = progress;
    }

    /** Returns the reason as the audit log has it. */
    static String outcome(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Runs the call on a thread of its own and waits for it. An interruption of the calling thread ends it, after which that thread's
     * flag is clear. The end of a tool that was interrupted is waited for as long as {@code grace} says.
     */
    Ending run(Instant now, ConversationOptions options, Duration grace) {
        Duration timeout = function.method().timeout().orElse(options.toolTimeout());
        ToolContext context = new ToolContext(callId, now.plus(timeout), this::report);
        // One that reads files or computes would keep the carrier of a virtual thread: two of them keep a small node
        // from everything
        // else.
        DetachedCall.Ending<JsonValue> ending = DetachedCall.run(
                Thread.ofPlatform().daemon(),
                "tool " + function.label(),
                Optional.of(timeout),
                grace,
                () -> function.tool().call(function.method().name(), arguments, context));
        synchronized (progressLock) {
            ended = true;
        }
        return switch (ending) {
            case DetachedCall.Returned<JsonValue>(JsonValue value) -> new Done(value, false);
            case DetachedCall.Threw<JsonValue>(Throwable thrown) -> new Failed(failure(thrown));
            case DetachedCall.Stopped<JsonValue> stopped -> stopped(stopped, timeout);
        };
    }

    private void report(String line) {
        synchronized (progressLock) {
            if (!ended) {
                progress.accept(line);
            }
        }
    }

    private ToolException failure(Throwable thrown) {
        return switch (thrown) {
            case ToolException e -> e;
            case InterruptedException e ->
                new ToolException(Reason.FAILED, function.label() + " failed: it was interrupted from inside.", e);
            default -> {
                LOG.warn("the tool method {} failed in a way that it should not", function.label(), thrown);
                String what = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
                yield new ToolException(Reason.FAILED, function.label() + " failed: " + what, thrown);
            }
        };
    }

    private Ending stopped(DetachedCall.Stopped<JsonValue> stopped, Duration timeout) {
        if (stopped.value().isPresent()) {
            // What it did is done, so whoever asked must not believe that it is not.
            return new Done(stopped.value().get(), !stopped.late());
        }
        if (stopped.abandoned()) {
            LOG.warn(
                    "the tool method {} goes on although it was interrupted (call {}): it should end when its thread is"
                            + " interrupted",
                    function.label(),
                    callId);
        }
        if (!stopped.late()) {
            return new Interrupted();
        }
        return new Failed(new ToolException(
                Reason.TIMEOUT,
                function.label() + " did not finish within " + seconds(timeout) + " s and was "
                        + (stopped.abandoned() ? "left alone; it may still be running." : "stopped.")));
    }

    private static String seconds(Duration duration) {
        return java.math.BigDecimal.valueOf(duration.toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
    }
}
