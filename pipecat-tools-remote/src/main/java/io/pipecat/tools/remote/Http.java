package io.pipecat.tools.remote;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.shared.PromptSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to all instances of the tool server. Thread-safe. */
final class Http implements AutoCloseable {
    static final String INSTANCE_HEADER = "X-Pipecat-Instance";
    static final String CALL_ID_HEADER = "X-Call-Id";

    /** How much of an answer is read. */
    static final int MAX_BODY = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Http.class);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_CANCELS = 64;
    private static final int MAX_CANCEL_BODY = 1 << 10;
    private static final int IDLE_CONNECTIONS = 16;

    /**
     * The predecessor's server closes a connection that was idle for five seconds. A request that is sent at that moment
     * breaks, and may then not be repeated.
     */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private final OkHttpClient client;
    private final OkHttpClient cancelClient;
    private final NodeInfo node;
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cancels = new AtomicInteger();
    /** One party for this object, one for each exchange and each call that may still have to tell the server. */
    private final Phaser users = new Phaser(1);

    private volatile boolean closed;

    Http(Duration connectTimeout, NodeInfo node) {
        this.node = node;
        // The deadlines for answers are kept by the calling thread; what to repeat and where to go is decided there
        // too.
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(connectTimeout)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .socketFactory(new PromptSockets())
                .build();
        this.cancelClient = client.newBuilder().callTimeout(CANCEL_TIMEOUT).build();
    }

    /** Starts an exchange; the caller closes it. */
    Exchange start(Request.Builder request) {
        Exchange exchange = new Exchange(client, ours(request), MAX_BODY, this::finished);
        start(exchange);
        return exchange;
    }

    private void start(Exchange exchange) {
        users.register();
        running.add(exchange);
        exchange.start();
        if (closed) {
            exchange.close();
        }
    }

    private void finished(Exchange exchange) {
        running.remove(exchange);
        users.arriveAndDeregister();
    }

    private Request ours(Request.Builder request) {
        // A node that is asked by itself can tell before it asks itself again.
        return request.header("User-Agent", "pipecat/" + node.version())
                .header(INSTANCE_HEADER, node.instanceId())
                .build();
    }

    /** Keeps {@link #close} from ending before {@link #leave}: what the caller does may end in telling the server. */
    void enter() {
        users.register();
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        users.arriveAndDeregister();
    }

    boolean isClosed() {
        return closed;
    }

    boolean isThisNode(Reply reply) {
        return node.instanceId().equals(reply.headers().get(INSTANCE_HEADER));
    }

    /** A body that OkHttp does not send again of its own accord: the tool may be running. */
    static RequestBody json(String text) {
        RequestBody body = RequestBody.create(text.getBytes(StandardCharsets.UTF_8), JSON);
        return new RequestBody() {
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
        };
    }

    /** Tells a server in the background to end a call. Nobody waits: if it does not arrive, the server's deadline does it. */
    void cancel(Server server, String callId) {
        if (cancels.incrementAndGet() > MAX_CANCELS) {
            cancels.decrementAndGet();
            LOG.debug("call {} on {} is left to its deadline: too many are being cancelled", callId, server.display());
            return;
        }
        Request request = ours(server.request("run_tool/" + callId).delete());
        Exchange exchange = new Exchange(cancelClient, request, MAX_CANCEL_BODY, ended -> {
            cancels.decrementAndGet();
            users.arriveAndDeregister();
        });
        // Not among the running ones: closing gives it its time.
        users.register();
        exchange.start();
    }

    /** Ends what is running, tells the servers, waits for the threads and closes all connections. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Exchange::close);
        try {
            users.awaitAdvanceInterruptibly(users.arrive(), CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("the tool server was not told of every call that ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
