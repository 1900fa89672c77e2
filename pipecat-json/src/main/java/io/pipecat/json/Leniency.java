package io.pipecat.json;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What models write a little differently from what a schema asks for, and mean it. */
final class Leniency {
    private Leniency() {}

    static JsonValue settled(JsonValue value, JsonValue anySchema) {
        if (!(anySchema instanceof JsonObject schema)) {
            return value;
        }
        return switch (value) {
            case JsonObject object -> settled(object, schema);
            case JsonArray array -> {
                Optional<JsonValue> items = schema.get("items");
                yield items.isEmpty()
                        ? array
                        : new JsonArray(array.elements().stream()
                                .map(element -> settled(element, items.get()))
                                .toList());
            }
            case JsonString string -> choice(string, schema);
            default -> value;
        };
    }

    static JsonObject settled(JsonObject object, JsonObject schema) {
        JsonObject properties = schema.object("properties").orElse(JsonObject.EMPTY);
        Set<String> required = schema.array("required")
                .map(names -> names.strings().collect(Collectors.toSet()))
                .orElse(Set.of());
        JsonObject.Builder settled = JsonObject.builder();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String name = member.getKey();
            Optional<JsonValue> own = properties.get(name);
            if (own.isPresent() && !required.contains(name) && isLeftOut(member.getValue(), own.get())) {
                continue;
            }
            Optional<JsonValue> memberSchema = own.or(() -> schema.get("additionalProperties"));
            settled.put(
                    name, memberSchema.map(s -> settled(member.getValue(), s)).orElse(member.getValue()));
        }
        return settled.build();
    }

    /** A null where the schema takes one is a value like others. */
    private static boolean isLeftOut(JsonValue value, JsonValue anySchema) {
        return value == JsonNull.NULL
                && anySchema instanceof JsonObject schema
                && !JsonSchema.check(value, schema).isEmpty();
    }

    private static JsonValue choice(JsonString string, JsonObject schema) {
        return schema.array("enum")
                .filter(choices -> !choices.elements().contains(string))
                .flatMap(choices -> choices.strings()
                        .filter(choice -> choice.equalsIgnoreCase(string.value()))
                        .findFirst())
                .<JsonValue>map(JsonString::new)
                .orElse(string);
    }
}
