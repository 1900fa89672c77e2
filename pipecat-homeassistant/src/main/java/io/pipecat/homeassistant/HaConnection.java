package io.pipecat.homeassistant;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Secret;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Home Assistant's <a href="https://developers.home-assistant.io/docs/api/websocket">WebSocket API</a>. What it says is read
 * by one thread, in order, through {@link #next}; calls may come from any thread.
 */
final class HaConnection implements AutoCloseable {
    private static final Json READER = Json.within(JsonLimits.DEFAULT.withMaxLength(64 << 20));
    private static final int GOING_AWAY = 1001;

    /** While they are not read, the socket is not either, and Home Assistant waits. */
    private static final int MOST_WAITING = 10_000;

    private static final String TYPE = "type";

    /** What the reader gets. */
    sealed interface Message {
        /** Home Assistant says something. */
        record Said(JsonObject json) implements Message {}

        /** The connection is over. */
        record Over(HaException why) implements Message {}
    }

    private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Map<Integer, CompletableFuture<JsonValue>> calls = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final WebSocket socket;
    private volatile @Nullable HaException over;

    private HaConnection(OkHttpClient client, HttpUrl url) {
        this.socket = client.newWebSocket(new Request.Builder().url(url).build(), new Listener());
    }

    /**
     * Connects and logs in.
     *
     * @param timeout how long Home Assistant may take for each of both
     */
    static HaConnection open(OkHttpClient client, HttpUrl url, Secret token, Duration timeout)
            throws HaException, InterruptedException {
        HaConnection connection = new HaConnection(client, url);
        try {
            connection.logIn(token, timeout);
            return connection;
        } catch (HaException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void logIn(Secret token, Duration timeout) throws HaException, InterruptedException {
        expect(required(timeout), "auth_required");
        socket.send(JsonObject.builder()
                .put(TYPE, "auth")
                .put("access_token", token.reveal())
                .build()
                .toString());
        JsonObject answer = required(timeout);
        if (answer.string(TYPE).filter("auth_invalid"::equals).isPresent()) {
            throw new HaException(
                    "refuses the token: make a new long-lived access token on the page of your profile there, and set"
                            + " ha_token",
                    true,
                    null);
        }
        expect(answer, "auth_ok");
    }

    private static void expect(JsonObject said, String type) throws HaException {
        if (said.string(TYPE).filter(type::equals).isEmpty()) {
            throw new HaException(
                    "is no Home Assistant, or one of another kind: it says nothing of " + type, true, null);
        }
    }

    private JsonObject required(Duration timeout) throws HaException, InterruptedException {
        return next(timeout)
                .orElseThrow(
                        () -> new HaException("does not answer within " + timeout.toMillis() + " ms", false, null));
    }

    /**
     * Returns what Home Assistant says next. Results of calls go to those who called.
     *
     * @param timeout how long to wait
     * @return the message; empty if there was none in time
     * @throws HaException if the connection is over
     */
    Optional<JsonObject> next(Duration timeout) throws HaException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<JsonObject> said = poll(deadline);
            if (said.isEmpty() || !isResult(said.get())) {
                return said;
            }
        }
    }

    private Optional<JsonObject> poll(long deadline) throws HaException, InterruptedException {
        Message message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        return switch (message) {
            case null -> Optional.empty();
            case Message.Over(HaException why) -> throw why;
            case Message.Said(JsonObject json) -> Optional.of(json);
        };
    }

    private boolean isResult(JsonObject json) {
        if (json.string(TYPE).filter("result"::equals).isEmpty()) {
            return false;
        }
        CompletableFuture<JsonValue> call = json.number("id")
                .map(number -> calls.remove(number.toBigDecimal().intValue()))
                .orElse(null);
        // Nobody waits for one that came too late.
        if (call != null && json.bool("success").orElse(false)) {
            call.complete(json.get("result").orElse(JsonNull.NULL));
        } else if (call != null) {
            String why = json.object("error")
                    .flatMap(error -> error.string("message"))
                    .orElse("it does not say why");
            call.completeExceptionally(new HaException("refuses: " + why, true, null));
        }
        return true;
    }

    /**
     * Asks from the thread that reads, and passes on what else comes meanwhile.
     *
     * @param others gets what is not the answer, in order
     */
    JsonValue ask(JsonObject command, Duration timeout, Consumer<JsonObject> others)
            throws HaException, InterruptedException {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonValue> answer = send(id, command);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!answer.isDone()) {
            Optional<JsonObject> said = poll(deadline);
            if (said.isEmpty()) {
                calls.remove(id);
                throw late(command, timeout);
            }
            if (!isResult(said.get())) {
                others.accept(said.get());
            }
        }
        return result(answer, command, timeout);
    }

    /** Asks from another thread than the one that reads. */
    JsonValue call(JsonObject command, Duration timeout) throws HaException, InterruptedException {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonValue> answer = send(id, command);
        try {
            return result(answer, command, timeout);
        } finally {
            calls.remove(id);
        }
    }

    private CompletableFuture<JsonValue> send(int id, JsonObject command) throws HaException {
        CompletableFuture<JsonValue> answer = new CompletableFuture<>();
        calls.put(id, answer);
        HaException ended = over;
        if (ended == null && !socket.send(numbered(id, command))) {
            ended = new HaException("cannot be told anything any more: the connection is closing", false, null);
        }
        if (ended != null) {
            calls.remove(id);
            throw ended;
        }
        return answer;
    }

    private static String numbered(int id, JsonObject command) {
        JsonObject.Builder numbered = JsonObject.builder().put("id", id);
        command.members().forEach(numbered::put);
        return numbered.build().toString();
    }

    private static JsonValue result(CompletableFuture<JsonValue> answer, JsonObject command, Duration timeout)
            throws HaException, InterruptedException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late(command, timeout);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HaException failure) {
                throw failure;
            }
            throw new IllegalStateException("a call ended in a way that it should not", e);
        }
    }

    private static HaException late(JsonObject command, Duration timeout) {
        return new HaException(
                "does not answer " + command.string(TYPE).orElse("a request") + " within " + timeout.toMillis() + " ms",
                false,
                null);
    }

    private void end(HaException why) {
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = why;
        }
        calls.values().forEach(call -> call.completeExceptionally(why));
        calls.clear();
        // What is still waiting to be read is not worth anything any more.
        messages.clear();
        if (!messages.offer(new Message.Over(why))) {
            throw new IllegalStateException("the listener goes on after the end");
        }
    }

    @Override
    public void close() {
        end(new HaException("is not connected any more", false, null));
        socket.close(GOING_AWAY, null);
        socket.cancel();
    }

    private final class Listener extends WebSocketListener {
        @Override
        public void onMessage(WebSocket webSocket, String text) {
            if (over != null) {
                return;
            }
            try {
                JsonValue json = READER.read(text);
                if (json instanceof JsonObject object) {
                    messages.put(new Message.Said(object));
                }
            } catch (JsonException e) {
                end(new HaException("says what is no JSON (" + e.getMessage() + ")", true, e));
                webSocket.cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                webSocket.cancel();
            }
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            webSocket.close(code == 1005 ? 1000 : code, null);
            end(new HaException("has ended the connection (" + code + ")", false, null));
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
            if (response != null) {
                end(new HaException("answers " + response.code() + " to a WebSocket: check ha_url", true, t));
            } else {
                String why = t instanceof IOException && t.getMessage() != null ? t.getMessage() : t.toString();
                end(new HaException("cannot be reached (" + why + ")", false, t));
            }
        }
    }
}
