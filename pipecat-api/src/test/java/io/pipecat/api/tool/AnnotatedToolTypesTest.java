package io.pipecat.api.tool;

import static io.pipecat.api.tool.Contexts.call;
import static io.pipecat.api.tool.Contexts.fails;
import static io.pipecat.api.tool.Contexts.property;
import static io.pipecat.api.tool.Contexts.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException.Reason;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each type that a parameter can have: its schema, what it takes, what it refuses and in which words. */
class AnnotatedToolTypesTest {
    enum Mode {
        FAST,
        VERY_SLOW
    }

    record Spot(
            @ToolParam("Degrees north.") double latitude,
            @ToolParam(defaultValue = "0") double longitude,
            Optional<String> label) {
        Spot {
            if (latitude > 90) {
                throw new IllegalArgumentException("latitude is at most 90");
            }
        }
    }

    record Trip(String name, List<Spot> stops, Map<String, Spot> named) {}

    @ToolInfo(name = "types", description = "Says what it got.")
    public static class Types {
        @ToolMethod("Strings.")
        public String text(String value) {
            return value;
        }

        @ToolMethod("Truth.")
        public List<Object> bools(boolean value, Boolean boxed) {
            return List.of(value, boxed);
        }

        @ToolMethod("Numbers.")
        public List<Object> numbers(int i, Integer boxedInt, long l, Long boxedLong, double d, Double boxedDouble) {
            return List.of(i, boxedInt, l, boxedLong, d, boxedDouble);
        }

        @ToolMethod("One number.")
        public BigDecimal decimal(BigDecimal value) {
            return value;
        }

        @ToolMethod("One int.")
        public int number(int value) {
            return value;
        }

        @ToolMethod("One double.")
        public double floating(double value) {
            return value;
        }

        @ToolMethod("A choice.")
        public Mode choice(Mode mode) {
            return mode;
        }

        @ToolMethod("Lists.")
        public List<List<Integer>> lists(List<List<Integer>> value) {
            return value;
        }

        @ToolMethod("Maps.")
        public Map<String, Mode> maps(Map<String, Mode> value) {
            return value;
        }

        @ToolMethod("Any JSON.")
        public JsonValue any(JsonValue value) {
            return value;
        }

        @ToolMethod("A JSON object.")
        public JsonObject object(JsonObject value) {
            return value;
        }

        @ToolMethod("Records.")
        public Trip trip(Trip trip) {
            return trip;
        }

        @ToolMethod("What may be left out.")
        public List<Object> optional(
                Optional<String> text,
                Optional<List<Integer>> list,
                @ToolParam(defaultValue = "7") Optional<Integer> number,
                Optional<JsonValue> any) {
            return Arrays.asList(text, list, number, any);
        }

        @ToolMethod("What has a default.")
        public List<Object> defaults(
                @ToolParam(value = "A text.", defaultValue = "") String text,
                @ToolParam(defaultValue = "-3") int number,
                @ToolParam(defaultValue = "1e3") double floating,
                @ToolParam(defaultValue = "1.10") BigDecimal decimal,
                @ToolParam(defaultValue = "true") boolean bool,
                @ToolParam(defaultValue = "VERY_SLOW") Mode mode) {
            return List.of(text, number, floating, decimal, bool, mode);
        }
    }

    private final Tool tool = Tool.annotated(new Types());

    private void assertWants(String problem, String method, Object value) {
        String parameter =
                tool.spec().method(method).orElseThrow().parameterNames().getFirst();
        String message =
                fails(Reason.INVALID_ARGUMENTS, tool, method, parameter, value).getMessage();
        assertEquals(
                "Tool argument validation failed: types." + method + "() " + problem,
                message.substring(0, message.indexOf(". Available parameters: ")));
    }

    @Test
    void strings() throws Exception {
        assertEquals("\"é\"", call(tool, "text", "value", "é").toString());
        assertEquals(Contexts.type("string"), property(tool, "text", "value"));
        assertWants("wants a string for 'value', not 1", "text", 1);
        assertWants("wants a string for 'value', not null", "text", null);
    }

