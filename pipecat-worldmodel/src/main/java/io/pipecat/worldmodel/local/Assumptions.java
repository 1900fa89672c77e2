package io.pipecat.worldmodel.local;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was asked of devices and is not yet confirmed. Ends for a property when the device says something of it, be it the
 * contrary, or when its time is over. Thread-safe; reading blocks only when something has just ended.
 */
final class Assumptions {
    private record Assumed(JsonValue wanted, Instant until) {}

    private record View(Map<String, Map<String, JsonValue>> wanted, Instant until) {}

    private static final View NOTHING = new View(Map.of(), Instant.MAX);

    private final Map<String, Map<String, Assumed>> all = new HashMap<>();
    private volatile View view = NOTHING;

    /** Assumes from now on what a command asked for. */
    synchronized void assume(String device, JsonObject change, Instant until) {
        Map<String, Assumed> properties = all.computeIfAbsent(device, key -> new LinkedHashMap<>());
        change.members().forEach((property, wanted) -> properties.put(property, new Assumed(wanted, until)));
        changed();
    }

    /** Something was said of these properties. */
    void end(String device, Collection<String> properties) {
        if (view.wanted().containsKey(device)) {
            remove(device, properties);
        }
    }

    private synchronized void remove(String device, Collection<String> properties) {
        Map<String, Assumed> assumed = all.get(device);
        if (assumed != null && assumed.keySet().removeAll(properties)) {
            changed();
        }
    }

    /**
     * Returns the wanted values by device and property.
     *
     * @param now what ended before is left out
     * @return the same instance as long as nothing begins or ends
     */
    Map<String, Map<String, JsonValue>> current(Instant now) {
        View current = view;
        if (now.isBefore(current.until())) {
            return current.wanted();
        }
        return expired(now);
    }

    private synchronized Map<String, Map<String, JsonValue>> expired(Instant now) {
        all.values().forEach(properties -> properties.values().removeIf(assumed -> !now.isBefore(assumed.until())));
        changed();
        return view.wanted();
    }

    private void changed() {
        all.values().removeIf(Map::isEmpty);
        Map<String, Map<String, JsonValue>> wanted = new HashMap<>();
        Instant until = Instant.MAX;
        for (Map.Entry<String, Map<String, Assumed>> device : all.entrySet()) {
            Map<String, JsonValue> properties = new LinkedHashMap<>();
            for (Map.Entry<String, Assumed> property : device.getValue().entrySet()) {
                properties.put(property.getKey(), property.getValue().wanted());
                Instant end = property.getValue().until();
                until = end.isBefore(until) ? end : until;
            }
            wanted.put(device.getKey(), Collections.unmodifiableMap(properties));
        }
        view = all.isEmpty() ? NOTHING : new View(Collections.unmodifiableMap(wanted), until);
    }
}
