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
 * Reads a response on a platform thread, because in native code a virtual one would hold its carrier, and hands each piece over to the
 * thread that takes them. Only the reader cancels, between two tokens: a cancel from any other thread would leave it blocked for ever.
 */
final class NativeGeneration implements Generation {
    private sealed interface Event {
        record Piece(String text) implements Event {}

        record End() implements Event {}

        record Failure(Throwable cause) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean cancelled;
    private boolean ended;

    @Override
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

    /** Runs on the reading thread, start to end. */
    void read(LlamaModel model, InferenceParameters parameters, Runnable atEnd) {
        try {
            if (!cancelled) {
                pump(model.generate(parameters).iterator());
            }
            events.add(new Event.End());
        } catch (RuntimeException | Error e) {
            // Whoever waits for the next piece is told, whatever it is.
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
