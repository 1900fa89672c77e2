package io.pipecat.endpoint.web;

import io.pipecat.api.Metrics;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of events that are open: bounded, as each holds one of the requests that the listener answers at a time, and ended at once when it drains. */
final class Streams implements AutoCloseable {
    private static final long RETRY_MILLIS = 2000;
    /** From this share of what may be open on, those whose peers have gone are looked for more often. */
    private static final int FEW = 4;

    private static final int MORE_OFTEN = 12;

    /** Writes events until its thread is interrupted, what it follows ends, or its peer has gone. */
    @FunctionalInterface
    interface Writer {
        void write(Sse out) throws IOException, InterruptedException;
    }

    private final int most;
    private final Pace pace;
    private final Set<Sse> open = ConcurrentHashMap.newKeySet();
    private final Subscription gauge;
    private volatile boolean draining;

    Streams(int most, Pace pace, Metrics metrics) {
        this.most = most;
        this.pace = pace;
        this.gauge = metrics.gauge(
                "pipecat_web_streams", "Streams of events that browsers and others follow.", Map.of(), open::size);
    }

    /** The answer to somebody for whom there is no stream left; empty while there is one. */
    Optional<Response> refusal() {
        return open.size() < most
                ? Optional.empty()
                : Optional.of(Response.error(
                                503,
                                "As many streams are open already as may be (web_max_streams). Close a tab, or try again in"
                                        + " a few seconds.")
                        .withHeader("Retry-After", "5"));
    }

    Response open(Writer writer) {
        return refusal().orElseGet(() -> admitted(writer));
    }

    /** A stream for somebody who was not {@linkplain #refusal() refused} before, and for whom something has begun since. */
    Response admitted(Writer writer) {
        return Response.stream(200, Sse.TYPE, out -> follow(writer, out))
                .withHeader("Cache-Control", "no-store")
                // A proxy that collects an answer before it hands it on would hold back what is said.
                .withHeader("X-Accel-Buffering", "no");
    }

    private void follow(Writer writer, OutputStream out) throws IOException, InterruptedException {
        Sse sse = new Sse(out, pace.follow());
        open.add(sse);
        try {
            if (!draining) {
                sse.retryAfter(RETRY_MILLIS);
                writer.write(sse);
            }
        } catch (InterruptedException e) {
            // Ended by this node going down: the peer is to see an end, not a break.
            if (!draining) {
                throw e;
            }
        } finally {
            open.remove(sse);
            sse.finish();
        }
        sse.flush();
    }

    /** After how long without an event a stream is to say that it is there: only by that is it found that nobody reads it any more. */
    Duration alive() {
        return open.size() > most / FEW ? pace.alive().dividedBy(MORE_OFTEN) : pace.alive();
    }

    /** Ends all streams. */
    void drain() {
        draining = true;
        // Each by itself, so that one whose peer does not read keeps none of the others waiting.
        open.forEach(sse -> Thread.ofVirtual().name("web-drain").start(() -> end(sse)));
    }

    private static void end(Sse sse) {
        try {
            sse.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        drain();
        gauge.close();
    }
}
