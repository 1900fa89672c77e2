package io.pipecat.endpoint.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A request for a chat completion (OpenAI, "Create chat completion"). What is not known here is ignored, as compatible servers do;
 * what would silently change the meaning of the answer is refused.
 *
 * @param model as the client named it; may be empty
 * @param messages oldest first, at least one
 * @param functions what may be called
 * @param options how to answer
 * @param stream whether the answer is wanted bit by bit
 * @param includeUsage whether a stream ends with the tokens it took
 */
record ChatRequest(
        String model,
        List<Message> messages,
        List<FunctionSpec> functions,
        GenerationOptions options,
        boolean stream,
        boolean includeUsage) {
    /** The whole agent; every other name is the bare model. */
    static final String AGENT = "pipecat";

    private static final int MOST_TOKENS = 1 << 24;

    boolean isForAgent() {
        return model.equals(AGENT);
    }

    static ChatRequest of(JsonObject body) throws ApiError {
        refuseWhatIsMissing(body);
        List<FunctionSpec> functions = tools(body);
        boolean stream = bool(body, "stream");
        boolean usage = body.object("stream_options").isPresent()
                && bool(body.object("stream_options").orElse(JsonObject.EMPTY), "include_usage");
        return new ChatRequest(
                body.string("model").orElse(""),
                ChatMessages.of(body),
                choose(body, functions),
                options(body),
                stream,
                usage);
    }

    private static void refuseWhatIsMissing(JsonObject body) throws ApiError {
        if (body.number("n").isPresent() && number(body, "n") != 1) {
            throw ApiError.unsupported("n", "This server gives one answer to a request: n must be 1.");
        }
        Optional<JsonValue> format = present(body, "response_format");
        if (format.isPresent()) {
            String type = body.object("response_format")
                    .flatMap(f -> f.string("type"))
                    .orElse("");
            if (!type.equals("text")) {
                throw ApiError.unsupported(
                        "response_format",
                        "This server cannot make its model keep to a format: response_format must be {\"type\":\"text\"}, not "
                                + new JsonString(type) + ". Ask for JSON in words, or by a tool.");
            }
        }
    }

    private static List<FunctionSpec> tools(JsonObject body) throws ApiError {
        Optional<JsonValue> given = present(body, "tools");
        List<FunctionSpec> functions = new ArrayList<>();
        if (given.isEmpty()) {
            return functions;
        }
        if (!(given.get() instanceof JsonArray array)) {
            throw ApiError.invalid("tools", "tools must be an array.");
        }
        for (int i = 0; i < array.size(); i++) {
            String where = "tools[" + i + "]";
            if (!(array.get(i) instanceof JsonObject tool)
                    || !tool.string("type").orElse("function").equals("function")) {
                throw ApiError.unsupported(where, "This server knows tools of the type \"function\" only.");
            }
            JsonObject function = tool.object("function")
                    .orElseThrow(() -> ApiError.invalid(where + ".function", "A tool needs a function."));
            try {
                functions.add(new FunctionSpec(
                        function.string("name").orElse(""),
                        function.string("description").orElse(""),
                        function.object("parameters")
                                .orElseGet(() -> JsonObject.builder()
                                        .put("type", "object")
                                        .put("properties", JsonObject.EMPTY)
                                        .build())));
            } catch (IllegalArgumentException e) {
                throw ApiError.invalid(where + ".function.name", String.valueOf(e.getMessage()));
            }
        }
        return functions;
    }

    private static List<FunctionSpec> choose(JsonObject body, List<FunctionSpec> functions) throws ApiError {
        Optional<JsonValue> choice = present(body, "tool_choice");
        if (choice.isEmpty() || choice.get().equals(new JsonString("auto"))) {
            return functions;
        }
        if (choice.get().equals(new JsonString("none"))) {
            return List.of();
        }
        throw ApiError.unsupported(
                "tool_choice",
                "This server cannot make its model call a tool: tool_choice must be \"auto\" or \"none\", not "
                        + choice.get() + ".");
    }

    private static GenerationOptions options(JsonObject body) throws ApiError {
        OptionalInt most = tokens(body, "max_completion_tokens");
        OptionalDouble topP = decimal(body, "top_p");
        try {
            return new GenerationOptions(
                    decimal(body, "temperature"),
                    // 0 is what some clients send for "the likeliest only"; it is the smallest that is in range.
                    topP.isPresent() && topP.getAsDouble() == 0 ? OptionalDouble.of(1e-6) : topP,
                    most.isPresent() ? most : tokens(body, "max_tokens"),
                    seed(body),
                    stop(body));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(null, String.valueOf(e.getMessage()));
        }
    }

    private static OptionalDouble decimal(JsonObject body, String name) throws ApiError {
        return present(body, name).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number(body, name));
    }

    private static OptionalInt tokens(JsonObject body, String name) throws ApiError {
        if (present(body, name).isEmpty()) {
            return OptionalInt.empty();
        }
        double value = number(body, name);
        if (!(value >= 1) || value != Math.rint(value)) {
            throw ApiError.invalid(name, name + " must be a whole number of at least 1.");
        }
        return OptionalInt.of((int) Math.min(value, MOST_TOKENS));
    }

    private static OptionalLong seed(JsonObject body) throws ApiError {
        if (present(body, "seed").isEmpty()) {
            return OptionalLong.empty();
        }
        double value = number(body, "seed");
        if (value != Math.rint(value)) {
            throw ApiError.invalid("seed", "seed must be a whole number.");
        }
        return OptionalLong.of((long) value);
    }

    private static List<String> stop(JsonObject body) throws ApiError {
        Optional<JsonValue> stop = present(body, "stop");
        if (stop.isEmpty()) {
            return List.of();
        }
        if (stop.get() instanceof JsonString text) {
            return List.of(text.value());
        }
        if (stop.get() instanceof JsonArray array && array.strings().count() == array.size()) {
            return array.strings().toList();
        }
        throw ApiError.invalid("stop", "stop must be a string or an array of strings.");
    }

    private static double number(JsonObject body, String name) throws ApiError {
        return body.get(name).orElse(JsonNull.NULL) instanceof JsonNumber number
                ? number.toDouble()
                : refuse(name, "a number");
    }

    private static double refuse(String name, String what) throws ApiError {
        throw ApiError.invalid(name, name + " must be " + what + ".");
    }

    private static boolean bool(JsonObject body, String name) throws ApiError {
        Optional<JsonValue> value = present(body, name);
        if (value.isEmpty()) {
            return false;
        }
        if (!(value.get() instanceof JsonBool)) {
            throw ApiError.invalid(name, name + " must be true or false.");
        }
        return body.bool(name).orElse(false);
    }

    private static Optional<JsonValue> present(JsonObject body, String name) {
        return body.get(name).filter(value -> value != JsonNull.NULL);
    }
}
