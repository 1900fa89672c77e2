package io.pipecat.api.tool;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The named values that a method or a record takes, in declared order. */
final class ParameterList {
    private final Map<String, ParameterBinding> byName;

    ParameterList(List<ParameterBinding> bindings, String where) {
        Map<String, ParameterBinding> map = new LinkedHashMap<>();
        for (ParameterBinding binding : bindings) {
            if (map.put(binding.name(), binding) != null) {
                throw new IllegalArgumentException(
                        where + " takes two values that JSON calls '" + binding.name() + "': rename one of them");
            }
        }
        this.byName = map;
    }

    JsonObject schema() {
        JsonObject.Builder properties = JsonObject.builder();
        List<String> required = new ArrayList<>();
        for (ParameterBinding binding : byName.values()) {
            properties.put(binding.name(), binding.schema());
            if (binding.required()) {
                required.add(binding.name());
            }
        }
        return JsonObject.builder()
                .put("type", "object")
                .put("properties", properties.build())
                .put("required", JsonArray.ofStrings(required))
                .put("additionalProperties", JsonBool.FALSE)
                .build();
    }

    /** The first given name that is none of these. */
    Optional<String> unexpected(JsonObject given) {
        for (String name : given.members().keySet()) {
            if (!byName.containsKey(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    String signatures() {
        return String.join(
                ", ", byName.values().stream().map(ParameterBinding::signature).toList());
    }
}
