package io.pipecat.worldmodel.house;

import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.state.Topics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** An object of a YAML file, which notes what was asked of it, so that what nobody asked for can be reported. */
final class YamlObject {
    private record Member(YamlNode key, YamlNode value) {}

    private final YamlNode self;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Consumer<String> remarks;

    private YamlObject(YamlNode self, Consumer<String> remarks) {
        this.self = self;
        this.remarks = remarks;
    }

    static YamlObject of(MappingNode mapping, YamlNode self, Consumer<String> remarks) throws WorldModelException {
        YamlObject object = new YamlObject(self, remarks);
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = new YamlNode(tuple.getKeyNode(), self.file());
            if (!key.isPlain()) {
                throw key.expected("a name");
            }
            Member member = new Member(key, new YamlNode(tuple.getValueNode(), self.file()));
            if (object.members.put(key.plainText(), member) != null) {
                throw new WorldModelException(
                        key.where() + ": " + Topics.shown(key.plainText()) + " stands twice in one object.", null);
            }
        }
        return object;
    }

    String where() {
        return self.where();
    }

    WorldModelException problem(String what) {
        return new WorldModelException(where() + ": " + what + ".", null);
    }

    /** A member; empty if it is missing or has no value. */
    Optional<YamlNode> find(String key) {
        asked.add(key);
        return Optional.ofNullable(members.get(key)).map(Member::value).filter(value -> !YamlNode.isNull(value.node()));
    }

    List<YamlNode> list(String key) throws WorldModelException {
        Optional<YamlNode> value = find(key);
        return value.isEmpty() ? List.of() : value.get().list("a list of " + key);
    }

    Optional<String> text(String key) throws WorldModelException {
        Optional<YamlNode> value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isPlain() || value.get().plainText().isBlank()) {
            throw value.get().expected("a text for " + key);
        }
        return Optional.of(value.get().plainText());
    }

    String needText(String key) throws WorldModelException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            throw problem("expected " + key + " here, which is missing");
        }
        return text.get();
    }

    boolean flag(String key) throws WorldModelException {
        Optional<YamlNode> value = find(key);
        if (value.isEmpty()) {
            return false;
        }
        if (value.get().json() instanceof JsonBool bool) {
            return bool.value();
        }
        throw value.get().expected("true or false for " + key);
    }

    /** Properties: an object as it is, a plain value as the main property. */
    JsonObject properties(String key, String main) throws WorldModelException {
        Optional<YamlNode> value = find(key);
        if (value.isEmpty()) {
            return JsonObject.EMPTY;
        }
        JsonValue json = value.get().json();
        return json instanceof JsonObject object ? object : JsonObject.of(main, json);
    }

    /** What was not asked for, as it is. */
    JsonObject rest() throws WorldModelException {
        JsonObject.Builder rest = JsonObject.builder();
        for (Map.Entry<String, Member> member : members.entrySet()) {
            if (!asked.contains(member.getKey())) {
                rest.put(member.getKey(), member.getValue().value().json());
            }
        }
        return rest.build();
    }

    /** Remarks on what was not asked for. */
    void reportUnknown() {
        members.forEach((name, member) -> {
            if (!asked.contains(name)) {
                remarks.accept(member.key().where() + ": " + Topics.shown(name) + " means nothing here."
                        + Nearest.hint(name, asked));
            }
        });
    }
}
