package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.llm.openai.SseParser.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private static final String STREAM = "\uFEFF: hello\n\ndata: a\ndata:b\ndata:  c\n\n\n"
            + "event: error\nid: 1\nunknown: x\ndata\n\ndata: é€😀\n\nevent: lonely\n\ndata: last";

    private static final List<Event> EVENTS = List.of(
            new Event("message", "a\nb\n c"),
            new Event("error", ""),
            new Event("message", "é€😀"),
            new Event("message", "last"));

    private static List<Event> parse(byte[] bytes, int pieceLength) throws BadAnswerException {
        SseParser parser = new SseParser();
        List<Event> events = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += pieceLength) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceLength));
            events.addAll(parser.feed(piece, piece.length));
        }
        events.addAll(parser.end());
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void givesTheSameEventsHoweverTheBytesAreCut(String lineEnd) throws Exception {
        byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);

        for (int length = 1; length <= bytes.length; length++) {
            assertEquals(EVENTS, parse(bytes, length), "in pieces of " + length);
        }
    }

    @Test
    void commentsDoNotAddUp() throws Exception {
        SseParser parser = new SseParser();
        byte[] comment = (":" + "x".repeat(1 << 20) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 8; i++) {
            assertEquals(List.of(), parser.feed(comment, comment.length));
        }
    }

    @Test
    void anEventOfManyLinesIsLimitedToo() {
        SseParser parser = new SseParser();
        byte[] line = ("data: " + "x".repeat(1 << 20) + "\n").getBytes(StandardCharsets.UTF_8);

        assertThrows(BadAnswerException.class, () -> {
            for (int i = 0; i < 5; i++) {
                parser.feed(line, line.length);
            }
        });
    }
}
