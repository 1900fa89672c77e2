package io.pipecat.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonValueFromTest {
    record Point(int xCoordinate, Optional<Double> y) {}

    record Line(List<Point> points, Path from, Object rest) {}

    record Twin(int fooBar, int foo_bar) {}

    record Broken(String name) {
        @Override
        public String name() {
            throw new IllegalStateException("worn out");
        }
    }

    enum Shape {
        ROUND,
        VERY_FLAT {}
    }

    private static void assertJson(String expected, Object object) {
        assertEquals(expected, JsonValue.from(object).toString());
    }

    private static void assertRefused(String message, Object object) {
        var e = assertThrows(IllegalArgumentException.class, () -> JsonValue.from(object));
        assertEquals(message, e.getMessage());
    }

    @Test
    void scalars() throws Exception {
        assertJson("null", null);
        assertJson("\"a\"", CharBuffer.wrap("a"));
        assertJson("\"c\"", 'c');
        assertJson("true", true);
        assertJson("1", (byte) 1);
        assertJson("2", (short) 2);
        assertJson("3", 3);
        assertJson("9223372036854775807", Long.MAX_VALUE);
        assertJson("0.1", 0.1f);
        assertJson("1.5", 1.5);
        assertJson("2", 2.0);
        assertJson("123456789012345678901234567890", new BigInteger("123456789012345678901234567890"));
        assertJson("1.10", new BigDecimal("1.10"));
        assertJson("\"round\"", Shape.ROUND);
        assertJson("\"very_flat\"", Shape.VERY_FLAT);
        assertJson("\"2026-11-01T00:00:00Z\"", Instant.parse("2026-11-01T00:00:00Z"));
        assertJson("\"2026-11-01\"", LocalDate.of(2026, 11, 1));
        assertJson("\"PT1M30S\"", Duration.ofSeconds(90));
        assertJson("\"/a/b\"", Path.of("/a/b"));
        assertJson("\"http://a/b\"", URI.create("http://a/b"));
        assertJson("\"http://a/b\"", URI.create("http://a/b").toURL());
        assertJson("\"00000000-0000-0001-0000-000000000002\"", new UUID(1, 2));
    }

    @Test
    void jsonStaysItself() {
        JsonValue value = JsonObject.of("a", JsonArray.of(JsonBool.TRUE));
        assertSame(value, JsonValue.from(value));
        assertSame(JsonNull.NULL, JsonValue.from(JsonNull.NULL));
    }

    @Test
    void optionalsAreTheirValuesOrNull() {
        assertJson("1", Optional.of(1));
        assertJson("null", Optional.empty());
        assertJson("\"x\"", Optional.of(Optional.of("x")));
        assertJson("null", Optional.of(Optional.empty()));
        assertJson("[1,null]", List.of(OptionalInt.of(1), OptionalInt.empty()));
        assertJson("[1,null]", List.of(OptionalLong.of(1), OptionalLong.empty()));
        assertJson("[1.5,null]", List.of(OptionalDouble.of(1.5), OptionalDouble.empty()));
    }

    @Test
    void collections() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1, "x"));
        map.put(2, null);
        map.put(LocalDate.EPOCH, new TreeSet<>(List.of("z", "y")));
        assertJson("{\"b\":[1,\"x\"],\"2\":null,\"1970-01-01\":[\"y\",\"z\"]}", map);
        assertJson("{\"monday\":\"tuesday\"}", new EnumMap<>(Map.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY)));
        assertJson("[]", (Iterable<String>) Collections::emptyIterator);
    }

    @Test
    void arrays() {
        assertJson("[1,2]", new int[] {1, 2});
        assertJson("[0.5]", new float[] {0.5f});
        assertJson("[true]", new boolean[] {true});
        assertJson("[\"a\"]", new char[] {'a'});
        assertJson("[-1]", new byte[] {-1});
        assertJson("[[\"a\"],null]", new String[][] {{"a"}, null});
    }

    @Test
    void records() {
        assertJson("{\"x_coordinate\":1,\"y\":0.5}", new Point(1, Optional.of(0.5)));
        assertJson(
                "{\"points\":[{\"x_coordinate\":1,\"y\":null}],\"from\":\"a\",\"rest\":{}}",
                new Line(List.of(new Point(1, Optional.empty())), Path.of("a"), Map.of()));
    }

    @Test
    void whatJsonCannotHoldIsRefusedByName() {
        assertRefused("JSON has no number for NaN", Double.NaN);
        assertRefused("JSON has no number for NaN", List.of(Float.NaN));
        assertRefused("JSON has no number for Infinity", Map.of("a", Float.POSITIVE_INFINITY));
        assertRefused("JSON has no form for java.lang.Object", new Object());
        assertRefused("JSON has no form for java.lang.Thread", Optional.of(Thread.currentThread()));
        assertRefused("a map has two keys that JSON calls '1'", Map.of(1, "a", "1", "b"));
        assertRefused("a map has the key null, and JSON has no such name", Collections.singletonMap(null, 1));
        assertRefused(
                "the record io.pipecat.api.json.JsonValueFromTest$Twin has two components that JSON calls 'foo_bar'",
                new Twin(1, 2));
        assertRefused(
                "cannot read name of the record io.pipecat.api.json.JsonValueFromTest$Broken: "
                        + "java.lang.IllegalStateException: worn out",
                new Broken("a"));
    }

    @Test
    void cyclesAreRefused() {
        String message = "nested more than 100 levels deep, or contains itself";
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        assertRefused(message, list);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("self", Optional.of(new Line(List.of(), Path.of(""), map)));
        assertRefused(message, map);
        Object[] array = new Object[1];
        array[0] = array;
        assertRefused(message, array);
    }

    @Test
    void nestsAsDeepAsTheLimit() {
        Object nested = "x";
        for (int i = 0; i < JsonValue.MAX_DEPTH; i++) {
            nested = List.of(nested);
        }
        assertJson("[".repeat(100) + "\"x\"" + "]".repeat(100), nested);
        Object tooDeep = List.of(nested);
        assertThrows(IllegalArgumentException.class, () -> JsonValue.from(tooDeep));
    }
}
