package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.shared.Excerpt;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Finds the chunks in the body of a successful answer. What the body is shows in its first character, as servers do not agree on the
 * content type: an event stream, one JSON object (some servers ignore {@code "stream": true}), or a page that something else sent. Not
 * thread-safe.
 */
final class AnswerReader {
    /** The longest answer; a server that writes more is out of order. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int MAX_SAMPLE = 2048;
    private static final String DONE = "[DONE]";

    private enum Kind {
        UNKNOWN,
        EVENTS,
        JSON,
        MARKUP
    }

    private final ResponseBuilder builder;
    private final SseParser events = new SseParser();
    private final ByteArrayOutputStream sample = new ByteArrayOutputStream();
    private Kind kind = Kind.UNKNOWN;
    private long bytes;
    private boolean anyEvent;

    AnswerReader(ResponseBuilder builder) {
        this.builder = builder;
    }

    /**
     * Takes the next bytes.
     *
     * @return whether they held data, other than comments and blank lines
     */
    boolean feed(byte[] chunk) throws BadAnswerException {
        bytes += chunk.length;
        if (bytes > MAX_BYTES) {
            throw new BadAnswerException("an answer of more than " + MAX_BYTES + " bytes", null);
        }
        if (kind == Kind.UNKNOWN) {
            kind = sniff(chunk);
        }
        keep(chunk);
        return switch (kind) {
            case UNKNOWN, EVENTS -> accept(events.feed(chunk, chunk.length));
            case JSON, MARKUP -> false;
        };
    }

    private static Kind sniff(byte[] chunk) {
        for (byte b : chunk) {
            if (b == '{' || b == '[') {
                return Kind.JSON;
            }
            if (b == '<') {
                return Kind.MARKUP;
            }
            // Blanks and the bytes of a byte order mark say nothing.
            if (b > ' ') {
                return Kind.EVENTS;
            }
        }
        return Kind.UNKNOWN;
    }

    private void keep(byte[] chunk) throws BadAnswerException {
        int limit = kind == Kind.JSON ? SseParser.MAX_EVENT_BYTES : MAX_SAMPLE;
        if (kind == Kind.JSON && sample.size() + chunk.length > limit) {
            throw new BadAnswerException("a JSON answer of more than " + limit + " bytes", null);
        }
        sample.write(chunk, 0, Math.min(chunk.length, Math.max(0, limit - sample.size())));
    }

    /** Takes the end of the body. */
    void end() throws BadAnswerException {
        String text = sample.toString(StandardCharsets.UTF_8);
        switch (kind) {
            case JSON -> whole(text);
            case MARKUP ->
                throw new BadAnswerException("a page instead of an answer: \"" + Excerpt.of(text) + '"', null);
            case EVENTS, UNKNOWN -> {
                accept(events.end());
                if (!anyEvent) {
                    throw new BadAnswerException(
                            text.isBlank() ? "an empty body" : "no events but \"" + Excerpt.of(text) + '"', null);
                }
            }
        }
    }

    private void whole(String text) throws BadAnswerException {
        JsonObject answer = object(text.startsWith("\uFEFF") ? text.substring(1) : text)
                .orElseThrow(() -> new BadAnswerException("JSON that is no object: " + Excerpt.of(text), null));
        throwIfError(answer);
        if (!answer.has("choices")) {
            throw new BadAnswerException("JSON that is no chat completion: " + Excerpt.of(text), null);
        }
        builder.chunk(answer);
        builder.done();
    }

    private boolean accept(List<SseParser.Event> found) throws BadAnswerException {
        boolean data = false;
        for (SseParser.Event event : found) {
            anyEvent = true;
            String text = event.data().strip();
            if (builder.isDone() || text.isEmpty()) {
                continue;
            }
            data = true;
            if (text.equals(DONE)) {
                builder.done();
            } else if (event.name().equals("error")) {
                throw new BadAnswerException(ServerError.ofBody(text));
            } else {
                Optional<JsonObject> chunk = object(text);
                if (chunk.isPresent()) {
                    throwIfError(chunk.get());
                    builder.chunk(chunk.get());
                }
            }
        }
        return data;
    }

    private static void throwIfError(JsonObject chunk) throws BadAnswerException {
        Optional<ServerError> error = ServerError.in(chunk);
        if (error.isPresent()) {
            throw new BadAnswerException(error.get());
        }
    }

    private static Optional<JsonObject> object(String text) throws BadAnswerException {
        JsonValue value;
        try {
            value = Json.parse(text);
        } catch (JsonException e) {
            throw new BadAnswerException("a chunk that is not JSON (" + e.getMessage() + "): " + Excerpt.of(text), e);
        }
        if (value == JsonNull.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonObject object) {
            return Optional.of(object);
        }
        throw new BadAnswerException("a chunk that is " + Json.kind(value) + ": " + Excerpt.of(text), null);
    }
}
