package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonSchema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Translates between the three functions that the built-in model was trained on and those that a node offers: {@code
 * calculator{expression}}, {@code clock{}} and {@code world_model{action, entity, state}}, whose results it knows as {@code {"result"}},
 * {@code {"time","date"}}, {@code {"state"}}, {@code {"ok"}} and {@code {"error"}}, all of them texts.
 */
final class TinyHomeTools {
    static final String CALCULATE = "calculator__evaluate";
    static final String CLOCK = "clock__now";
    private static final String WORLD = "world_model__";
    private static final String GET_DEVICE = WORLD + "get_device";
    private static final int DIGITS = 12;

    /** What becomes of a call. */
    sealed interface Outcome {
        record Call(ToolCall call) implements Outcome {}

        record Say(String sentence) implements Outcome {}
    }

    private TinyHomeTools() {}

    /** Translates a call of the model's into one of the node's. */
    static Outcome toNode(
            String name, JsonObject arguments, List<FunctionSpec> offered, String asked, Supplier<String> newId) {
        return switch (name) {
            case "calculator" -> {
                String expression = arguments.string("expression").orElse("");
                if (!isOffered(CALCULATE, offered)) {
                    yield new Outcome.Say("Sorry, I need a calculator for that, and there is none here.");
                }
                yield SumGuard.agrees(expression, asked)
                        ? new Outcome.Call(new ToolCall(newId.get(), CALCULATE, arguments.toString()))
                        : new Outcome.Say(
                                "Sorry, I did not understand the numbers in that. I can calculate with two whole"
                                        + " numbers, such as 17 * 23.");
            }
            case "clock" ->
                isOffered(CLOCK, offered)
                        ? new Outcome.Call(new ToolCall(newId.get(), CLOCK, "{}"))
                        : new Outcome.Say("Sorry, I need a clock for that, and there is none here.");
            case "world_model" -> world(arguments, offered, asked, newId);
            default -> new Outcome.Call(new ToolCall(newId.get(), name, arguments.toString()));
        };
    }

    private static Outcome world(
            JsonObject arguments, List<FunctionSpec> offered, String asked, Supplier<String> newId) {
        String entity = arguments.string("entity").orElse("");
        if (entity.isBlank() || !asked.toLowerCase(Locale.ROOT).contains(entity.toLowerCase(Locale.ROOT))) {
            return new Outcome.Say("Sorry, I did not understand which device you mean.");
        }
        String action = arguments.string("action").orElse("get");
        for (FunctionSpec function : offered) {
            boolean fits = action.equals("get")
                    ? function.name().equals(GET_DEVICE)
                    : function.name().startsWith(WORLD) && function.name().contains("command");
            if (fits) {
                JsonObject translated = fill(function, entity, arguments.string("state"));
                if (JsonSchema.check(translated, function.parameters()).isEmpty()) {
                    return new Outcome.Call(new ToolCall(newId.get(), function.name(), translated.toString()));
                }
            }
        }
        return new Outcome.Call(new ToolCall(newId.get(), WORLD + action, arguments.toString()));
    }

    // The first text is the device; an object is the change; another text that must be there is the state.
    private static JsonObject fill(FunctionSpec function, String entity, Optional<String> state) {
        List<JsonValue> required = function.parameters()
                .get("required")
                .filter(JsonArray.class::isInstance)
                .map(names -> ((JsonArray) names).elements())
                .orElse(List.of());
        JsonObject.Builder filled = JsonObject.builder();
        boolean named = false;
        for (Map.Entry<String, JsonValue> property : function.parameters()
                .object("properties")
                .orElse(JsonObject.EMPTY)
                .members()
                .entrySet()) {
            String type = property.getValue() instanceof JsonObject schema
                    ? schema.string("type").orElse("")
                    : "";
            if (type.equals("string") && !named) {
                filled.put(property.getKey(), entity);
                named = true;
            } else if (state.isPresent() && type.equals("object")) {
                filled.put(property.getKey(), JsonObject.of("state", state.get()));
            } else if (state.isPresent()
                    && (type.equals("string") || type.isEmpty())
                    && required.contains(new JsonString(property.getKey()))) {
                filled.put(property.getKey(), state.get());
            }
        }
        return filled.build();
    }

