package io.pipecat.llm.openai;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.shared.PromptSockets;
import io.pipecat.llm.openai.OpenAISettings.Limits;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The connections of one service, and what every request to a server has in common. Thread-safe. */
final class Http implements AutoCloseable {
    private static final String INSTANCE_HEADER = "X-Pipecat-Instance";
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_REDIRECTS = 3;

    /** Takes a successful answer. */
    interface Reader<T> {
        T read(Attempt attempt) throws Failure, InterruptedException;
    }

    private final OkHttpClient client;
    private final NodeInfo node;
    private final Clock clock;
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    Http(Duration connectTimeout, NodeInfo node, Clock clock) {
        this.node = node;
        this.clock = clock;
        // The deadlines for answers are kept by the calling thread; what to repeat and where to go is decided there
        // too.
        this.client = new OkHttpClient.Builder()
                .connectTimeout(connectTimeout)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .socketFactory(new PromptSockets())
                .build();
    }

    /**
     * Sends a request and reads the answer on the calling thread.
     *
     * @param target who is asked
     * @param path below the target's base URL, or an absolute URL of the same server
     * @param body JSON to post; a GET if empty
     * @param limits how long it may take
     * @param reader takes a successful answer
     */
    <T> T send(Target target, HttpUrl path, Optional<String> body, Limits limits, Reader<T> reader)
            throws Failure, InterruptedException {
        return send(target, path, body, limits, Optional.empty(), reader);
    }

    /**
     * Sends a request to a server for which there is another.
     *
     * @param pulse finds out whether it is dead while it says nothing
     */
    <T> T send(
            Target target, HttpUrl path, Optional<String> body, Limits limits, Optional<Pulse> pulse, Reader<T> reader)
            throws Failure, InterruptedException {
        Failures failures = new Failures(target, limits, clock);
        HttpUrl url = path;
        for (int hops = 0; ; hops++) {
            try (Exchange exchange = open(request(target, url, body))) {
                Attempt attempt = new Attempt(exchange, limits, failures, pulse);
                Exchange.Head head = attempt.head();
                if (node.instanceId().equals(head.headers().get(INSTANCE_HEADER))) {
                    throw failures.itself();
                }
                if (head.status() >= 200 && head.status() < 300) {
                    return reader.read(attempt);
                }
                if (head.status() < 300 || head.status() >= 400) {
                    throw failures.status(head.status(), head.headers(), ServerError.ofBody(attempt.errorBody()));
                }
                String location =
                        Optional.ofNullable(head.headers().get("Location")).orElse("nowhere");
                HttpUrl next = url.resolve(location);
                boolean keepsMethod = head.status() == 307 || head.status() == 308;
                if (next == null || !keepsMethod || !isSameServer(url, next) || hops == MAX_REDIRECTS) {
                    throw failures.redirect(head.status(), next == null ? location : BaseUrl.display(next));
                }
                url = next;
            } catch (Failure f) {
                throw isClosed() ? failures.closed() : f;
            }
        }
    }

    private static boolean isSameServer(HttpUrl a, HttpUrl b) {
        return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
    }

    private Exchange open(Request request) {
        Exchange exchange = new Exchange(client, request, running::remove);
        running.add(exchange);
        exchange.start();
        if (isClosed()) {
            exchange.abort();
        }
        return exchange;
    }

    private Request request(Target target, HttpUrl url, Optional<String> body) {
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("User-Agent", "pipecat/" + node.version())
                .header("Accept", "text/event-stream, application/json");
        target.key().ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        if (target.ours()) {
            // A node that is asked by itself can tell before it asks itself again.
            request.header(INSTANCE_HEADER, node.instanceId());
        }
        body.ifPresent(json -> request.post(new OneShot(RequestBody.create(json, JSON))));
        return request.build();
    }

    /** A body that OkHttp does not send again of its own accord: an answer may be on its way. */
    private static final class OneShot extends RequestBody {
        private final RequestBody body;

        OneShot(RequestBody body) {
            this.body = body;
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /**
     * Waits.
     *
     * @return whether it was closed meanwhile
     */
    boolean awaitClosed(Duration timeout) throws InterruptedException {
        return closed.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends what is running, waits for the reading threads and closes all connections. */
    @Override
    public void close() {
        closed.countDown();
        running.forEach(Exchange::abort);
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            for (Exchange exchange : running) {
                exchange.awaitFinished(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
