package io.pipecat.homeassistant;

import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What Home Assistant's registries say of its entities: in which area each is, by itself or by its device, and whether it is meant for
 * people.
 *
 * @param areas the names of the areas by their ids
 * @param areaOfDevice the area of each device
 * @param entities what the registry has of each entity
 * @param wanted the areas that are wanted, by name or id; {@code *} for all
 * @param own whether an entity, by its unique id, is one that this node publishes
 */
record Registry(
        Map<String, String> areas,
        Map<String, String> areaOfDevice,
        Map<String, JsonObject> entities,
        List<String> wanted,
        Predicate<String> own) {

    private static final String ALL = "*";
    private static final String AREA = "area_id";

    static Registry of(
            JsonValue areas, JsonValue devices, JsonValue entities, List<String> wanted, Predicate<String> own) {
        Map<String, String> names = new LinkedHashMap<>();
        objects(areas)
                .forEach(area -> area.string(AREA)
                        .ifPresent(id -> names.put(id, area.string("name").orElse(id))));
        Map<String, String> places = new HashMap<>();
        objects(devices)
                .forEach(device -> device.string("id")
                        .ifPresent(id -> device.string(AREA).ifPresent(area -> places.put(id, area))));
        Map<String, JsonObject> known = new HashMap<>();
        objects(entities).forEach(entity -> entity.string("entity_id").ifPresent(id -> known.put(id, entity)));
        return new Registry(names, places, known, wanted, own);
    }

    static List<JsonObject> objects(JsonValue value) {
        return value instanceof JsonArray array ? array.objects().toList() : List.of();
    }

    private Optional<String> area(String entity) {
        JsonObject known = entities.getOrDefault(entity, JsonObject.EMPTY);
        return known.string(AREA)
                .or(() -> known.string("device_id").flatMap(id -> Optional.ofNullable(areaOfDevice.get(id))));
    }

    /** Whether an entity is to be brought into the world model. */
    boolean isWanted(String entity) {
        JsonObject known = entities.getOrDefault(entity, JsonObject.EMPTY);
        boolean forPeople =
                isNone(known, "disabled_by") && isNone(known, "hidden_by") && isNone(known, "entity_category");
        boolean published = known.string("platform").filter("mqtt"::equals).isPresent()
                && known.string("unique_id").filter(own).isPresent();
        return Entity.isDevice(entity) && forPeople && !published && isInWantedArea(area(entity));
    }

    private static boolean isNone(JsonObject entity, String member) {
        return entity.get(member).orElse(JsonNull.NULL) == JsonNull.NULL;
    }

    private boolean isInWantedArea(Optional<String> area) {
        return wanted.contains(ALL)
                || area.filter(id -> wanted.stream()
                                .anyMatch(w -> w.equalsIgnoreCase(id)
                                        || w.strip()
                                                .equalsIgnoreCase(areas.getOrDefault(id, id)
                                                        .strip())))
                        .isPresent();
    }

    /** Returns a sentence for each area that is wanted and not there. */
    List<String> missing() {
        List<String> remarks = new ArrayList<>();
        for (String name : wanted) {
            boolean there = name.equals(ALL)
                    || areas.containsKey(name)
                    || areas.values().stream().anyMatch(area -> area.strip().equalsIgnoreCase(name.strip()));
            if (!there) {
                remarks.add("ha_areas names '" + name + "', and Home Assistant has no such area."
                        + Nearest.hint(name, areas.values()));
            }
        }
        return List.copyOf(remarks);
    }

    /** Returns the areas of some devices as places. */
    List<Location> locations(List<Device> devices) {
        Set<String> used =
                devices.stream().flatMap(device -> device.location().stream()).collect(Collectors.toSet());
        return areas.entrySet().stream()
                .filter(area -> used.contains(area.getKey()))
                .map(area -> new Location(area.getKey(), area.getValue(), List.of()))
                .toList();
    }

    /** Makes a device of an entity. */
    Device device(Entity entity) {
        return new Device(
                entity.id(),
                entity.name(),
                entity.type(),
                area(entity.id()),
                entity.properties(),
                Set.of(),
                entity.isCommandable());
    }
}
