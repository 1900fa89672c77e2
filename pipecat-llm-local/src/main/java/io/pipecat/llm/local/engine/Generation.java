package io.pipecat.llm.local.engine;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One response while it is written. A platform thread reads from native code, because there a virtual one would hold its carrier, and
 * hands each piece over to the thread that takes them here. Closing asks the reader to cancel between two tokens: a cancel from any
 * other thread would leave the reader blocked for ever.
 */
public final class Generation implements AutoCloseable {
    private sealed interface Event {
        record Piece(String text) implements Event {}

        record End() implements Event {}

        record Failure(RuntimeException cause) implements Event {}
    }

    /** Native code gave up on a response. The message is its own. */
    public static final class NativeFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NativeFailure(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean cancelled;
    private boolean ended;

    Generation() {}

    /**
     * Returns the next piece: one token, or several that make up a character. Control tokens appear as their texts.
     *
     * @return the piece; empty after the last
     * @throws InterruptedException if the calling thread is interrupted; close this then
     * @throws NativeFailure if native code gave up
     */
    public Optional<String> next() throws InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        return switch (events.take()) {
            case Event.Piece piece -> Optional.of(piece.text());
            case Event.End ignored -> {
                ended = true;
                yield Optional.empty();
            }
            case Event.Failure failure -> {
                ended = true;
                throw new NativeFailure(failure.cause());
            }
        };
    }

    /** Has the reader stop before its next token. Returns at once; the slot is lent again when the reader has stopped. */
    @Override
    public void close() {
        cancelled = true;
    }

    /** Waits until the reader has stopped: at most until the next token, or the end of a prompt that is being read. */
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

    /** Runs on the reading thread, start to end. */
    void read(LlamaModel model, InferenceParameters parameters, Runnable atEnd) {
        try {
            if (!cancelled) {
                pump(model.generate(parameters).iterator());
            }
            events.add(new Event.End());
        } catch (RuntimeException e) {
            events.add(new Event.Failure(e));
        } finally {
            atEnd.run();
            finished.countDown();
        }
    }

    private void pump(LlamaIterator tokens) {
        while (tokens.hasNext()) {
            if (cancelled) {
                tokens.cancel();
                return;
            }
            LlamaOutput output = tokens.next();
            if (!output.text.isEmpty()) {
                events.add(new Event.Piece(output.text));
            }
        }
    }
}
