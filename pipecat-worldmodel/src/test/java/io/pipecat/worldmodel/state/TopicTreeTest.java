package io.pipecat.worldmodel.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicTreeTest {
    private static TopicTree tree(String... topicsAndValues) {
        TopicTree tree = TopicTree.EMPTY;
        for (int i = 0; i < topicsAndValues.length; i += 2) {
            tree = tree.with(topicsAndValues[i], parse(topicsAndValues[i + 1]));
        }
        return tree;
    }

    private static JsonValue parse(String json) {
        try {
            return Json.parse(json);
        } catch (JsonException e) {
            throw new AssertionError(json, e);
        }
    }

    @Test
    void nestsByLevelAsThePredecessorDid() {
        TopicTree tree = tree(
                "j/num",
                "21.5",
                "j/obj",
                "{\"a\":1}",
                "j/null",
                "null",
                "/lead/slash",
                "1",
                "a//b",
                "2",
                "uni/é",
                "\"ü\"");
        assertEquals(
                parse("{\"j\":{\"num\":21.5,\"obj\":{\"a\":1},\"null\":null},\"\":{\"lead\":{\"slash\":1}},"
                        + "\"a\":{\"\":{\"b\":2}},\"uni\":{\"é\":\"ü\"}}"),
                tree.toJson());
    }

    @Test
    void keepsAScalarAboveASubtreeAndBelow() {
        TopicTree below = tree("p/a", "1", "p/a/b", "2");
        TopicTree above = tree("p/a/b", "2", "p/a", "1");
        assertEquals("{\"p\":{\"a\":{\"\":1,\"b\":2}}}", below.toJson().toString());
        assertEquals(below.toJson().toString(), above.toJson().toString());
        assertEquals(Optional.of(parse("1")), below.value("p/a"));
        assertEquals(Optional.of(parse("2")), below.get("p/a/b"));
    }

    @Test
    void keepsAnObjectBesideTopicsBelowIt() {
        assertEquals(
                "{\"p\":{\"\":{\"b\":1},\"b\":2}}",
                tree("p", "{\"b\":1}", "p/b", "2").toJson().toString());
    }

    @Test
    void keepsAnEmptyLevelBesideAValue() {
        TopicTree tree = tree("a", "1", "a/", "2", "a//", "3", "a//b", "4");
        assertEquals(
                "{\"a\":{\"\":1,\"/\":{\"\":2,\"/\":3,\"b\":4}}}", tree.toJson().toString());
        assertEquals(Optional.of(parse("2")), tree.value("a/"));
        assertEquals("{\"a\":{\"\":2}}", tree("a/", "2").toJson().toString());
    }

    @Test
    void comesOutInOrderWhateverCameFirst() {
        List<String> topics = new ArrayList<>(List.of("b/x", "a/2", "a/10", "c", "b", "a/1"));
        String expected = "{\"a\":{\"1\":0,\"10\":0,\"2\":0},\"b\":{\"\":0,\"x\":0},\"c\":0}";
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(topics, random);
            TopicTree tree = TopicTree.EMPTY;
            for (String topic : topics) {
                tree = tree.with(topic, JsonNumber.of(0));
            }
            assertEquals(expected, tree.toJson().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithAMapUnderRandomChanges(long seed) {
        Random random = new Random(seed);
        Map<String, JsonValue> expected = new TreeMap<>();
        TopicTree tree = TopicTree.EMPTY;
        for (int i = 0; i < 6_000; i++) {
            String topic = randomTopic(random);
            TopicTree before = tree;
            String text = i % 500 == 0 ? before.toJson().toString() : "";
            if (random.nextInt(3) == 0) {
                expected.remove(topic);
                tree = tree.without(topic);
            } else {
                JsonValue value = JsonNumber.of(random.nextInt(4));
                expected.put(topic, value);
                tree = tree.with(topic, value);
            }
            assertEquals(expected.size(), tree.size());
            if (i % 500 == 0) {
                assertTrue(tree.sound(), "out of order or balance");
                Map<String, JsonValue> found = new TreeMap<>();
                tree.forEach(found::put);
                assertEquals(expected, found);
                // A change leaves the tree that was there before as it was.
                TopicTree rebuilt = TopicTree.EMPTY;
                for (Map.Entry<String, JsonValue> entry : expected.entrySet()) {
                    rebuilt = rebuilt.with(entry.getKey(), entry.getValue());
                }
                assertEquals(rebuilt.toJson().toString(), tree.toJson().toString());
                assertEquals(text, before.toJson().toString());
            }
        }
        for (String topic : List.copyOf(expected.keySet())) {
            tree = tree.without(topic);
        }
        assertSame(TopicTree.EMPTY, tree);
    }

    private static String randomTopic(Random random) {
        StringBuilder topic = new StringBuilder();
        int levels = 1 + random.nextInt(4);
        for (int i = 0; i < levels; i++) {
            topic.append(i == 0 ? "" : "/");
            topic.append(
                    List.of("", "a", "b", "c", "é", "0", "1", "2", "long level").get(random.nextInt(9)));
            if (i == levels - 1 && random.nextBoolean()) {
                topic.append(random.nextInt(300));
            }
        }
        return topic.length() == 0 ? "/" : topic.toString();
    }

    @Test
    void staysInBalanceWhenNamesComeInOrder() {
        TopicTree tree = TopicTree.EMPTY;
        for (int i = 0; i < 100_000; i++) {
            tree = tree.with(String.format("t/%06d", i), JsonNumber.of(i));
        }
        assertTrue(tree.sound());
        for (int i = 0; i < 99_000; i++) {
            tree = tree.without(String.format("t/%06d", i));
        }
        assertTrue(tree.sound());
        assertEquals(1_000, tree.size());
    }

    @Test
    void givesTheSameJsonWhileNothingInItChanges() {
        TopicTree tree = tree("a/b", "1", "c/d", "2");
        assertSame(tree.toJson(), tree.toJson());
        TopicTree changed = tree.with("c/d", parse("3"));
        assertSame(tree.get("a").orElseThrow(), changed.get("a").orElseThrow());
        assertSame(tree, tree.with("a/b", parse("1")));
        assertSame(tree, tree.without("a"));
        assertSame(tree, tree.without("a/b/c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/", "/x"})
    void noTopicIsTooDeep(String level) {
        String deep = level.repeat(65_535 / level.length());
        String sibling = deep + "y";
        TopicTree tree = TopicTree.EMPTY
                .with(deep, JsonNumber.of(1))
                .with(sibling, JsonNumber.of(2))
                .with("a", parse("3"));
        assertEquals(Optional.of(parse("1")), tree.value(deep));
        assertEquals(Optional.of(parse("2")), tree.value(sibling));
        // Our own reader takes what we write.
        assertEquals(tree.toJson(), parse(tree.toJson().toString()));
        assertEquals(2, tree.without(deep).size());
        assertTrue(tree.without(sibling).sound());
    }

    @Test
    void callsForASubtree() {
        List<String> topics = new ArrayList<>();
        tree("a", "1", "a/b", "2", "a/b/c", "3", "ab", "4").forEach("a", (topic, value) -> topics.add(topic));
        assertEquals(List.of("a", "a/b", "a/b/c"), topics);
        tree("a", "1").forEach("b", (topic, value) -> topics.add(topic));
        assertEquals(3, topics.size());
    }

    @Test
    void tellsANullFromNothing() {
        TopicTree tree = tree("a", "null");
        assertEquals("{\"a\":null}", tree.toJson().toString());
        assertEquals(Optional.empty(), tree.value("b"));
        assertEquals(
                Optional.empty(),
                TopicTree.EMPTY.with("x", new JsonString("y")).without("x").get("x"));
    }
}
