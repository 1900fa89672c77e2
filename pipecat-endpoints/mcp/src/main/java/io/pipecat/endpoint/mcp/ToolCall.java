package io.pipecat.endpoint.mcp;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a tool. It runs on a platform thread of its own: a tool that computes without end would keep a virtual one's carrier, and an
 * interruption that comes late hits nobody else.
 */
final class ToolCall {
    private static final Logger LOG = LoggerFactory.getLogger(ToolCall.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final int MAX_LINES = 256;
    private static final int MAX_MESSAGE = 4000;

    /** What happens during a call. */
    private sealed interface Event {}

    private record Line(String text) implements Event {}

    private record Returned(JsonValue value) implements Event {}

    private record Threw(Throwable reason) implements Event {}

    private record Cancelled() implements Event {}

    private record Late() implements Event {}

    /** How a call ended. */
    sealed interface Outcome {
        /** With a result. */
        record Done(JsonValue value) implements Outcome {}

        /** Without one; the text is for the model. */
        record Failed(String text) implements Outcome {}

        /** The client does not want it any more. */
        record Ended() implements Outcome {}
    }

    /** Follows a call, on the thread that waits for it. */
    interface Watcher {
        /** The tool says what it is doing. */
        void line(String text) throws IOException;

        /** Nothing has happened for a while. */
        void stillRunning() throws IOException;
    }

    private final ServedTools.Served served;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Duration timeout;
    private final Thread thread;

    /**
     * Makes a call that has not begun.
     *
     * @param served what is called
     * @param timeout how long it may take, which is for others to look after: see {@link #expire}
     * @param onEnd called when the tool's thread is done, however late
     */
    ToolCall(
            ServedTools.Served served,
            JsonObject arguments,
            String id,
            Instant deadline,
            Duration timeout,
            Consumer<ToolCall> onEnd) {
        this.served = served;
        this.timeout = timeout;
        ToolContext context = new ToolContext(id, deadline, this::report);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("mcp-call-" + served.label())
                .unstarted(() -> {
                    Event end = call(arguments, context);
                    // First: whoever has the answer may use the request's id, and this tool, again.
                    onEnd.accept(this);
                    events.add(end);
                });
    }

    private Event call(JsonObject arguments, ToolContext context) {
        try {
            return new Returned(Objects.requireNonNull(
                    served.tool().call(served.method().name(), arguments, context), "it returned null"));
        } catch (Throwable e) {
            // Whatever a tool throws, an Error too, is the end of this call and of nothing else.
            return new Threw(e);
        }
    }

    private void report(String line) {
        // A tool that talks faster than the client reads must not fill the memory.
        if (events.size() < MAX_LINES) {
            events.add(new Line(line));
        }
    }

    /** Begins. */
    void start() {
        thread.start();
    }

    String label() {
        return served.label();
    }

    /**
     * Waits for the end of the call.
     *
     * @throws InterruptedException if the calling thread is interrupted; the call is ended
     */
    Outcome await(Watcher watcher) throws InterruptedException {
        try {
            while (true) {
                Event event = events.poll(KEEP_ALIVE.toNanos(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    tell(watcher::stillRunning);
                    continue;
                }
                Optional<Outcome> outcome = outcome(event, watcher);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    private Optional<Outcome> outcome(Event event, Watcher watcher) {
        return switch (event) {
            case Line(String text) -> {
                tell(() -> watcher.line(text));
                yield Optional.empty();
            }
            case Returned(JsonValue value) -> Optional.of(new Outcome.Done(value));
            case Threw(Throwable reason) -> Optional.of(new Outcome.Failed(words(reason)));
            case Cancelled() -> Optional.of(new Outcome.Ended());
            case Late() ->
                Optional.of(new Outcome.Failed(served.label() + " did not finish within " + timeout.toMillis()
                        + " ms and was ended. Ask for less, or tell the user."));
        };
    }

    private interface Telling {
        void tell() throws IOException;
    }

    private void tell(Telling telling) {
        try {
            telling.tell();
        } catch (IOException e) {
            // The protocol says that a client that is gone has not cancelled: what it wanted done is done.
            LOG.debug("nobody hears any more what {} does", served.label(), e);
        }
    }

    private String words(Throwable reason) {
        return switch (reason) {
            case ToolException e -> shortened(e.getMessage());
            case InterruptedException e -> served.label() + " failed: it was interrupted from inside.";
            default -> {
                LOG.error("{} failed in a way that tools must not", served.label(), reason);
                yield served.label() + " failed inside (" + reason.getClass().getSimpleName()
                        + "); this node's log says more.";
            }
        };
    }

    /** A message that quotes a stack trace, as those of some libraries do, ends before it. */
    private static String shortened(String message) {
        int trace = message.indexOf("\n\tat ");
        String plain = trace < 0 ? message : message.substring(0, trace);
        return plain.length() <= MAX_MESSAGE ? plain : plain.substring(0, MAX_MESSAGE) + "…";
    }

    /** Interrupts the call because its time is over, whether or not anybody waits for it. */
    void expire() {
        LOG.warn("{} did not finish within {} and is interrupted", served.label(), timeout);
        events.add(new Late());
        thread.interrupt();
    }

    /** Interrupts the call. Whoever waits for it is told at once. */
    void cancel() {
        events.add(new Cancelled());
        thread.interrupt();
    }
}
