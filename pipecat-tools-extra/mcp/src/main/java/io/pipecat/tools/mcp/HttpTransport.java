package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.shared.PromptSockets;
import io.pipecat.tools.mcp.McpException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is a service over streamable HTTP (Model Context Protocol, "Transports"): a POST for each message, answered by JSON or by a
 * stream of events, and a GET for what the server tells by itself. Each exchange has a virtual thread of its own; closing the connection
 * is what ends it.
 */
final class HttpTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String SESSION = "Mcp-Session-Id";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_STREAMS = Duration.ofSeconds(1);
    private static final int MAX_ERROR_BYTES = 2000;

    /** Shared by all servers: what it holds is connections, kept open for a while for the next request. */
    private final OkHttpClient client;

    private final String name;
    private final HttpUrl url;
    private final Optional<Secret> token;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final Map<Long, Call> requests = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Receiver receiver;
    private volatile String sessionId = "";
    private volatile String protocolVersion = "";

    HttpTransport(OkHttpClient client, String name, HttpUrl url, Optional<Secret> token) {
        this.client = client;
        this.name = name;
        this.url = url;
        this.token = token;
    }

    /** The deadlines of answers are kept by whoever waits for them; a redirection might take the key elsewhere. */
    static OkHttpClient client() {
        return new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .socketFactory(new PromptSockets())
                .build();
    }

    @Override
    public void start(Receiver to) {
        receiver = to;
    }

    private Receiver receiver() {
        Receiver started = receiver;
        if (started == null) {
            throw new IllegalStateException("the transport was not started");
        }
        return started;
    }

    @Override
    public void send(JsonObject message, OptionalLong id) {
        Call call = client.newCall(request()
                .post(RequestBody.create(message.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), JSON))
                .build());
        id.ifPresent(number -> requests.put(number, call));
        start("mcp-" + name + "-post", call, () -> post(call, id));
    }

    private Request.Builder request() {
        Request.Builder request =
                new Request.Builder().url(url).header("Accept", "application/json, text/event-stream");
        token.ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        if (!protocolVersion.isEmpty()) {
            request.header("MCP-Protocol-Version", protocolVersion);
        }
        if (!sessionId.isEmpty()) {
            request.header(SESSION, sessionId);
        }
        return request;
    }

    private void start(String thread, Call call, Runnable exchange) {
        running.add(call);
        Thread.ofVirtual().name(thread).start(() -> {
            try {
                exchange.run();
            } finally {
                running.remove(call);
            }
        });
        if (closed.getCount() == 0) {
            call.cancel();
        }
    }

    private void post(Call call, OptionalLong id) {
        McpException outcome;
        try (Response response = call.execute()) {
            outcome = answer(response);
        } catch (IOException e) {
            outcome = failure(e);
        }
        if (id.isPresent()) {
            requests.remove(id.getAsLong(), call);
            // Does nothing if the answer was in what was read.
            receiver().failed(id.getAsLong(), outcome);
        } else if (outcome.kind() == Kind.NOT_SENT) {
            receiver().closed(outcome.problem());
        } else if (outcome.kind() != Kind.LOST) {
            LOG.debug("MCP server {}: {}", name, outcome.problem());
        }
    }

    /** Reads an answer, and returns what is wrong if the one that is waited for was not in it. */
    private McpException answer(Response response) throws IOException {
        String type = type(response);
        if (response.code() == 202 || response.code() == 204) {
            return new McpException(
                    Kind.LOST, "it took the request without answering it (HTTP " + response.code() + ")");
        }
        if (!response.isSuccessful()) {
            return refusal(response);
        }
        String session = response.header(SESSION);
        if (session != null) {
            sessionId = session;
        }
        MessageReader messages = new MessageReader(name, receiver());
        if (type.equals("text/event-stream")) {
            SseReader.read(response.body().source(), MessageReader.MAX_BYTES, messages::take);
            return new McpException(Kind.LOST, "its stream of events ended before the answer came");
        }
        if (!type.equals("application/json")) {
            return new McpException(
                    Kind.UNREADABLE,
                    "its answer is '" + type + "', neither JSON nor a stream of events; is " + url
                            + " the server's MCP address?");
        }
        var source = response.body().source();
        if (source.request(MessageReader.MAX_BYTES + 1L)) {
            return new McpException(
                    Kind.UNREADABLE,
                    "its answer has more than " + MessageReader.MAX_BYTES + " bytes; ask for less at a time");
        }
        messages.take(source.readByteArray());
        return new McpException(Kind.UNREADABLE, "its answer is no message of the protocol");
    }

    private static String type(Response response) {
        String type = response.header("Content-Type", "");
        return String.valueOf(type).replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private McpException refusal(Response response) throws IOException {
        int status = response.code();
        if (status == 404 && !sessionId.isEmpty()) {
            // The protocol says so: a server that has forgotten the session wants to be introduced anew.
            return new McpException(Kind.NOT_SENT, "it has ended the session");
        }
        var source = response.body().source();
        source.request(MAX_ERROR_BYTES);
        String text = masked(source.getBuffer()
                .readUtf8(Math.min(MAX_ERROR_BYTES, source.getBuffer().size()))
                .strip());
        String hint = switch (status) {
            case 401, 403 ->
                token.isPresent()
                        ? "; it does not accept the key of '" + name + "' in mcp_tokens"
                        : "; it wants a key: add " + name + "=key to mcp_tokens";
            case 404, 405 -> "; is " + url + " the server's MCP address?";
            default -> status >= 300 && status < 400 ? "; set its address to " + response.header("Location", "?") : "";
        };
        return new McpException(
                Kind.REFUSED, "it answered HTTP " + status + hint + (text.isEmpty() ? "" : " (" + text + ")"));
    }

    /** Some servers repeat the key that they refuse. */
    private String masked(String text) {
        return token.map(key -> text.replace(key.reveal(), key.toString())).orElse(text);
    }

    private McpException failure(IOException e) {
        if (closed.getCount() == 0) {
            return new McpException(Kind.LOST, "this node closed the connection");
        }
        boolean unreached = e instanceof ConnectException || e instanceof UnknownHostException;
        return new McpException(
                unreached ? Kind.NOT_SENT : Kind.LOST,
                (unreached ? url + " cannot be reached: " : "the connection broke: ") + e.getMessage());
    }

    @Override
    public void abandon(long id) {
        Call call = requests.remove(id);
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public void established(String version, boolean notifies) {
        protocolVersion = version;
        if (notifies) {
            Thread.ofVirtual().name("mcp-" + name + "-events").start(this::listen);
        }
    }

    private void listen() {
        try {
            do {
                Call call = client.newCall(request().get().build());
                running.add(call);
                if (closed.getCount() == 0) {
                    return;
                }
                try (Response response = call.execute()) {
                    if (response.code() == 404 && !sessionId.isEmpty()) {
                        receiver().closed("it has ended the session");
                    }
                    if (response.code() != 200 || !type(response).equals("text/event-stream")) {
                        LOG.debug("MCP server {} has no stream of events (HTTP {})", name, response.code());
                        return;
                    }
                    MessageReader messages = new MessageReader(name, receiver());
                    SseReader.read(response.body().source(), MessageReader.MAX_BYTES, messages::take);
                } catch (IOException e) {
                    McpException problem = failure(e);
                    if (problem.kind() == Kind.NOT_SENT) {
                        receiver().closed(problem.problem());
                    }
                } finally {
                    running.remove(call);
                }
            } while (!closed.await(BETWEEN_STREAMS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says goodbye to a server that keeps a session, and closes all connections. */
    @Override
    public void close() {
        closed.countDown();
        if (!sessionId.isEmpty()) {
            Call goodbye = client.newCall(request().delete().build());
            goodbye.timeout().timeout(GOODBYE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            try (Response response = goodbye.execute()) {
                LOG.debug("MCP server {}: session ended, HTTP {}", name, response.code());
            } catch (IOException e) {
                // It will notice by itself, as it does with every client that dies.
                LOG.debug("MCP server {}: could not end the session", name, e);
            }
        }
        running.forEach(Call::cancel);
    }
}
