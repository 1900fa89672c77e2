package io.pipecat.homeassistant;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a world model would know of what it is told. */
final class TestFeed implements WorldFeed {
    private final Map<String, JsonObject> states = new LinkedHashMap<>();
    private List<Location> locations = List.of();
    private List<Device> devices = List.of();
    private int definitions;

    /** What a model fails at. */
    volatile String trips = "";

    private final List<String> observed = new ArrayList<>();

    @Override
    public synchronized void define(List<Location> places, List<Device> all) {
        locations = places;
        devices = all;
        definitions++;
        states.keySet().retainAll(all.stream().map(Device::id).toList());
        all.forEach(device -> merge(device.id(), device.state()));
    }

    @Override
    public synchronized void observe(String device, JsonObject state) {
        observed.add(device);
        if (device.equals(trips)) {
            throw new IllegalStateException("a fault of the model");
        }
        if (states.containsKey(device)) {
            merge(device, state);
        }
    }

    private void merge(String device, JsonObject state) {
        Map<String, io.pipecat.api.json.JsonValue> now = new LinkedHashMap<>(
                states.getOrDefault(device, JsonObject.EMPTY).members());
        state.members().forEach((name, value) -> {
            if (value == JsonNull.NULL) {
                now.remove(name);
            } else {
                now.put(name, value);
            }
        });
        states.put(device, new JsonObject(now));
    }

    synchronized int definitions() {
        return definitions;
    }

    synchronized List<String> observed() {
        return List.copyOf(observed);
    }

    synchronized List<Location> locations() {
        return locations;
    }

    synchronized List<String> ids() {
        return devices.stream().map(Device::id).toList();
    }

    synchronized Device device(String id) {
        return devices.stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The state of a device as JSON; empty if there is no such device. */
    synchronized String state(String device) {
        return Optional.ofNullable(states.get(device)).map(JsonObject::toString).orElse("");
    }
}
