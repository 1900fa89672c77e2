package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway of the predecessor, by which other programs of a cluster talk to the assistant: {@code /internal/chat},
 * {@code /internal/chat/sync} and {@code /internal/system_message}. They share one conversation, and wait for one another.
 */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int LONGEST_TEXT = 200_000;
    private static final int LONGEST_NOTE = 2_000;
    private static final Response FULL = Response.error(
                    429, "As many messages wait for an answer as may. Try again in a few seconds.")
            .withHeader("Retry-After", "5");

    private final Chats chats;
    private final Callbacks callbacks;
    private final Duration syncAnswer;
    private final Set<Thread> answering = ConcurrentHashMap.newKeySet();

    Gateway(Chats chats, Callbacks callbacks, Duration syncAnswer) {
        this.chats = chats;
        this.callbacks = callbacks;
        this.syncAnswer = syncAnswer;
    }

    List<Api> apis() {
        Api.Field text = Api.text("text", "what is said");
        return List.of(
                Api.of("POST", "/internal/chat", "Says something; the answer is posted to response_url.", this::chat)
                        .taking(
                                text,
                                new Api.Field("request_id", "string", true, "comes back with the answer"),
                                Api.text("response_url", "where to post {request_id, content}; see callback_allowlist"))
                        .upTo(1 << 20)
                        .answering(202, "application/json", "It was taken."),
                Api.of("POST", "/internal/chat/sync", "Says something and waits up to 60 s for the answer.", this::sync)
                        .taking(text)
                        .upTo(1 << 20)
                        .waiting(),
                Api.of("POST", "/internal/system_message", "Puts an alert before the model.", this::systemMessage)
                        .taking(text, new Api.Field("priority", "string", false, "how urgent it is"))
                        .answering(202, "application/json", "It was taken."));
    }

    private Response chat(Request request) throws IOException, Bodies.Malformed {
        JsonObject body = Bodies.object(request);
        String text = Bodies.text(body, "text", 1, LONGEST_TEXT).strip();
        JsonValue requestId = body.get("request_id").orElse(JsonNull.NULL);
        if (!(requestId instanceof JsonString || requestId instanceof JsonNumber)) {
            throw new Bodies.Malformed("'request_id' is missing; it must be a text or a number.");
        }
        URI url;
        try {
            url = callbacks.check(Bodies.text(body, "response_url", 1, 2000));
        } catch (Callbacks.Refused e) {
            return Response.error(403, e.getMessage());
        }
        try {
            Chats.Said said = chats.sayToGateway(text);
            Thread.ofVirtual().name("web-callback").start(() -> answer(said, requestId, url));
        } catch (StoreException e) {
            return Response.error(507, e.getMessage());
        } catch (Chat.Full e) {
            return FULL;
        }
        return Response.json(
                202,
                JsonObject.builder()
                        .put("status", "accepted")
                        .put("request_id", requestId)
                        .build());
    }

    private void answer(Chats.Said said, JsonValue requestId, URI url) {
        Thread self = Thread.currentThread();
        answering.add(self);
        try {
            String content = said.asked().end().get().text();
            callbacks.send(
                    url,
                    JsonObject.builder()
                            .put("request_id", requestId)
                            .put("content", content)
                            .build());
        } catch (IOException | Callbacks.Refused e) {
            LOG.warn(
                    "The answer to request {} could not be sent to {}:{}: {}",
                    requestId,
                    url.getHost(),
                    Allowlist.port(url),
                    e.getMessage());
        } catch (ExecutionException e) {
            LOG.error("The answer to request {} did not come", requestId, e);
        } catch (InterruptedException e) {
            LOG.warn("The answer to request {} is not sent, as this node goes down", requestId);
        } finally {
            answering.remove(self);
        }
    }

    private Response sync(Request request) throws IOException, InterruptedException, Bodies.Malformed {
        String text =
                Bodies.text(Bodies.object(request), "text", 1, LONGEST_TEXT).strip();
        Chats.Said said;
        try {
            said = chats.sayToGateway(text);
        } catch (StoreException e) {
            return Response.error(507, e.getMessage());
        } catch (Chat.Full e) {
            return FULL;
        }
        try {
            Chat.Ended ended = said.asked().end().get(syncAnswer.toMillis(), TimeUnit.MILLISECONDS);
            return switch (ended.finish()) {
                case "error" -> Response.error(502, "The model gave no answer: " + ended.text());
                case "interrupted" -> Response.error(503, "The answer was interrupted.");
                default -> Response.json(200, JsonObject.of("response", ended.text()));
            };
        } catch (TimeoutException e) {
            said.chat().cancel(said.asked());
            return Response.error(
                    504, "The answer took longer than " + syncAnswer.toSeconds() + " s and was given up.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn ends with a value", e);
        } catch (InterruptedException e) {
            said.chat().cancel(said.asked());
            throw e;
        }
    }

    private Response systemMessage(Request request) throws IOException, Bodies.Malformed {
        JsonObject body = Bodies.object(request);
        String text = Bodies.text(body, "text", 1, LONGEST_NOTE).strip();
        String priority = switch (body.get("priority").orElse(JsonNull.NULL)) {
            case JsonNull nothing -> "";
            case JsonString word -> Texts.shortened(word.value(), 40);
            case JsonNumber number -> number.text();
            default -> throw new Bodies.Malformed("'priority' must be a word or a number.");
        };
        try {
            chats.note(priority.isBlank() ? text : "(priority " + priority + ") " + text);
        } catch (StoreException e) {
            return Response.error(507, e.getMessage());
        }
        return Response.json(202, JsonObject.of("status", "accepted"));
    }

    @Override
    public void close() {
        answering.forEach(Thread::interrupt);
    }
}
