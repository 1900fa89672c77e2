package io.pipecat.discovery.consul;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A JSON object of settings as text, as a setting has it in every other place: a list with commas, a map as {@code name=value}.
 *
 * @param values text by name; what is null or blank is not set
 * @param unusable names whose values lie deeper than any setting's
 */
record SettingsText(Map<String, String> values, List<String> unusable) {
    SettingsText {
        values = Map.copyOf(values);
        unusable = List.copyOf(unusable);
    }

    static SettingsText of(JsonObject settings) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> unusable = new ArrayList<>();
        settings.members().forEach((name, value) -> {
            Optional<String> text = text(value);
            if (text.isEmpty()) {
                unusable.add(name);
            } else if (!text.get().isBlank()) {
                values.put(name, text.get());
            }
        });
        return new SettingsText(values, unusable);
    }

    private static Optional<String> text(JsonValue value) {
        return switch (value) {
            case JsonArray array ->
                joined(array.elements().stream().map(SettingsText::scalar).toList());
            case JsonObject object ->
                joined(object.members().entrySet().stream()
                        .map(entry -> scalar(entry.getValue()).map(text -> entry.getKey() + "=" + text))
                        .toList());
            default -> scalar(value);
        };
    }

    private static Optional<String> joined(List<Optional<String>> parts) {
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(parts.stream().map(Optional::get).collect(Collectors.joining(",")))
                : Optional.empty();
    }

    private static Optional<String> scalar(JsonValue value) {
        return switch (value) {
            case JsonString string -> Optional.of(string.value());
            case JsonNumber number -> Optional.of(number.toString());
            case JsonBool bool -> Optional.of(Boolean.toString(bool.value()));
            case JsonNull none -> Optional.of("");
            case JsonArray array -> Optional.empty();
            case JsonObject object -> Optional.empty();
        };
    }
}
