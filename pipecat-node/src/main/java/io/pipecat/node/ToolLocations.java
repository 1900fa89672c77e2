package io.pipecat.node;

import io.pipecat.api.setting.SettingType;
import io.pipecat.node.NodeSettings.ToolLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code ssh=remote,git=local}. */
final class ToolLocations {
    static final SettingType<Map<String, ToolLocation>> TYPE = new SettingType<>(
            "tool=local or tool=remote, comma-separated", List.of(), ToolLocations::parse, ToolLocations::format);

    private ToolLocations() {}

    private static Map<String, ToolLocation> parse(String text) {
        Map<String, ToolLocation> locations = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String tool = equals < 0 ? "" : part.substring(0, equals).strip();
            if (!tool.matches("[A-Za-z][A-Za-z0-9_-]*")) {
                throw new IllegalArgumentException(
                        "must be a list of tool=local or tool=remote, and '" + part.strip() + "' is neither");
            }
            ToolLocation location = switch (part.substring(equals + 1).strip().toLowerCase(Locale.ROOT)) {
                case "local" -> ToolLocation.LOCAL;
                case "remote" -> ToolLocation.REMOTE;
                default ->
                    throw new IllegalArgumentException("must say local or remote for each tool; '"
                            + part.substring(equals + 1).strip() + "' for " + tool + " is neither");
            };
            if (locations.put(tool, location) != null) {
                throw new IllegalArgumentException("names " + tool + " twice");
            }
        }
        return Map.copyOf(locations);
    }

    private static String format(Map<String, ToolLocation> locations) {
        List<String> parts = new ArrayList<>();
        locations.forEach(
                (tool, location) -> parts.add(tool + "=" + location.name().toLowerCase(Locale.ROOT)));
        parts.sort(String::compareTo);
        return String.join(",", parts);
    }
}
