package io.pipecat.endpoint.wyoming;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads events, within limits: what is no event ends the connection. Not thread-safe. */
final class EventReader {
    static final int LONGEST_LINE = 64 << 10;
    static final int LONGEST_DATA = 1 << 20;
    static final int LONGEST_PAYLOAD = 16 << 20;

    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(LONGEST_DATA));

    /** What came is no event of this protocol. */
    static final class BadEventException extends Exception {
        private static final long serialVersionUID = 1L;

        BadEventException(String message) {
            super(message);
        }
    }

    /** Learns when an event begins to come and when it is there. */
    interface Pace {
        /** Its first byte is there. */
        void eventBegins();

        /** It was read, or could not be. */
        void eventEnds();
    }

    private final InputStream in;
    private final Pace pace;

    EventReader(InputStream in, Pace pace) {
        this.in = in;
        this.pace = pace;
    }

    /**
     * Reads the next event.
     *
     * @return the event; empty where the stream ends before one
     * @throws EOFException if it ends within one
     */
    Optional<Event> next() throws IOException, BadEventException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        pace.eventBegins();
        try {
            return Optional.of(event(first));
        } finally {
            pace.eventEnds();
        }
    }

    private Event event(int first) throws IOException, BadEventException {
        JsonObject header = object(line(first), "the header");
        String type =
                header.string("type").orElseThrow(() -> new BadEventException("The header of an event needs a type."));
        int dataLength = length(header, "data_length", LONGEST_DATA);
        int payloadLength = length(header, "payload_length", LONGEST_PAYLOAD);
        JsonObject data = header.object("data").orElse(JsonObject.EMPTY);
        if (dataLength > 0) {
            JsonObject.Builder merged = data.toBuilder();
            object(exactly(dataLength), "the data").members().forEach(merged::put);
            data = merged.build();
        }
        in.skipNBytes(payloadLength);
        return new Event(type, data);
    }

    private byte[] line(int first) throws IOException, BadEventException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = first;
        while (b != '\n') {
            if (b < 0) {
                throw new EOFException("the connection ended within an event");
            }
            line.write(b);
            if (line.size() > LONGEST_LINE) {
                throw new BadEventException("The header of an event is longer than " + LONGEST_LINE + " bytes.");
            }
            b = in.read();
        }
        return line.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within an event");
        }
        return bytes;
    }

    private static JsonObject object(byte[] bytes, String what) throws BadEventException {
        JsonValue value;
        try {
            value = JSON.read(bytes);
        } catch (JsonException e) {
            throw new BadEventException("This is no event of the Wyoming protocol: " + what + " is not JSON.");
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new BadEventException("This is no event of the Wyoming protocol: " + what + " is no JSON object.");
    }

    private static int length(JsonObject header, String name, int most) throws BadEventException {
        JsonValue value = header.get(name).orElse(JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return 0;
        }
        double length = value instanceof JsonNumber number ? number.toDouble() : -1;
        if (!(length >= 0 && length <= most) || length != Math.rint(length)) {
            throw new BadEventException(name + " must be a whole number from 0 to " + most + ".");
        }
        return (int) length;
    }
}
