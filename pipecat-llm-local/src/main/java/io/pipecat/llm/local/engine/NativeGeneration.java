package io.pipecat.llm.local.engine;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Reads a response on a platform thread, because in native code a virtual one would hold its carrier, and hands each piece over to the
 * thread that takes them. Only the reader cancels, between two tokens: a cancel from any other thread would leave it blocked for ever.
 */
final class NativeGeneration implements Generation {
    /** What native code gives: a token at a time, then once more when it is done. */
    interface Tokens {
        boolean hasNext();

        String next();

        void cancel();
    }

    private record NativeTokens(LlamaIterator iterator) implements Tokens {
        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public String next() {
            return iterator.next().text;
        }

        @Override
        public void cancel() {
            iterator.cancel();
        }
    }

    private sealed interface Event {
        record Piece(String text, int tokens) implements Event {}

        record End(int tokens) implements Event {}

        record Failure(Throwable cause) implements Event {}
    }

    // To wake the taker costs as much as a token of a small model. What is read sooner than this after a handing over
    // waits for the token
    // after it.
    private static final long HOLD = Duration.ofMillis(2).toNanos();

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean cancelled;
    private boolean ended;
    private int taken;

    @Override
    public Optional<String> next() throws InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        return switch (events.take()) {
            case Event.Piece piece -> {
                taken = piece.tokens();
                yield Optional.of(piece.text());
            }
            case Event.End end -> {
                ended = true;
                taken = end.tokens();
                yield Optional.empty();
            }
            case Event.Failure failure -> {
                ended = true;
                throw new NativeFailure(failure.cause());
            }
        };
    }

    @Override
    public int tokens() {
        return taken;
    }

    @Override
    public void close() {
        cancelled = true;
    }

    @Override
    public boolean isFinished() {
        return finished.getCount() == 0;
    }

    @Override
    public void awaitFinished() {
        boolean interrupted = false;
        while (true) {
            try {
                finished.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void read(LlamaModel model, InferenceParameters parameters, Runnable atEnd) {
        read(() -> new NativeTokens(model.generate(parameters).iterator()), atEnd);
    }

    /** Runs on the reading thread, start to end. */
    void read(Supplier<? extends Tokens> model, Runnable atEnd) {
        try {
            events.add(new Event.End(cancelled ? 0 : pump(model.get())));
        } catch (RuntimeException | Error e) {
            // Whoever waits for the next piece is told, whatever it is.
            events.add(new Event.Failure(e));
        } finally {
            atEnd.run();
            finished.countDown();
        }
    }

    // A token that completes no character gives no text, and counts all the same. What comes last only says that it is
    // over.
    private int pump(Tokens tokens) {
        int count = 0;
        List<Event> held = new ArrayList<>();
        long handedOver = System.nanoTime() - HOLD;
        try {
            while (tokens.hasNext()) {
                if (cancelled) {
                    tokens.cancel();
                    return count;
                }
                String text = tokens.next();
                if (tokens.hasNext() || !text.isEmpty()) {
                    count++;
                }
                if (!text.isEmpty()) {
                    held.add(new Event.Piece(text, count));
                }
                long now = System.nanoTime();
                if (now - handedOver >= HOLD) {
                    events.addAll(held);
                    held.clear();
                    handedOver = now;
                }
            }
            return count;
        } finally {
            events.addAll(held);
        }
    }
}
