package io.pipecat.node;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.json.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code pipecat.yaml}. */
final class SettingsFile {
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> locations = new LinkedHashMap<>();

    private SettingsFile(Path file) {
        this.file = file;
    }

    static SettingsInput read(Path file) throws SettingsException, IOException {
        if (Files.isDirectory(file)) {
            throw new SettingsException("The settings file " + file + " is a directory; name a YAML file instead.");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new SettingsException("The settings file " + file + " is larger than 1 MiB, which no settings are.");
        }
        SettingsFile reader = new SettingsFile(file);
        try {
            reader.readText(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new SettingsException("The settings file " + file + " is not UTF-8 text.", e);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new SettingsException(reader.at(line) + " is not valid YAML: " + e.getProblem() + ".", e);
        } catch (YamlEngineException e) {
            throw new SettingsException("The settings file " + file + " is not valid YAML: " + e.getMessage(), e);
        }
        return new SettingsInput(file.toString(), reader.values, reader.locations, SettingsInput.UnknownNames.REFUSE);
    }

    private void readText(String text) throws SettingsException {
        // Values stay as they are written: a key like 0123 must not turn into an octal number on the way.
        Optional<Node> root = Yaml.compose(text, file.toString());
        if (root.isEmpty()) {
            return;
        }
        if (!(root.get() instanceof MappingNode mapping)) {
            throw new SettingsException(at(root.get()) + " should hold settings as 'name: value', one on a line.");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new SettingsException(at(tuple.getKeyNode()) + " should start with the name of a setting.");
            }
            String location = at(key);
            if (values.put(key.getValue(), text(key.getValue(), tuple.getValueNode())) != null) {
                throw new SettingsException(location + " sets " + key.getValue() + " a second time; keep one of them.");
            }
            locations.put(key.getValue(), location);
        }
    }

    private String text(String name, Node value) throws SettingsException {
        return switch (value) {
            case ScalarNode scalar -> scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
            case SequenceNode sequence -> list(name, sequence);
            default ->
                throw new SettingsException(
                        at(value) + ": " + name + " takes a plain value or a list, not settings below it.");
        };
    }

    private String list(String name, SequenceNode sequence) throws SettingsException {
        List<String> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            if (!(element instanceof ScalarNode scalar)) {
                throw new SettingsException(at(element) + ": " + name + " takes a list of plain values.");
            }
            elements.add(scalar.getValue());
        }
        return String.join(",", elements);
    }

    private String at(Node node) {
        return at(node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }

    private String at(int line) {
        return file + ":" + line;
    }
}