    @Test
    void truthValues() throws Exception {
        assertEquals(
                "[true,false]",
                call(tool, "bools", "value", true, "boxed", false).toString());
        assertEquals(Contexts.type("boolean"), property(tool, "bools", "boxed"));
        assertWants("wants true or false for 'value', not \"true\"", "bools", "true");
    }

    @Test
    void numbers() throws Exception {
        assertEquals(
                "[1,-2,3000000000,4,0.5,6]",
                call(
                                tool,
                                "numbers",
                                "i",
                                1,
                                "boxed_int",
                                -2,
                                "l",
                                3_000_000_000L,
                                "boxed_long",
                                4,
                                "d",
                                0.5,
                                "boxed_double",
                                6)
                        .toString());
        assertEquals(Contexts.type("integer"), property(tool, "numbers", "boxed_long"));
        assertEquals(Contexts.type("number"), property(tool, "numbers", "d"));
        assertEquals(
                "1.10", call(tool, "decimal", "value", new BigDecimal("1.10")).toString());
        assertEquals(Contexts.type("number"), property(tool, "decimal", "value"));
        assertEquals(
                "100", call(tool, "number", "value", new JsonNumber("1.0e2")).toString());
    }

    @Test
    void numbersThatDoNotFit() {
        assertWants("wants an integer in range for 'value', not 1.5", "number", 1.5);
        assertWants("wants an integer in range for 'value', not 2147483648", "number", 1L << 31);
        assertWants("wants an integer for 'value', not \"1\"", "number", "1");
        assertWants("wants a number for 'value', not 1e400", "floating", new JsonNumber("1e400"));
        assertWants("wants a number for 'value', not [1]", "decimal", List.of(1));
    }

    @Test
    void enums() throws Exception {
        assertEquals("\"very_slow\"", call(tool, "choice", "mode", "very_slow").toString());
        assertEquals("\"fast\"", call(tool, "choice", "mode", "FAST").toString());
        assertEquals(
                "{\"type\":\"string\",\"enum\":[\"fast\",\"very_slow\"]}",
                property(tool, "choice", "mode").toString());
        assertWants("wants one of fast, very_slow for 'mode', not \"slow\"", "choice", "slow");
        assertWants("wants one of fast, very_slow for 'mode', not 1", "choice", 1);
    }

    @Test
    void collections() throws Exception {
        assertEquals(
                "[[1],[]]",
                call(tool, "lists", "value", List.of(List.of(1), List.of())).toString());
        assertEquals(
                "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}",
                property(tool, "lists", "value").toString());
        assertWants("wants an integer for 'value[1][0]', not \"x\"", "lists", List.of(List.of(1), List.of("x")));
        assertWants("wants an integer for 'value[0][0]', not null", "lists", List.of(Arrays.asList((Object) null)));
        assertWants("wants an array for 'value', not {}", "lists", Map.of());
        assertEquals(
                "{\"a\":\"fast\"}",
                call(tool, "maps", "value", Map.of("a", "fast")).toString());
        assertEquals(
                "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\",\"enum\":[\"fast\",\"very_slow\"]}}",
                property(tool, "maps", "value").toString());
        assertWants("wants one of fast, very_slow for 'value.a', not 1", "maps", Map.of("a", 1));
        assertWants("wants an object for 'value', not []", "maps", List.of());
    }

    @Test
    void json() throws Exception {
        assertEquals(JsonNull.NULL, call(tool, "any", "value", null));
        assertEquals("[1]", call(tool, "any", "value", List.of(1)).toString());
        assertEquals(JsonObject.EMPTY, property(tool, "any", "value"));
        assertEquals("{\"a\":1}", call(tool, "object", "value", Map.of("a", 1)).toString());
        assertEquals(Contexts.type("object"), property(tool, "object", "value"));
        assertWants("wants an object for 'value', not [1]", "object", List.of(1));
    }

