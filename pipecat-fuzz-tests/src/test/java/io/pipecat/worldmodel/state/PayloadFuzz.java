package io.pipecat.worldmodel.state;

import io.pipecat.api.json.JsonValue;
import io.pipecat.fuzz.Input;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message of a broker: topic and payload, into the tree and out again. */
public final class PayloadFuzz {

    private PayloadFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<byte[]> parts = Input.rawParts(data, 4);
        Optional<JsonValue> value = Payloads.decode(ByteBuffer.wrap(parts.get(3)));
        value.ifPresent(v -> Input.check(
                "written and read", Payloads.decode(Payloads.encode(v)).equals(value)));
        String topic;
        try {
            topic = Topics.check(Input.text(parts.get(0)));
        } catch (IllegalArgumentException e) {
            return;
        }
        if (value.isEmpty()) {
            return;
        }
        String named = Input.text(parts.get(1));
        String other = named.isEmpty() ? "other" : named;
        TopicTree tree = TopicTree.EMPTY.with(topic, value.get()).with(other, value.get());
        Input.check(
                "what was put",
                tree.value(topic).equals(value) && tree.get(topic).isPresent());
        Input.check("a sound tree", tree.sound() && tree.size() == (topic.equals(other) ? 1 : 2));
        try {
            Input.check("JSON", Json.parse(tree.toJson().toString()).equals(tree.toJson()));
        } catch (JsonException e) {
            // A value may be as deep as a reader allows, and stands deeper in the tree than that.
            Input.check("only for its depth: " + e.getMessage(), e.getMessage().contains("levels deep"));
        }
        Input.check("gone", tree.without(topic).without(other).size() == 0);
        route(Input.text(parts.get(2)), topic);
    }

    private static void route(String filter, String topic) {
        try {
            Topics.checkFilter(filter);
        } catch (IllegalArgumentException e) {
            return;
        }
        FilterTree<String> tree = new FilterTree<>();
        tree.add(filter, "one");
        List<String> heard = new ArrayList<>();
        tree.forEach(topic, heard::add);
        Input.check("both ways to match", heard.size() == (Topics.matches(filter, topic) ? 1 : 0));
        tree.remove(filter, "one");
        Input.check("nobody left", tree.isEmpty());
    }
}
