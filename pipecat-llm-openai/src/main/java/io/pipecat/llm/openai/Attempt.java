package io.pipecat.llm.openai;

import io.pipecat.llm.openai.Exchange.Bytes;
import io.pipecat.llm.openai.Exchange.Connected;
import io.pipecat.llm.openai.Exchange.Dead;
import io.pipecat.llm.openai.Exchange.End;
import io.pipecat.llm.openai.Exchange.Event;
import io.pipecat.llm.openai.Exchange.Failed;
import io.pipecat.llm.openai.Exchange.Head;
import io.pipecat.llm.openai.OpenAISettings.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Watches one exchange from the calling thread: what comes in which order, and how long it may take. */
final class Attempt {
    /** How long to wait for usage and the end mark after a complete answer. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    private static final int MAX_ERROR_BODY = 64 << 10;

    private enum Phase {
        CONNECT,
        FIRST_TOKEN,
        GAP,
        AFTERMATH
    }

    private final Exchange exchange;
    private final Limits limits;
    private final Failures failures;
    private final Optional<Pulse> pulse;
    private Phase phase = Phase.CONNECT;
    private long deadline;

    /**
     * Begins to watch.
     *
     * @param pulse finds out whether a server that says nothing is dead; without it, the deadlines alone count
     */
    Attempt(Exchange exchange, Limits limits, Failures failures, Optional<Pulse> pulse) {
        this.exchange = exchange;
        this.limits = limits;
        this.failures = failures;
        this.pulse = pulse;
        enter(Phase.CONNECT);
    }

    private void enter(Phase next) {
        phase = next;
        deadline = System.nanoTime()
                + switch (next) {
                    case CONNECT -> limits.connect().toNanos();
                    case FIRST_TOKEN -> limits.firstToken().toNanos();
                    case GAP -> limits.tokenGap().toNanos();
                    case AFTERMATH ->
                        Math.min(AFTERMATH.toNanos(), limits.tokenGap().toNanos());
                };
    }

    private Event take() throws Failure, InterruptedException {
        Optional<Event> event = exchange.next(nextLook());
        while (event.isEmpty() && System.nanoTime() - deadline < 0) {
            pulse.ifPresent(p -> p.inquire(exchange));
            event = exchange.next(nextLook());
        }
        if (event.isPresent()) {
            pulse.ifPresent(Pulse::heard);
            if (event.get() instanceof Dead(Failure inquiry)) {
                throw failures.silent(inquiry);
            }
            return event.get();
        }
        throw switch (phase) {
            case CONNECT -> failures.connectTimeout();
            case FIRST_TOKEN -> failures.firstTokenTimeout();
            case GAP, AFTERMATH -> failures.gapTimeout();
        };
    }

    /** A connection has a deadline of its own; after that, who is silent is asked how he is. */
    private long nextLook() {
        return pulse.isEmpty() || phase == Phase.CONNECT
                ? deadline
                : pulse.get().due() - deadline < 0 ? pulse.get().due() : deadline;
    }

    /** Waits for the headers. */
    Head head() throws Failure, InterruptedException {
        while (true) {
            switch (take()) {
                case Connected connected -> enter(Phase.FIRST_TOKEN);
                case Head head -> {
                    return head;
                }
                case Failed failed -> throw failures.unanswered(failed);
                case Bytes bytes -> throw new IllegalStateException("a body before its headers");
                case End end -> throw new IllegalStateException("an end before the headers");
                case Dead dead -> throw failures.silent(dead.inquiry());
            }
        }
    }

    /** Reads the body of an error answer. What does not come in time or is too much is not needed. */
    String errorBody() throws InterruptedException {
        enter(Phase.AFTERMATH);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Optional<Event> event = exchange.next(deadline);
        while (event.isPresent() && event.get() instanceof Bytes bytes && body.size() < MAX_ERROR_BODY) {
            body.writeBytes(bytes.bytes());
            event = exchange.next(deadline);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    /** Reads a whole body that is no stream. */
    String body(int maxBytes) throws Failure, BadAnswerException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            switch (take()) {
                case Bytes bytes -> {
                    body.writeBytes(bytes.bytes());
                    if (body.size() > maxBytes) {
                        throw new BadAnswerException("more than " + maxBytes + " bytes", null);
                    }
                }
                case End end -> {
                    return body.toString(StandardCharsets.UTF_8);
                }
                case Failed failed -> throw failures.interrupted(failed.cause(), false);
                case Connected connected -> throw new IllegalStateException("connected twice");
                case Head head -> throw new IllegalStateException("two headers");
                case Dead dead -> throw failures.silent(dead.inquiry());
            }
        }
    }

    /**
     * Reads an answer until it is complete.
     *
     * @param builder takes the chunks
     * @param pushed whether the receiver has seen a part of the answer
     */
    void answer(ResponseBuilder builder, BooleanSupplier pushed) throws Failure, InterruptedException {
        AnswerReader reader = new AnswerReader(builder);
        try {
            boolean open = true;
            while (open && !builder.isDone()) {
                open = step(reader, builder, pushed);
            }
        } catch (BadAnswerException e) {
            // After the finish reason only usage can be spoiled.
            if (!builder.isComplete()) {
                throw failures.bad(e, pushed.getAsBoolean());
            }
        }
        if (!builder.isComplete()) {
            throw failures.incomplete(pushed.getAsBoolean());
        }
        builder.end();
        exchange.rest();
    }

    /** Takes the next event and returns whether more can follow. */
    private boolean step(AnswerReader reader, ResponseBuilder builder, BooleanSupplier pushed)
            throws Failure, BadAnswerException, InterruptedException {
        Event event;
        if (builder.isComplete()) {
            // Only usage and the end mark can follow: an answer is not lost because they do not come.
            Optional<Event> next = exchange.next(deadline);
            if (next.isEmpty() || next.get() instanceof Failed || next.get() instanceof Dead) {
                return false;
            }
            event = next.get();
        } else {
            event = take();
        }
        return switch (event) {
            case Bytes bytes -> {
                boolean data = reader.feed(bytes.bytes());
                if (builder.isComplete()) {
                    if (phase != Phase.AFTERMATH) {
                        enter(Phase.AFTERMATH);
                    }
                } else if (data && builder.hasSpoken()) {
                    enter(Phase.GAP);
                }
                yield true;
            }
            case End end -> {
                reader.end();
                yield false;
            }
            case Failed failed -> throw failures.interrupted(failed.cause(), pushed.getAsBoolean());
            case Connected connected -> throw new IllegalStateException("connected twice");
            case Head head -> throw new IllegalStateException("two headers");
            case Dead dead -> throw failures.silent(dead.inquiry());
        };
    }
}
