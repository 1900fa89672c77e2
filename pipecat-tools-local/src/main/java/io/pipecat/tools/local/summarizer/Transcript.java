package io.pipecat.tools.local.summarizer;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.util.stream.Collectors;

/** Makes text of a conversation in whatever form a caller has it. */
final class Transcript {
    private Transcript() {}

    static String of(JsonValue history) {
        return switch (history) {
            case JsonString text -> text.value().strip();
            case JsonNull nothing -> "";
            case JsonArray list ->
                list.elements().stream()
                        .map(Transcript::of)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\n"));
            case JsonObject message -> ofMessage(message);
            default -> history.toString();
        };
    }

    /** A message has a role and a content; the content may be in parts, of which each has a text. */
    private static String ofMessage(JsonObject message) {
        String text = message.get("content")
                .or(() -> message.get("text"))
                .map(Transcript::of)
                .orElseGet(message::toString);
        return message.string("role").map(role -> role + ": " + text).orElse(text);
    }
}
