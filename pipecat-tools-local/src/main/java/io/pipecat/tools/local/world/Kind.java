package io.pipecat.tools.local.world;

import io.pipecat.api.world.Device;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a device behaves, and what people call such devices. */
enum Kind {
    LIGHT("light", "brightness color", "light lamp bulb led spot dimmer"),
    SWITCH("switch", "", "switch plug outlet socket relay input_boolean"),
    COVER("cover", "position", "cover blind blinds shutter shutters curtain curtains shade awning"),
    DOOR("door", "position", "door garage_door garage gate"),
    LOCK("lock door", "", "lock door_lock"),
    CLIMATE("climate", "temperature", "climate thermostat heating heater radiator hvac ac air_conditioner"),
    MEDIA("speaker", "volume", "media_player media speaker radio receiver tv television projector"),
    FAN("fan", "speed", "fan ventilator"),
    VACUUM("vacuum", "", "vacuum robot_vacuum lawn_mower"),
    SENSOR("sensor", "temperature humidity", "sensor binary_sensor motion motion_sensor contact thermometer meter"),
    OTHER("", "", "");

    private static final Map<String, Kind> BY_TYPE = Stream.of(values())
            .flatMap(kind -> set(kind.types).stream().map(type -> Map.entry(type, kind)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String concepts;
    private final String properties;
    private final String types;

    Kind(String concepts, String properties, String types) {
        this.concepts = concepts;
        this.properties = properties;
        this.types = types;
    }

    private static Set<String> set(String words) {
        return words.isEmpty() ? Set.of() : Set.of(words.split(" "));
    }

    static Kind of(Device device) {
        return BY_TYPE.getOrDefault(device.type().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_"), OTHER);
    }

    /** What people call devices of this kind, as concepts of {@link Vocabulary}. */
    Set<String> concepts() {
        return set(concepts);
    }

    /** The properties that such devices have, whether or not they tell them now. */
    Set<String> properties() {
        return set(properties);
    }

    /** Whether a type says too little, so that the name decides what people call the device. */
    boolean isVague() {
        return this == OTHER || this == SWITCH || this == MEDIA;
    }

    /** Whether opening it lets somebody in. */
    boolean isEntrance() {
        return this == DOOR || this == LOCK;
    }
}
