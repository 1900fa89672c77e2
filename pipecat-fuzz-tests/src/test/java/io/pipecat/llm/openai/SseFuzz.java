package io.pipecat.llm.openai;

import io.pipecat.fuzz.Input;
import java.util.ArrayList;
import java.util.List;

/** Events are the same however the bytes are cut. */
public final class SseFuzz {

    private SseFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        Input.check("the same events", events(data, data.length).equals(events(data, 1)));
    }

    private static List<SseParser.Event> events(byte[] data, int step) {
        SseParser parser = new SseParser();
        List<SseParser.Event> events = new ArrayList<>();
        try {
            for (int at = 0; at < data.length; at += step) {
                byte[] piece = java.util.Arrays.copyOfRange(data, at, Math.min(data.length, at + step));
                events.addAll(parser.feed(piece, piece.length));
            }
        } catch (BadAnswerException e) {
            return List.of();
        }
        events.addAll(parser.end());
        return events;
    }
}
