package io.pipecat.worldmodel.house;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.yaml.Yaml;
import io.pipecat.worldmodel.state.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A part of a YAML file that knows where it stands. */
record YamlNode(Node node, String file) {
    private static final int MAX_DEPTH = 32;
    /** Where a part stands in several places by aliases it counts in each: a few lines could stand for millions. */
    private static final int MAX_VALUES = 100_000;

    static Optional<YamlNode> parse(String text, String file) throws WorldModelException {
        try {
            return Yaml.compose(text, file).filter(node -> !isNull(node)).map(node -> new YamlNode(node, file));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new WorldModelException(file + ":" + line + " is not valid YAML: " + e.getProblem() + ".", e);
        } catch (YamlEngineException e) {
            throw new WorldModelException(file + " is not valid YAML: " + e.getMessage(), e);
        }
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    String where() {
        return file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    WorldModelException expected(String what) {
        return new WorldModelException(where() + ": expected " + what + ", not " + kind() + ".", null);
    }

    private String kind() {
        return switch (node) {
            case ScalarNode scalar when isNull(scalar) -> "nothing";
            case ScalarNode scalar -> "the plain value " + Topics.shown(scalar.getValue());
            case SequenceNode sequence -> "a list";
            default -> "an object";
        };
    }

    boolean isPlain() {
        return node instanceof ScalarNode && !isNull(node);
    }

    /** The text of a plain value as it stands in the file. */
    String plainText() {
        return ((ScalarNode) node).getValue();
    }

    YamlObject object(String what, Consumer<String> remarks) throws WorldModelException {
        if (node instanceof MappingNode mapping) {
            return YamlObject.of(mapping, this, remarks);
        }
        throw expected(what);
    }

    List<YamlNode> list(String what) throws WorldModelException {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(element -> new YamlNode(element, file))
                    .toList();
        }
        throw expected(what);
    }

    JsonValue json() throws WorldModelException {
        return json(0, new AtomicInteger());
    }

    private JsonValue json(int depth, AtomicInteger values) throws WorldModelException {
        if (values.incrementAndGet() > MAX_VALUES) {
            throw new WorldModelException(where() + ": holds more than " + MAX_VALUES + " values.", null);
        }
        if (depth > MAX_DEPTH) {
            throw new WorldModelException(
                    where() + ": nested more than " + MAX_DEPTH + " levels deep, or contains itself.", null);
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> {
                List<JsonValue> elements = new ArrayList<>();
                for (Node element : sequence.getValue()) {
                    elements.add(new YamlNode(element, file).json(depth + 1, values));
                }
                yield new JsonArray(elements);
            }
            case MappingNode mapping -> {
                JsonObject.Builder members = JsonObject.builder();
                for (NodeTuple tuple : mapping.getValue()) {
                    YamlNode key = new YamlNode(tuple.getKeyNode(), file);
                    if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                        throw key.expected("a name");
                    }
                    members.put(key.plainText(), new YamlNode(tuple.getValueNode(), file).json(depth + 1, values));
                }
                yield members.build();
            }
            default -> throw expected("a value");
        };
    }

    private static JsonValue scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.NULL)) {
            return JsonNull.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return JsonBool.of(text.toLowerCase(Locale.ROOT).equals("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            try {
                return new JsonNumber(text);
            } catch (IllegalArgumentException e) {
                // A number that JSON has no form for, such as .inf, stays what was written.
                return new JsonString(text);
            }
        }
        return new JsonString(text);
    }
}
