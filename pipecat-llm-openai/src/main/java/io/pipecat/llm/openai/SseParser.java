package io.pipecat.llm.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a byte stream into server-sent events (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG HTML</a>).
 *
 * <p>Lines are cut as bytes, so that a character split over two chunks is whole again before it is decoded. Malformed UTF-8 becomes
 * U+FFFD. Differs from the standard in what real servers need: an event at the end of the stream counts without its blank line, and a field
 * {@code error} (llama-server's earlier form) counts as an event of that name. Not thread-safe.
 */
final class SseParser {
    /** The longest event; a whole tool call with a file in it fits. */
    static final int MAX_EVENT_BYTES = 4 << 20;

    /**
     * An event.
     *
     * @param name {@code message} unless the server says otherwise
     * @param data its data lines, joined by line feeds
     */
    record Event(String name, String data) {}

    private static final String DEFAULT_NAME = "message";
    private static final String BOM = "\uFEFF";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private final List<Event> out = new ArrayList<>();
    private String name = "";
    private boolean hasData;
    private boolean afterCarriageReturn;
    private boolean firstLine = true;
    private long eventBytes;

    /**
     * Takes the next bytes.
     *
     * @return the events that they complete, in order
     */
    List<Event> feed(byte[] bytes, int length) throws BadAnswerException {
        out.clear();
        int from = 0;
        for (int at = 0; at < length; at++) {
            byte b = bytes[at];
            if (b == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                from = at + 1;
            } else if (b == '\n' || b == '\r') {
                take(bytes, from, at);
                endLine();
                from = at + 1;
                afterCarriageReturn = b == '\r';
            } else {
                afterCarriageReturn = false;
            }
        }
        take(bytes, from, length);
        return List.copyOf(out);
    }

    /** Takes the end of the stream. */
    List<Event> end() {
        out.clear();
        if (line.size() > 0) {
            endLine();
        }
        dispatch();
        return List.copyOf(out);
    }

    private void take(byte[] bytes, int from, int to) throws BadAnswerException {
        eventBytes += to - from;
        if (eventBytes > MAX_EVENT_BYTES) {
            throw new BadAnswerException("an event of more than " + MAX_EVENT_BYTES + " bytes", null);
        }
        line.write(bytes, from, to - from);
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine && text.startsWith(BOM)) {
            text = text.substring(1);
        }
        firstLine = false;
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            // A comment: a server's way to keep the connection open, however long.
            eventBytes = data.length();
            return;
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "data" -> addData(value);
            case "event" -> name = value;
            case "error" -> {
                name = "error";
                addData(value);
            }
            default -> {}
        }
    }

    private void addData(String value) {
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private void dispatch() {
        if (hasData) {
            out.add(new Event(name.isEmpty() ? DEFAULT_NAME : name, data.toString()));
        }
        data.setLength(0);
        hasData = false;
        name = "";
        eventBytes = 0;
    }
}
