package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How functions, calls and results are written for a family. Texts it is given are its own or made harmless by {@code clean}. */
sealed interface CallFormat permits HermesFormat, Llama3Format, MistralFormat, GenericFormat {

    /** How calls look in a response. */
    CallSyntax syntax();

    /** The turns at the head of a prompt; {@code system} may be empty, {@code functions} is not. */
    List<Turn> head(String system, List<FunctionSpec> functions, UnaryOperator<String> clean);

    /** What the model wrote when it made these calls. */
    String calls(List<ToolCall> calls, UnaryOperator<String> clean);

    /** The results of one message's calls. */
    List<Turn> results(List<Message.ToolResult> results, UnaryOperator<String> clean);

    /** The markers in what it writes and reads. */
    Set<String> markers();

    static JsonObject describe(FunctionSpec function) {
        return JsonObject.builder()
                .put("name", function.name())
                .put("description", function.description())
                .put("parameters", function.parameters())
                .build();
    }

    static JsonValue arguments(ToolCall call) {
        try {
            return Json.parse(call.argumentsJson());
        } catch (JsonException e) {
            return new JsonString(call.argumentsJson());
        }
    }

    static String write(ToolCall call, String argumentsName, UnaryOperator<String> clean) {
        return clean.apply(JsonObject.builder()
                .put("name", call.name())
                .put(argumentsName, arguments(call))
                .build()
                .toString());
    }

    static String content(Message.ToolResult result) {
        return result.error() ? JsonObject.of("error", result.text()).toString() : result.text();
    }

    static String join(String system, String more) {
        return system.isEmpty() ? more : system + "\n\n" + more;
    }
}
