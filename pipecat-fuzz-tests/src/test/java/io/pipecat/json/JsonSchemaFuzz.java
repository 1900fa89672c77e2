package io.pipecat.json;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.fuzz.Input;
import java.util.List;

/** Any value against any schema. */
public final class JsonSchemaFuzz {

    private JsonSchemaFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 2);
        JsonObject schema;
        JsonValue value;
        try {
            schema = Json.parseObject(parts.get(0));
            value = Json.parse(parts.get(1));
        } catch (JsonException e) {
            return;
        }
        JsonSchema.check(value, schema).forEach(problem -> Input.check("a phrase", !problem.isBlank()));
        if (value instanceof JsonObject object) {
            JsonObject settled = JsonSchema.settled(object, schema);
            Input.check("settled once", JsonSchema.settled(settled, schema).equals(settled));
        }
    }
}
