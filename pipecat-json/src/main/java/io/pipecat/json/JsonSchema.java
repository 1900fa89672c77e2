package io.pipecat.json;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks values against the part of JSON Schema (draft 2020-12) that tools use: {@code type}, {@code properties},
 * {@code required}, {@code additionalProperties}, {@code items}, {@code enum}, {@code const}, {@code minimum},
 * {@code maximum}, {@code minLength}, {@code maxLength}, {@code minItems}, {@code maxItems}, {@code anyOf},
 * {@code oneOf}, and {@code true} and {@code false} as schemas. Other keywords, and these with a value of the wrong
 * kind, are taken as notes and check nothing.
 */
public final class JsonSchema {
    private static final int MAX_PROBLEMS = 8;

    private JsonSchema() {}

    /**
     * Checks a value. Never fails, whatever the schema holds.
     *
     * @param value the value
     * @param schema the schema
     * @return what is wrong, each a phrase such as {@code 'a' must be a number, not "x"}; empty if nothing is; at most
     *     eight
     */
    public static List<String> check(JsonValue value, JsonObject schema) {
        return problems(value, schema, "");
    }

    /**
     * Makes of an object what its writer meant, before it is checked: a {@code null} for a property that is not required, and
     * whose schema takes none, counts as left out; a string that is one of an {@code enum} but for upper and lower case
     * becomes that one. Both at any depth of {@code properties}, {@code additionalProperties} and {@code items}. This is how
     * {@link io.pipecat.api.tool.Tool#annotated(Object)} reads arguments. Never fails, whatever the schema holds.
     *
     * @param object the object as it was written
     * @param schema the schema
     * @return the object to check and to use; what does not fit is as it was
     */
    public static JsonObject settled(JsonObject object, JsonObject schema) {
        return Leniency.settled(object, schema);
    }

    private static List<String> problems(JsonValue value, JsonValue schema, String path) {
        List<String> problems = new ArrayList<>();
        check(value, schema, path, problems);
        return List.copyOf(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
    }

    private static void check(JsonValue value, JsonValue anySchema, String path, List<String> problems) {
        if (problems.size() >= MAX_PROBLEMS) {
            return;
        }
        if (anySchema == JsonBool.FALSE) {
            problems.add(subject(path) + " is not expected");
        }
        if (!(anySchema instanceof JsonObject schema)) {
            return;
        }
        List<String> types = types(schema);
        if (!isOfOneOf(value, types)) {
            problems.add(subject(path) + " must be " + articles(types) + ", not " + Shown.of(value));
            return;
        }
        checkChoices(value, schema, path, problems);
        for (String keyword : List.of("anyOf", "oneOf")) {
            schema.array(keyword).ifPresent(forms -> checkForms(value, keyword, forms, path, problems));
        }
        switch (value) {
            case JsonObject object -> checkObject(object, schema, path, problems);
            case JsonArray array -> checkArray(array, schema, path, problems);
            case JsonNumber number -> checkRange(number, schema, "minimum", "maximum", subject(path), "", problems);
            case JsonString string -> {
                JsonNumber length = JsonNumber.of(
                        string.value().codePointCount(0, string.value().length()));
                checkRange(length, schema, "minLength", "maxLength", subject(path), " characters", problems);
            }
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

    private static boolean isOfOneOf(JsonValue value, List<String> types) {
        return types.isEmpty() || types.stream().anyMatch(type -> isOfType(value, type));
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
        return number.toBigDecimal().stripTrailingZeros().scale() <= 0;
    }

    private static String articles(List<String> types) {
        return types.stream().map(JsonSchema::article).collect(Collectors.joining(" or "));
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
                        + ", not " + Shown.of(value));
            }
        });
        schema.get("const").ifPresent(constant -> {
            if (!same(constant, value)) {
                problems.add(subject(path) + " must be " + constant + ", not " + Shown.of(value));
            }
        });
    }

    private static boolean same(JsonValue a, JsonValue b) {
        return switch (a) {
            case JsonNumber x -> b instanceof JsonNumber y && compare(x, y) == 0;
            case JsonArray x -> b instanceof JsonArray y && sameElements(x, y);
            case JsonObject x -> b instanceof JsonObject y && sameMembers(x, y);
            default -> a.equals(b);
        };
    }

    private static boolean sameElements(JsonArray a, JsonArray b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = same(a.get(i), b.get(i));
        }
        return same;
    }

    private static boolean sameMembers(JsonObject a, JsonObject b) {
        return a.members().keySet().equals(b.members().keySet())
                && a.members().entrySet().stream()
                        .allMatch(member -> b.get(member.getKey())
                                .filter(other -> same(member.getValue(), other))
                                .isPresent());
    }

    private static int compare(JsonNumber a, JsonNumber b) {
        return a.toBigDecimal().compareTo(b.toBigDecimal());
    }

    private static void checkForms(
            JsonValue value, String keyword, JsonArray forms, String path, List<String> problems) {
        List<List<String>> each = forms.elements().stream()
                .map(form -> problems(value, form, path))
                .toList();
        long fitting = each.stream().filter(List::isEmpty).count();
        if (fitting > 1 && keyword.equals("oneOf")) {
            problems.add(subject(path) + " fits more than one of the allowed forms: " + Shown.of(value));
        }
        if (fitting > 0 || each.isEmpty()) {
            return;
        }
        List<Integer> ofItsType = IntStream.range(0, each.size())
                .filter(i -> !(forms.get(i) instanceof JsonObject form) || isOfOneOf(value, types(form)))
                .boxed()
                .toList();
        if (ofItsType.isEmpty()) {
            List<String> types = forms.objects()
                    .flatMap(form -> types(form).stream())
                    .distinct()
                    .toList();
            problems.add(subject(path) + " must be " + articles(types) + ", not " + Shown.of(value));
        } else if (ofItsType.size() == 1) {
            // The others are of another type altogether, so what is wrong with this one is what helps.
            problems.addAll(each.get(ofItsType.getFirst()));
        } else {
            problems.add(subject(path) + " fits none of the allowed forms: " + Shown.of(value));
        }
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
                String names = String.join(", ", properties.members().keySet());
                problems.add("'" + memberPath + "' is not expected" + (names.isEmpty() ? "" : "; there is " + names));
            } else {
                check(member.getValue(), memberSchema.or(() -> additional).orElse(JsonBool.TRUE), memberPath, problems);
            }
        }
    }

    private static void checkArray(JsonArray array, JsonObject schema, String path, List<String> problems) {
        JsonNumber size = JsonNumber.of(array.size());
        checkRange(size, schema, "minItems", "maxItems", subject(path), " elements", problems);
        JsonValue items = schema.get("items").orElse(JsonBool.TRUE);
        for (int i = 0; i < array.size() && problems.size() < MAX_PROBLEMS; i++) {
            check(array.get(i), items, path + "[" + i + "]", problems);
        }
    }

    private static void checkRange(
            JsonNumber value,
            JsonObject schema,
            String min,
            String max,
            String subject,
            String unit,
            List<String> problems) {
        schema.number(min)
                .filter(limit -> compare(value, limit) < 0)
                .ifPresent(limit ->
                        problems.add(subject + " must be at least " + limit + unit + ", not " + Shown.of(value)));
        schema.number(max)
                .filter(limit -> compare(value, limit) > 0)
                .ifPresent(limit ->
                        problems.add(subject + " must be at most " + limit + unit + ", not " + Shown.of(value)));
    }

    private static String subject(String path) {
        return path.isEmpty() ? "the value" : "'" + path + "'";
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
