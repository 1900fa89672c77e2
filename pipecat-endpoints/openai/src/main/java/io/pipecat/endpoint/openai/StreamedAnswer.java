package io.pipecat.endpoint.openai;

import io.pipecat.api.http.Response;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is sent while it comes. A thread of its own waits for the model and writes each token as it is there; the thread of the
 * request first waits with it, so that what goes wrong early is told by the status, and then sends a sign of life whenever it is
 * quiet. A sign that cannot be sent ends the waiting, or the model's work: the client has gone.
 */
final class StreamedAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);
    /** So long a failure can still be told by a status; then the client learns that it is being served. */
    private static final long STATUS_MILLIS = 2000;

    private static final long QUIET_MILLIS = 2000;
    /** The server takes the answer at once, unless its peer has gone while the headers were sent. */
    private static final long HANDOVER_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Answers a request. */
    interface Work {
        void run(Consumer<? super LLMFrame> sink) throws LLMException, InterruptedException;
    }

    private final Chunks chunks;
    private final boolean includeUsage;
    private final FairQueue.Ticket ticket;
    private final Work work;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    /** Guards the writing and the two below. It is held for as long as a client does not read. */
    private final ReentrantLock writing = new ReentrantLock();

    /** What came before there was somebody to take it: nobody is woken for the first token but who sends it. */
    private final ByteArrayOutputStream early = new ByteArrayOutputStream();

    private @Nullable OutputStream output;

    private final Thread thread = Thread.ofVirtual().name("llm-answer").unstarted(this::run);
    private volatile @Nullable ApiError error;
    private volatile @Nullable IOException gone;
    private volatile long lastWrite = System.nanoTime();
    private volatile boolean roleSent;
    private int calls;

    StreamedAnswer(Chunks chunks, boolean includeUsage, FairQueue.Ticket ticket, Work work) {
        this.chunks = chunks;
        this.includeUsage = includeUsage;
        this.ticket = ticket;
        this.work = work;
    }

    /** Takes the ticket over. */
    Response start() throws InterruptedException {
        thread.start();
        boolean answered = false;
        try {
            var unused = begun.await(STATUS_MILLIS, TimeUnit.MILLISECONDS);
            ApiError failure = error;
            answered = true;
            if (failure != null && !roleSent) {
                return failure.response();
            }
        } finally {
            if (!answered) {
                stop();
            }
        }
        return Response.stream(200, "text/event-stream; charset=utf-8", this::write)
                .withHeader("Cache-Control", "no-cache");
    }

    private void write(OutputStream out) throws IOException, InterruptedException {
        boolean complete = false;
        try {
            take(out);
            while (!done.await(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                signOfLife();
            }
            complete = true;
        } finally {
            if (!complete) {
                stop();
            }
        }
        IOException failure = gone;
        if (failure != null) {
            throw failure;
        }
    }

    /** Where a token is on its way there is no need of a sign; who waited here for it to be written could not be interrupted. */
    private void signOfLife() throws IOException {
        boolean quiet = System.nanoTime() - lastWrite >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
        if (quiet && writing.tryLock()) {
            try {
                send(Chunks.STILL_HERE);
            } finally {
                writing.unlock();
            }
        }
    }

    private void take(OutputStream out) throws IOException {
        writing.lock();
        try {
            output = out;
            early.writeTo(out);
            out.flush();
            lastWrite = System.nanoTime();
        } finally {
            writing.unlock();
        }
    }

    private void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            answer();
        } catch (LLMException e) {
            fail(ApiError.of(e));
        } catch (UncheckedIOException e) {
            LOG.debug("The client of a streamed answer has gone", e);
            gone = e.getCause();
        } catch (InterruptedException e) {
            gone = new IOException("the answer was ended", e);
        } catch (RuntimeException | Error e) {
            LOG.error("Answering a request failed", e);
            fail(ApiError.internal());
        } finally {
            begun.countDown();
            done.countDown();
        }
    }

    private void answer() throws LLMException, InterruptedException {
        try (ticket) {
            ticket.await();
            work.run(this::accept);
        }
    }

    private void accept(LLMFrame frame) {
        switch (frame) {
            case LLMFrame.ResponseStart start -> {}
            case LLMFrame.Text text -> content(chunks.text(text.text()));
            case LLMFrame.Reasoning thought -> content(chunks.reasoning(thought.text()));
            case ToolCall call -> content(chunks.call(calls++, call));
            case LLMFrame.ResponseEnd end -> end(end.reason(), end.usage());
        }
    }

    private void end(FinishReason reason, Usage usage) {
        content(chunks.finish(reason));
        if (includeUsage) {
            content(chunks.usage(usage));
        }
        content(Chunks.DONE);
    }

    private void content(byte[] chunk) {
        try {
            if (!roleSent) {
                roleSent = true;
                send(chunks.role());
            }
            send(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begun.countDown();
    }

    /** Where nothing was sent yet, the status tells; else an event does, which the official clients throw. */
    private void fail(ApiError failure) {
        error = failure;
        begun.countDown();
        try {
            send(Chunks.error(failure));
        } catch (IOException e) {
            gone = e;
        }
    }

    private void send(byte[] bytes) throws IOException {
        writing.lock();
        try {
            OutputStream out = output;
            if (out == null) {
                early.write(bytes);
                if (begun.getCount() == 0 && System.nanoTime() - lastWrite >= HANDOVER_NANOS) {
                    throw new IOException("nobody takes the answer");
                }
                return;
            }
            out.write(bytes);
            out.flush();
            lastWrite = System.nanoTime();
        } finally {
            writing.unlock();
        }
    }
}
