package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes out of a call what models write and every annotated tool forgives (see {@link io.pipecat.api.tool.Tool#annotated}), though its
 * schema does not: {@code null} for a parameter that may be left out, and a choice in other than its own case.
 */
public final class CallLeniency {
    private CallLeniency() {}

    /**
     * Mends a call.
     *
     * @param call the call
     * @param functions the functions on offer
     * @return the call as the schema of its function wants it; the same where there is nothing to mend or no telling how
     */
    public static ToolCall mend(ToolCall call, List<FunctionSpec> functions) {
        Optional<FunctionSpec> function =
                functions.stream().filter(f -> f.name().equals(call.name())).findFirst();
        if (function.isEmpty()) {
            return call;
        }
        try {
            JsonObject arguments = Json.parseObject(call.argumentsJson());
            JsonValue mended = mend(arguments, function.get().parameters());
            // What is right already stays as the model wrote it.
            return mended.equals(arguments) ? call : new ToolCall(call.id(), call.name(), mended.toString());
        } catch (JsonException e) {
            // CallCheck tells the model what is wrong with it.
            return call;
        }
    }

    private static JsonValue mend(JsonValue value, JsonObject schema) {
        return switch (value) {
            case JsonObject object -> members(object, schema);
            case JsonArray array -> {
                JsonObject items = schema.object("items").orElse(JsonObject.EMPTY);
                yield new JsonArray(array.elements().stream()
                        .map(element -> mend(element, items))
                        .toList());
            }
            case JsonString text -> choice(text, schema);
            default -> value;
        };
    }

    private static JsonObject members(JsonObject object, JsonObject schema) {
        JsonObject properties = schema.object("properties").orElse(JsonObject.EMPTY);
        List<String> required =
                schema.array("required").map(names -> names.strings().toList()).orElse(List.of());
        JsonObject.Builder mended = JsonObject.builder();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            Optional<JsonObject> declared = properties.object(member.getKey());
            boolean leftOut = member.getValue() == JsonNull.NULL
                    && declared.isPresent()
                    && !required.contains(member.getKey())
                    // Where a tool asks for null by name, it means something.
                    && !JsonSchema.check(JsonNull.NULL, declared.get()).isEmpty();
            if (!leftOut) {
                mended.put(member.getKey(), mend(member.getValue(), declared.orElse(JsonObject.EMPTY)));
            }
        }
        return mended.build();
    }

    private static JsonString choice(JsonString text, JsonObject schema) {
        List<String> choices =
                schema.array("enum").map(array -> array.strings().toList()).orElse(List.of());
        List<String> meant = choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(text.value()))
                .toList();
        return choices.contains(text.value()) || meant.size() != 1 ? text : new JsonString(meant.getFirst());
    }
}