    @Test
    void records() throws Exception {
        Object spot = Map.of("latitude", 48.2);
        assertEquals(
                "{\"name\":\"n\",\"stops\":[{\"latitude\":48.2,\"longitude\":0,\"label\":null}],\"named\":{}}",
                call(tool, "trip", "trip", Map.of("name", "n", "stops", List.of(spot), "named", Map.of()))
                        .toString());
        assertEquals(
                "{\"type\":\"object\",\"properties\":{"
                        + "\"latitude\":{\"type\":\"number\",\"description\":\"Degrees north.\"},"
                        + "\"longitude\":{\"type\":\"number\",\"default\":0},"
                        + "\"label\":{\"type\":\"string\"}},"
                        + "\"required\":[\"latitude\"],\"additionalProperties\":false}",
                ((JsonObject) property(tool, "trip", "trip"))
                        .object("properties")
                        .flatMap(p -> p.object("stops"))
                        .flatMap(s -> s.object("items"))
                        .orElseThrow()
                        .toString());
    }

    @Test
    void recordsAreNamedWithTheirPath() {
        assertWants("wants an object for 'trip', not 1", "trip", 1);
        assertWants("is missing the required argument 'trip.stops'", "trip", Map.of("name", "n"));
        assertWants(
                "is missing the required argument 'trip.stops[0].latitude'",
                "trip",
                Map.of("name", "n", "stops", List.of(Map.of()), "named", Map.of()));
        assertWants(
                "wants a number for 'trip.named.a.latitude', not \"x\"",
                "trip",
                Map.of("name", "n", "stops", List.of(), "named", Map.of("a", Map.of("latitude", "x"))));
        assertWants(
                "got an unexpected member 'alt' in 'trip.named.a', which takes latitude (number), longitude (number, "
                        + "default 0), label (string, optional)",
                "trip",
                Map.of("name", "n", "stops", List.of(), "named", Map.of("a", Map.of("latitude", 1, "alt", 2))));
        assertWants(
                "cannot use 'trip.stops[0]': latitude is at most 90",
                "trip",
                Map.of("name", "n", "stops", List.of(Map.of("latitude", 91)), "named", Map.of()));
    }

    @Test
    void whatMayBeLeftOutMayAlsoBeNull() throws Exception {
        assertEquals("[null,null,7,null]", call(tool, "optional").toString());
        assertEquals(
                "[null,null,7,null]",
                call(tool, "optional", "text", null, "list", null, "number", null, "any", null)
                        .toString());
        assertEquals(
                "[\"a\",[1],2,true]",
                call(tool, "optional", "text", "a", "list", List.of(1), "number", 2, "any", true)
                        .toString());
        assertEquals(
                "[]", schemaOf(tool, "optional").get("required").orElseThrow().toString());
        assertWants("wants a string for 'text', not 1", "optional", 1);
    }

    @Test
    void defaults() throws Exception {
        assertEquals(
                "[\"\",-3,1000,1.10,true,\"very_slow\"]", call(tool, "defaults").toString());
        assertEquals(
                "[\"x\",-3,1000,1.10,false,\"very_slow\"]",
                call(tool, "defaults", "text", "x", "bool", false, "mode", null).toString());
        assertEquals(
                "{\"type\":\"string\",\"description\":\"A text.\",\"default\":\"\"}",
                property(tool, "defaults", "text").toString());
        assertEquals(
                "{\"type\":\"string\",\"enum\":[\"fast\",\"very_slow\"],\"default\":\"very_slow\"}",
                property(tool, "defaults", "mode").toString());
        assertEquals(
                "[]", schemaOf(tool, "defaults").get("required").orElseThrow().toString());
    }

    @Test
    void longValuesAreNotShownWhole() {
        String message = fails(Reason.INVALID_ARGUMENTS, tool, "number", "value", "x".repeat(100_000))
                .getMessage();
        assertFalse(message.length() > 250, message);
    }

    @ParameterizedTest
    @CsvSource({
        "text, value (string)",
        "optional, 'text (string, optional), list (array, optional), number (integer, default 7), any (any value, optional)'",
        "choice, 'mode (one of fast, very_slow)'"
    })
    void whatIsAvailableIsListed(String method, String available) {
        String message =
                fails(Reason.INVALID_ARGUMENTS, tool, method, "wrong", 1).getMessage();
        assertEquals(
                "Tool argument validation failed: types." + method
                        + "() got an unexpected argument 'wrong'. Available parameters: " + available + ".",
                message);
    }
}