    private static boolean isOffered(String name, List<FunctionSpec> offered) {
        return offered.stream().anyMatch(function -> function.name().equals(name));
    }

    /** Translates a call of the node's into the one that the model made; empty if it can have made none such. */
    static Optional<String> toModel(ToolCall call) {
        JsonObject arguments = object(call.argumentsJson());
        JsonObject.Builder own = JsonObject.builder();
        String name;
        if (call.name().equals(CALCULATE)) {
            name = "calculator";
            own.put("expression", expression(call));
        } else if (call.name().equals(CLOCK)) {
            name = "clock";
        } else if (call.name().startsWith(WORLD)) {
            name = "world_model";
            boolean get = call.name().startsWith(WORLD + "get");
            own.put("action", get ? "get" : "set");
            own.put("entity", firstText(arguments));
            if (!get) {
                own.put("state", state(arguments).orElse("on"));
            }
        } else {
            return Optional.empty();
        }
        return Optional.of(JsonObject.builder()
                .put("name", name)
                .put("arguments", own.build())
                .build()
                .toString());
    }

    static String expression(ToolCall call) {
        return object(call.argumentsJson()).string("expression").orElse("");
    }

    private static String firstText(JsonObject arguments) {
        return arguments
                .string("entity")
                .orElseGet(() -> arguments.members().values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(value -> ((JsonString) value).value())
                        .findFirst()
                        .orElse(""));
    }

    /** Translates a result into the form that the model was trained on. */
    static JsonObject resultToModel(String function, String text, boolean error) {
        if (function.equals(CALCULATE)) {
            return error ? JsonObject.of("error", "cannot compute") : JsonObject.of("result", number(text));
        }
        if (function.equals(CLOCK) && !error) {
            JsonObject now = object(text);
            String time = now.string("time").orElse("");
            return JsonObject.builder()
                    .put("time", time.length() > 5 ? time.substring(0, 5) : time)
                    .put("date", now.string("date").orElse(""))
                    .build();
        }
        if (error) {
            return JsonObject.of("error", "not found");
        }
        if (function.equals(GET_DEVICE) || function.startsWith(WORLD + "get")) {
            return state(value(text))
                    .map(state -> JsonObject.of("state", state))
                    .orElse(JsonObject.of("error", "not found"));
        }
        return JsonObject.of("ok", "true");
    }

    private static Optional<String> state(JsonValue value) {
        return switch (value) {
            case JsonString string -> Optional.of(string.value());
            case JsonNumber number -> Optional.of(number.text());
            case JsonBool bool -> Optional.of(bool.value() ? "on" : "off");
            case JsonObject object ->
                object.get("state")
                        .or(() -> object.members().values().stream()
                                .filter(JsonObject.class::isInstance)
                                .findFirst())
                        .flatMap(TinyHomeTools::state);
            default -> Optional.empty();
        };
    }

    // As people write it: no exponent where it can be avoided, no zeros at the end.
    private static String number(String text) {
        JsonValue value = value(text);
        String shown = value instanceof JsonString string ? string.value() : value.toString();
        try {
            BigDecimal exact = new BigDecimal(shown);
            BigDecimal rounded = exact.scale() > 0 && exact.precision() > DIGITS
                    ? exact.round(new MathContext(DIGITS)).stripTrailingZeros()
                    : exact;
            boolean small = rounded.scale() < 40 && rounded.scale() > -40;
            return !small ? rounded.toString() : rounded.signum() == 0 ? "0" : stripped(rounded);
        } catch (NumberFormatException e) {
            return shown;
        }
    }

    private static String stripped(BigDecimal value) {
        return (value.scale() > 0 ? value.stripTrailingZeros() : value).toPlainString();
    }

    private static JsonValue value(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return new JsonString(text);
        }
    }

    private static JsonObject object(String text) {
        return value(text) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }
}
