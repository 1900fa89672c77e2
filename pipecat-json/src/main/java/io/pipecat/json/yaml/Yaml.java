package io.pipecat.json.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** YAML as nodes that know where they stand, with values as they are written. */
public final class Yaml {
    private Yaml() {}

    /**
     * Reads one document.
     *
     * @param text the document
     * @param label what it is called in messages of the reader
     * @return its root; empty where there is no document
     * @throws YamlEngineException if it is no YAML, or is nested deeper than any file of people's
     */
    public static Optional<Node> compose(String text, String label) {
        LoadSettings options = LoadSettings.builder().setLabel(label).build();
        ParserImpl parser = new ParserImpl(options, new StreamReader(options, text));
        return new Composer(options, new ShallowParser(parser)).getSingleNode();
    }
}
