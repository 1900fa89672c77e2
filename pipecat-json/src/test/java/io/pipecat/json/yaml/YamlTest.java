package io.pipecat.json.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

class YamlTest {
    private static String nested(int levels) {
        return "# a list\n" + "[".repeat(levels) + "]".repeat(levels);
    }

    @Test
    void readsWhatPeopleNest() {
        assertInstanceOf(
                SequenceNode.class, Yaml.compose(nested(64), "deep.yaml").orElseThrow());
    }

    @Test
    void countsLevelsAndNotLists() {
        assertTrue(Yaml.compose("- [a]\n".repeat(1000), "long.yaml").isPresent());
    }

    @Test
    void refusesADeeperOneAndSaysWhere() {
        for (int levels : new int[] {65, 100_000}) {
            MarkedYamlEngineException refused =
                    assertThrows(MarkedYamlEngineException.class, () -> Yaml.compose(nested(levels), "deep.yaml"));
            assertEquals("nested more than 64 levels deep", refused.getProblem());
            assertEquals(1, refused.getProblemMark().orElseThrow().getLine());
        }
    }

    @Test
    void nothingIsNoDocument() {
        assertEquals(Optional.empty(), Yaml.compose("# only a comment\n", "empty.yaml"));
    }
}
