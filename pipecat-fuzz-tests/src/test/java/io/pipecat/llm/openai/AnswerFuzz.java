package io.pipecat.llm.openai;

import io.pipecat.api.llm.LLMFrame;
import io.pipecat.fuzz.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a model server answers, in one piece and in many. */
public final class AnswerFuzz {

    private AnswerFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        Input.check("the same text", text(data, Math.max(1, data.length)).equals(text(data, 7)));
    }

    private static String text(byte[] data, int step) {
        List<LLMFrame> frames = new ArrayList<>();
        AnswerReader reader = new AnswerReader(new ResponseBuilder("m", Set.of("call_1"), frames::add));
        try {
            for (int at = 0; at < data.length; at += step) {
                reader.feed(Arrays.copyOfRange(data, at, Math.min(data.length, at + step)));
            }
            reader.end();
        } catch (BadAnswerException e) {
            Input.check("a reason", e.getMessage() != null);
            return "";
        }
        return frames.stream()
                .filter(LLMFrame.Text.class::isInstance)
                .map(frame -> ((LLMFrame.Text) frame).text())
                .collect(Collectors.joining());
    }
}
