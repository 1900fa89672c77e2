package io.pipecat.api.http;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status the status code, 200 to 599
 * @param headers headers by name; {@code Content-Length} and the like are the server's
 * @param body what is sent
 */
public record Response(int status, Map<String, String> headers, Body body) {
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /**
     * Copies the headers.
     *
     * @throws IllegalArgumentException if the status is out of range, or a header could not be sent as it is: no token
     *     as its name, a line break in its value
     */
    public Response {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a response's status is 200 to 599, not " + status);
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        headers.forEach(Response::checkHeader);
    }

    private static void checkHeader(String name, String value) {
        // A line break that came from a request would let its sender write headers, or a second response.
        if (!HEADER_NAME.matcher(name).matches() || value.chars().anyMatch(c -> c < 0x20 && c != '\t')) {
            throw new IllegalArgumentException("not a header that can be sent: " + new JsonString(name)
                    + " with the value " + new JsonString(value));
        }
    }

    /** What is sent. */
    public sealed interface Body {
        /**
         * Bytes that are there.
         *
         * @param bytes the bytes; not copied, and not to be changed any more
         */
        @SuppressWarnings("ArrayRecordComponent") // copying what is only sent would cost each response its size again
        record Bytes(byte[] bytes) implements Body {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Bytes same && Arrays.equals(bytes, same.bytes);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(bytes);
            }

            @Override
            public String toString() {
                return "Bytes[" + bytes.length + "]";
            }
        }

        /**
         * Bytes that come bit by bit.
         *
         * @param writer writes them
         */
        record Stream(Writer writer) implements Body {}
    }

    /** Writes a body bit by bit. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes. {@link OutputStream#flush()} sends what was written so far.
         *
         * @param out takes the bytes; closed by the server
         * @throws IOException if the peer has gone
         * @throws InterruptedException if the time is over or the node shuts down
         */
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /**
     * An answer of JSON.
     *
     * @param status the status code
     * @param value the value
     * @return the response
     */
    public static Response json(int status, JsonValue value) {
        return bytes(status, "application/json", value.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An error as everything in this system answers it: {@code {"detail": …}}.
     *
     * @param status the status code
     * @param detail what is wrong and what to do, one sentence
     * @return the response
     */
    public static Response error(int status, String detail) {
        return json(status, JsonObject.of("detail", detail));
    }

    /**
     * An answer of text.
     *
     * @param status the status code
     * @param text the text
     * @return the response
     */
    public static Response text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An answer of bytes.
     *
     * @param status the status code
     * @param contentType what they are
     * @param bytes the bytes; not to be changed any more
     * @return the response
     */
    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(status, Map.of("Content-Type", contentType), new Body.Bytes(bytes));
    }

    /**
     * An answer that comes bit by bit.
     *
     * @param status the status code
     * @param contentType what it is
     * @param writer writes it
     * @return the response
     */
    public static Response stream(int status, String contentType, Writer writer) {
        return new Response(status, Map.of("Content-Type", contentType), new Body.Stream(writer));
    }

    /**
     * Returns this response with another header, in place of one of the same name if there is one.
     *
     * @param name its name; upper and lower case are the same
     * @param value its value
     * @return the response
     */
    public Response withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.keySet().removeIf(name::equalsIgnoreCase);
        all.put(name, value);
        return new Response(status, all, body);
    }
}
