package io.pipecat.worldmodel.remote;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.shared.PromptSockets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** The connections to the service. Thread-safe. */
final class Http implements AutoCloseable {
    private static final String INSTANCE_HEADER = "X-Pipecat-Instance";
    private static final MediaType JSON = MediaType.get("application/json");
    /** How much of an answer is read: a million topics with short values. */
    static final int MAX_BODY = 128 << 20;

    private static final int IDLE_CONNECTIONS = 4;

    /**
     * The predecessor's server closes a connection that was idle for five seconds. A request that is sent at that moment
     * breaks, and may then not be repeated.
     */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    /**
     * An answer.
     *
     * @param status its status code
     * @param ofThisNode whether this node itself gave it
     * @param body its body
     */
    record Reply(int status, boolean ofThisNode, String body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    private final OkHttpClient client;
    private final OkHttpClient streams;
    private final NodeInfo node;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Http(Duration connectTimeout, Pace pace, NodeInfo node) {
        this.node = node;
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(connectTimeout)
                .readTimeout(pace.answer())
                .callTimeout(pace.answer())
                .followRedirects(false)
                .socketFactory(new PromptSockets())
                .build();
        this.streams = client.newBuilder()
                .readTimeout(pace.quiet())
                .callTimeout(Duration.ZERO)
                .build();
    }

    /** A body that OkHttp does not send again of its own accord: a command may have been followed. */
    static RequestBody json(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return JSON;
            }

            @Override
            public long contentLength() {
                return bytes.length;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.write(bytes);
            }
        };
    }

    /**
     * Asks for one answer. The reading is left to a virtual thread: a platform thread that reads a socket is not woken by an
     * interruption.
     *
     * @throws IOException if none came
     */
    Reply send(Request.Builder request) throws IOException, InterruptedException {
        Call call = client.newCall(ours(request));
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Thread.ofVirtual().name("pipecat-world-http").start(() -> {
            try (Response response = execute(call)) {
                reply.complete(read(response));
            } catch (IOException | RuntimeException e) {
                reply.completeExceptionally(e);
            } finally {
                running.remove(call);
                reply.completeExceptionally(new IOException("the reading thread died"));
            }
        });
        try {
            return reply.get();
        } catch (InterruptedException e) {
            call.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private Response execute(Call call) throws IOException {
        running.add(call);
        if (closed) {
            call.cancel();
        }
        return call.execute();
    }

    private Reply read(Response response) throws IOException {
        byte[] body = response.body().byteStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new IOException("its answer is longer than " + MAX_BODY + " bytes");
        }
        return new Reply(response.code(), isOfThisNode(response), new String(body, StandardCharsets.UTF_8));
    }

    boolean isOfThisNode(Response response) {
        return node.instanceId().equals(response.header(INSTANCE_HEADER));
    }

    /** What reads a stream. */
    interface Reader {
        void read(Response response) throws IOException, InterruptedException;
    }

    /** Opens an answer that has no end, and reads it on this thread, which is to be a virtual one. */
    void stream(Request.Builder request, Reader reader) throws IOException, InterruptedException {
        Call call = streams.newCall(ours(request));
        try (Response response = execute(call)) {
            reader.read(response);
        } finally {
            running.remove(call);
        }
    }

    private Request ours(Request.Builder request) {
        return request.header("User-Agent", "pipecat/" + node.version())
                .header(INSTANCE_HEADER, node.instanceId())
                .build();
    }

    /** Whether certainly nothing of a request has arrived. */
    static boolean neverArrived(IOException problem) {
        return problem instanceof ConnectException
                || problem instanceof UnknownHostException
                || problem instanceof NoRouteToHostException;
    }

    /** What went wrong, as a part of a sentence. */
    static String words(IOException problem) {
        return switch (problem) {
            case SocketTimeoutException e -> "it did not answer in time";
            case InterruptedIOException e -> "it did not answer in time";
            case UnknownHostException e -> "its name cannot be resolved";
            case ConnectException e -> "it cannot be reached: " + e.getMessage();
            default -> String.valueOf(problem.getMessage() == null ? problem : problem.getMessage());
        };
    }

    /** Ends what is running. */
    void interrupt() {
        running.forEach(Call::cancel);
    }

    @Override
    public void close() {
        closed = true;
        interrupt();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
