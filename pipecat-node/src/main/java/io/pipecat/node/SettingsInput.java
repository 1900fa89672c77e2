package io.pipecat.node;

import io.pipecat.api.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Settings from one place, as text by canonical name.
 *
 * @param name what to call the place in messages: {@code command line}
 * @param values text by canonical name; a blank text counts as not set
 * @param locations where exactly a value stands, by canonical name: {@code pipecat.yaml:12}; may lack names
 * @param unknown what becomes of a name that no module on the path knows
 */
public record SettingsInput(
        String name, Map<String, String> values, Map<String, String> locations, UnknownNames unknown) {

    /** What becomes of a name that no module on the path knows. */
    public enum UnknownNames {
        /** It is an error. */
        REFUSE,
        /** It is an error if it is nearly a known name, and else none of our business. */
        REFUSE_NEAR_MISSES
    }

    /** Copies the maps. */
    public SettingsInput {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        locations = Map.copyOf(locations);
    }

    /**
     * Settings that must all be known.
     *
     * @param name what to call the place in messages
     * @param values text by canonical name
     * @return the input
     */
    public static SettingsInput of(String name, Map<String, String> values) {
        return new SettingsInput(name, values, Map.of(), UnknownNames.REFUSE);
    }

    /**
     * Settings from a process environment: names in upper case, among many that mean something to others.
     *
     * @param environment the environment
     * @return the input
     */
    public static SettingsInput environment(Map<String, String> environment) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> locations = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            // Variables in lower case (http_proxy and the like) are never ours.
            if (name.equals(name.toUpperCase(Locale.ROOT))) {
                String canonical = name.toLowerCase(Locale.ROOT);
                values.put(canonical, value);
                locations.put(canonical, "environment " + name);
            }
        });
        return new SettingsInput("environment", values, locations, UnknownNames.REFUSE_NEAR_MISSES);
    }

    /**
     * Settings from a YAML file: one mapping of canonical names to scalars or lists of scalars.
     *
     * @param file the file
     * @return the input
     * @throws SettingsException if it is not such a file; names file, line and what was expected
     * @throws IOException if it cannot be read
     */
    public static SettingsInput file(Path file) throws SettingsException, IOException {
        return SettingsFile.read(file);
    }

    String locate(String setting) {
        return locations.getOrDefault(setting, name);
    }
}
