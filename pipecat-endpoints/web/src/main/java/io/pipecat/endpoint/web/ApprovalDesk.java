package io.pipecat.endpoint.web;

import io.pipecat.agent.Approval;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The questions that wait for a person, and how those ended that do not any more. Thread-safe. */
final class ApprovalDesk {
    private static final int REMEMBERED = 1000;

    /** How a question ended. */
    enum Ending {
        ONCE,
        ALWAYS,
        DENY,
        /** The turn ended first. */
        WITHDRAWN,
        /** Nobody answered in time. */
        EXPIRED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        Approval approval() {
            return switch (this) {
                case ONCE -> Approval.ALLOW;
                case ALWAYS -> Approval.ALLOW_ALWAYS;
                case DENY, WITHDRAWN, EXPIRED -> Approval.DENY;
            };
        }
    }

    /** What became of an answer. */
    sealed interface Reply {
        /** It counts. */
        record Taken() implements Reply {}

        /** The question had ended before. */
        record Late(Ending ending) implements Reply {}

        /** There was no such question. */
        record Unknown() implements Reply {}
    }

    private final Map<String, CompletableFuture<Ending>> open = new LinkedHashMap<>();
    private final Map<String, Ending> ended = new LinkedHashMap<>();

    /** Opens a question; returns its id. It is to be {@linkplain #await awaited}. */
    synchronized String open() {
        String id = UUID.randomUUID().toString();
        open.put(id, new CompletableFuture<>());
        return id;
    }

    /**
     * Waits for the answer.
     *
     * @throws InterruptedException if the question was taken back; then it has ended
     */
    Ending await(String id, Duration atMost) throws InterruptedException {
        CompletableFuture<Ending> answer;
        synchronized (this) {
            answer = Optional.ofNullable(open.get(id)).orElseThrow();
        }
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return end(id, Ending.EXPIRED) instanceof Reply.Late late ? late.ending() : Ending.EXPIRED;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is a value", e);
        } catch (InterruptedException e) {
            end(id, Ending.WITHDRAWN);
            throw e;
        }
    }

    /** Answers a question; only the first answer counts. */
    synchronized Reply end(String id, Ending ending) {
        CompletableFuture<Ending> waiting = open.remove(id);
        if (waiting == null) {
            Ending before = ended.get(id);
            return before == null ? new Reply.Unknown() : new Reply.Late(before);
        }
        if (ended.size() >= REMEMBERED) {
            ended.remove(ended.keySet().iterator().next());
        }
        ended.put(id, ending);
        waiting.complete(ending);
        return new Reply.Taken();
    }
}
