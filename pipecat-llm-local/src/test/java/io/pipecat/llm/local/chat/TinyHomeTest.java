package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TinyHomeTest {
    private static final FunctionSpec GET = function("world_model__get_device", "{\"id\":{\"type\":\"string\"}}", "id");
    private static final FunctionSpec COMMAND = function(
            "world_model__command", "{\"device\":{\"type\":\"string\"},\"change\":{\"type\":\"object\"}}", "device");

    private static FunctionSpec function(String name, String properties, String required) {
        try {
            return new FunctionSpec(
                    name,
                    "",
                    JsonObject.builder()
                            .put("type", "object")
                            .put("properties", Json.parse(properties))
                            .put("required", JsonArray.ofStrings(List.of(required)))
                            .put("additionalProperties", false)
                            .build());
        } catch (io.pipecat.json.JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static String toNode(String call, String asked, FunctionSpec... offered) throws Exception {
        JsonObject json = Json.parseObject(call);
        return switch (TinyHomeTools.toNode(
                json.string("name").orElseThrow(),
                json.object("arguments").orElseThrow(),
                List.of(offered),
                asked,
                () -> "id")) {
            case TinyHomeTools.Outcome.Call made ->
                made.call().name() + made.call().argumentsJson();
            case TinyHomeTools.Outcome.Say say -> say.sentence();
        };
    }

    @Test
    void mapsDevicesToWhatTheWorldModelOffers() throws Exception {
        String get = "{\"name\":\"world_model\",\"arguments\":{\"action\":\"get\",\"entity\":\"hall lamp\"}}";
        String set =
                "{\"name\":\"world_model\",\"arguments\":{\"action\":\"set\",\"entity\":\"hall lamp\",\"state\":\"on\"}}";

        assertEquals("world_model__get_device{\"id\":\"hall lamp\"}", toNode(get, "is the Hall lamp on", GET, COMMAND));
        assertEquals(
                "world_model__command{\"device\":\"hall lamp\",\"change\":{\"state\":\"on\"}}",
                toNode(set, "turn on the hall lamp", GET, COMMAND));
        assertEquals(
                "world_model__set{\"action\":\"set\",\"entity\":\"hall lamp\",\"state\":\"on\"}",
                toNode(set, "turn on the hall lamp"));
        assertTrue(toNode(set, "turn on the hell lamp", GET, COMMAND).startsWith("Sorry"));
    }

    @ParameterizedTest
    @CsvSource({
        "calculator__evaluate, 391, false, '{\"result\":\"391\"}'",
        "calculator__evaluate, 3.50, false, '{\"result\":\"3.5\"}'",
        "calculator__evaluate, 1.2E+3, false, '{\"result\":\"1200\"}'",
        "calculator__evaluate, 1E+999999999, false, '{\"result\":\"1E+999999999\"}'",
        "calculator__evaluate, 0.333333333333333333, false, '{\"result\":\"0.333333333333\"}'",
        "calculator__evaluate, 12345678901234567890, false, '{\"result\":\"12345678901234567890\"}'",
        "calculator__evaluate, Division by zero., true, '{\"error\":\"cannot compute\"}'",
        "clock__now, '{\"time\":\"09:05:59\",\"date\":\"2026-11-22\",\"zone\":\"UTC\"}', false,"
                + " '{\"time\":\"09:05\",\"date\":\"2026-11-22\"}'",
        "world_model__get_device, '{\"id\":\"x\",\"state\":{\"state\":true}}', false, '{\"state\":\"on\"}'",
        "world_model__get_device, '{\"id\":\"x\",\"state\":\"closed\"}', false, '{\"state\":\"closed\"}'",
        "world_model__get_device, No such device., true, '{\"error\":\"not found\"}'",
        "world_model__command, '{\"accepted\":true}', false, '{\"ok\":\"true\"}'"
    })
    void mapsResultsToWhatTheModelKnows(String function, String text, boolean error, String expected) {
        assertEquals(
                expected, TinyHomeTools.resultToModel(function, text, error).toString());
    }

    @Test
    void writesItsOwnCallsBackAsItWasTrained() {
        assertEquals(
                "{\"name\":\"calculator\",\"arguments\":{\"expression\":\"17*23\"}}",
                TinyHomeTools.toModel(new ToolCall("i", "calculator__evaluate", "{\"expression\":\"17*23\"}"))
                        .orElseThrow());
        assertEquals(
                "{\"name\":\"clock\",\"arguments\":{}}",
                TinyHomeTools.toModel(new ToolCall("i", "clock__now", "{}")).orElseThrow());
        assertEquals(
                "{\"name\":\"world_model\",\"arguments\":{\"action\":\"set\",\"entity\":\"lamp\",\"state\":\"off\"}}",
                TinyHomeTools.toModel(new ToolCall(
                                "i", "world_model__command", "{\"device\":\"lamp\",\"change\":{\"state\":\"off\"}}"))
                        .orElseThrow());
        assertTrue(TinyHomeTools.toModel(new ToolCall("i", "git__log", "{}")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "17*23, What is 17 * 23?",
        "17*23, what is 17 times 23",
        "17*23, 17x23",
        "9-3, subtract 3 from 9",
        "1000+5, 'what is 1,000 plus 5'",
        "8/2, 8 divided by 2",
        "5--3, 5 - -3"
    })
    void passesASumThatTheWordsBearOut(String expression, String words) {
        assertTrue(SumGuard.agrees(expression, words));
    }

    @ParameterizedTest
    @CsvSource({
        "2+4, What is 2 + 3 + 4?",
        "3*2, what is 3.5 * 2",
        "17*32, What is 17 * 23?",
        "17+23, What is 17 * 23?",
        "20*5, what is 20 percent of 5",
        "2*3, 2 ^ 3"
    })
    void stopsASumThatTheyDoNot(String expression, String words) {
        assertFalse(SumGuard.agrees(expression, words));
    }
}
