package io.pipecat.json;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks values against the part of JSON Schema (draft 2020-12) that tools use: {@code type}, {@code properties},
 * {@code required}, {@code additionalProperties}, {@code items}, {@code enum}, {@code const}, {@code minimum},
 * {@code maximum}, {@code minLength}, {@code maxLength}, {@code minItems}, {@code maxItems}, {@code anyOf},
 * {@code oneOf}. Other keywords are taken as notes and check nothing, as the standard lets an implementation do.
 */
public final class JsonSchema {
    private static final int MAX_PROBLEMS = 8;
    private static final int MAX_SHOWN = 60;

    private JsonSchema() {}

    /**
     * Checks a value.
     *
     * @param value the value
     * @param schema the schema
     * @return what is wrong, each a phrase such as {@code 'a' must be a number, not "x"}; empty if nothing is; at most
     *     eight
     */
    public static List<String> check(JsonValue value, JsonObject schema) {
        List<String> problems = new ArrayList<>();
        check(value, schema, "", problems);
        return List.copyOf(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
    }

    private static void check(JsonValue value, JsonObject schema, String path, List<String> problems) {
        if (problems.size() >= MAX_PROBLEMS) {
            return;
        }
        List<String> types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> isOfType(value, type))) {
            problems.add(subject(path) + " must be "
                    + types.stream().map(JsonSchema::article).collect(Collectors.joining(" or ")) + ", not "
                    + shown(value));
            return;
        }
        checkChoices(value, schema, path, problems);
        switch (value) {
            case JsonObject object -> checkObject(object, schema, path, problems);
            case JsonArray array -> checkArray(array, schema, path, problems);
            case JsonNumber number -> checkNumber(number, schema, path, problems);
            case JsonString string -> checkString(string, schema, path, problems);
            case JsonBool ignored -> {}
            case JsonNull ignored -> {}
        }
    }

    private static List<String> types(JsonObject schema) {
        return schema.array("type")
                .map(array -> array.strings().toList())
                .or(() -> schema.string("type").map(List::of))
                .orElse(List.of());
    }

    private static boolean isOfType(JsonValue value, String type) {
        return switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof JsonString;
            case "number" -> value instanceof JsonNumber;
            case "integer" -> value instanceof JsonNumber number && isWhole(number);
            case "boolean" -> value instanceof JsonBool;
            case "null" -> value == JsonNull.NULL;
            default -> true;
        };
    }

    private static boolean isWhole(JsonNumber number) {
        try {
            BigDecimal value = number.toBigDecimal();
            return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static String article(String type) {
        return switch (type) {
            case "object", "array", "integer" -> "an " + type;
            case "boolean" -> "true or false";
            case "null" -> "null";
            default -> "a " + type;
        };
    }

    private static void checkChoices(JsonValue value, JsonObject schema, String path, List<String> problems) {
        schema.array("enum").ifPresent(choices -> {
            if (choices.elements().stream().noneMatch(choice -> same(choice, value))) {
                problems.add(subject(path) + " must be one of "
                        + choices.elements().stream().map(JsonValue::toString).collect(Collectors.joining(", "))
                        + ", not " + shown(value));
            }
        });
        schema.get("const").ifPresent(constant -> {
            if (!same(constant, value)) {
                problems.add(subject(path) + " must be " + constant + ", not " + shown(value));
            }
        });
        for (String keyword : List.of("anyOf", "oneOf")) {
            schema.array(keyword).ifPresent(schemas -> {
                long matching =
                        schemas.objects().filter(s -> check(value, s).isEmpty()).count();
                if (matching == 0 || (matching > 1 && keyword.equals("oneOf"))) {
                    problems.add(subject(path) + " fits " + (matching == 0 ? "none" : "more than one")
                            + " of the allowed forms: " + shown(value));
                }
            });
        }
    }

    private static boolean same(JsonValue a, JsonValue b) {
        if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
            return x.toBigDecimal().compareTo(y.toBigDecimal()) == 0;
        }
        return a.equals(b);
    }

    private static void checkObject(JsonObject object, JsonObject schema, String path, List<String> problems) {
        JsonObject properties = schema.object("properties").orElse(JsonObject.EMPTY);
        schema.array("required")
                .ifPresent(required -> required.strings()
                        .filter(name -> !object.has(name))
                        .forEach(name -> problems.add("'" + join(path, name) + "' is missing")));
        Optional<JsonValue> additional = schema.get("additionalProperties");
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String memberPath = join(path, member.getKey());
            Optional<JsonValue> memberSchema = properties.get(member.getKey());
            if (memberSchema.isEmpty()
                    && additional.filter(JsonBool.FALSE::equals).isPresent()) {
                problems.add("'" + memberPath + "' is not expected"
                        + (properties.members().isEmpty()
                                ? ""
                                : "; there is "
                                        + String.join(", ", properties.members().keySet())));
            } else if (memberSchema.or(() -> additional).orElse(JsonBool.TRUE) instanceof JsonObject s) {
                check(member.getValue(), s, memberPath, problems);
            }
        }
    }

    private static void checkArray(JsonArray array, JsonObject schema, String path, List<String> problems) {
        checkRange(BigDecimal.valueOf(array.size()), schema, "minItems", "maxItems", path, " elements", problems);
        schema.object("items").ifPresent(items -> {
            for (int i = 0; i < array.size(); i++) {
                check(array.get(i), items, path + "[" + i + "]", problems);
            }
        });
    }

    private static void checkNumber(JsonNumber number, JsonObject schema, String path, List<String> problems) {
        if (schema.has("minimum") || schema.has("maximum")) {
            checkRange(number.toBigDecimal(), schema, "minimum", "maximum", path, "", problems);
        }
    }

    private static void checkString(JsonString string, JsonObject schema, String path, List<String> problems) {
        if (schema.has("minLength") || schema.has("maxLength")) {
            int length = string.value().codePointCount(0, string.value().length());
            checkRange(BigDecimal.valueOf(length), schema, "minLength", "maxLength", path, " characters", problems);
        }
    }

    private static void checkRange(
            BigDecimal value,
            JsonObject schema,
            String min,
            String max,
            String path,
            String unit,
            List<String> problems) {
        schema.number(min)
                .filter(limit -> value.compareTo(limit.toBigDecimal()) < 0)
                .ifPresent(
                        limit -> problems.add(subject(path) + " must be at least " + limit + unit + ", not " + value));
        schema.number(max)
                .filter(limit -> value.compareTo(limit.toBigDecimal()) > 0)
                .ifPresent(
                        limit -> problems.add(subject(path) + " must be at most " + limit + unit + ", not " + value));
    }

    private static String subject(String path) {
        return path.isEmpty() ? "the value" : "'" + path + "'";
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String shown(JsonValue value) {
        String text = value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
