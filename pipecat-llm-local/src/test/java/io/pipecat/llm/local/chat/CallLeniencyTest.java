package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLeniencyTest {
    private static final List<FunctionSpec> OFFERED = offered("""
            {"type":"object","required":["name"],"additionalProperties":false,"properties":{
              "name":{"type":"string"},
              "zone":{"type":"string","default":"UTC"},
              "unit":{"type":"string","enum":["celsius","kelvin"]},
              "note":{"type":["string","null"]},
              "places":{"type":"array","items":{"type":"object","required":["x"],"properties":{
                "x":{"type":"number"},"y":{"type":"number"}}}}}}
            """);

    private static List<FunctionSpec> offered(String schema) {
        try {
            return List.of(new FunctionSpec("f", "", Json.parseObject(schema)));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"zone\":null}|{\"name\":\"a\"}",
                "{\"name\":\"a\",\"unit\":\"Kelvin\"}|{\"name\":\"a\",\"unit\":\"kelvin\"}",
                "{\"name\":\"a\",\"unit\":null}|{\"name\":\"a\"}",
                "{\"name\":\"a\",\"places\":[{\"x\":1,\"y\":null}]}|{\"name\":\"a\",\"places\":[{\"x\":1}]}"
            })
    void mendsWhatEveryAnnotatedToolForgives(String written, String mended) {
        ToolCall call = CallLeniency.mend(new ToolCall("i", "f", written), OFFERED);

        assertEquals(mended, call.argumentsJson());
        assertEquals("i", call.id());
        assertTrue(CallCheck.problem(call, OFFERED).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":null}",
                "{\"name\":\"a\",\"other\":null}",
                "{\"name\":\"a\",\"unit\":\"Rankine\"}",
                "{oops"
            })
    void leavesToTheCheckWhatIsWrong(String written) {
        ToolCall call = CallLeniency.mend(new ToolCall("i", "f", written), OFFERED);

        assertEquals(written, call.argumentsJson());
        assertTrue(CallCheck.problem(call, OFFERED).isPresent());
    }

    @Test
    void leavesWhatIsRightAsItWasWritten() {
        String written = "{ \"name\" : \"A\", \"note\": null }";

        assertEquals(
                written,
                CallLeniency.mend(new ToolCall("i", "f", written), OFFERED).argumentsJson());
    }
}
