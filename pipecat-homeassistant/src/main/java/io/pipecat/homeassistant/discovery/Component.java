package io.pipecat.homeassistant.discovery;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a device of ours is in Home Assistant: its platform with the options of that platform's page, such as
 * <a href="https://www.home-assistant.io/integrations/light.mqtt/">light.mqtt</a>. Every device tells its whole state as one JSON object, from
 * which each option takes its part by a template.
 */
enum Component {
    LIGHT("light", "light lamp bulb led"),
    COVER("cover", "cover blind blinds shutter curtain shade awning garage_door garage door gate"),
    LOCK("lock", "lock door_lock"),
    CLIMATE("climate", "thermostat climate heating heater radiator"),
    FAN("fan", "fan ventilator"),
    SENSOR("sensor", "sensor"),
    SWITCH("switch", "");

    static final String STATE = "state";
    private static final String BRIGHTNESS = "brightness";
    private static final String TEMPERATURE = "temperature";
    private static final String POSITION = "position";
    private static final String SPEED = "speed";

    /** What plays or pauses is on. */
    private static final String ON_OR_OFF = "{{ 'on' if value_json.state in ['on', 'playing', 'paused', 'idle']"
            + " else value_json.state | default(None) }}";

    private final String platform;
    private final String types;

    Component(String platform, String types) {
        this.platform = platform;
        this.types = types;
    }

    /** What nobody can command only tells; what is of no known type can be switched. */
    static Component of(Device device) {
        if (!device.commandable()) {
            return SENSOR;
        }
        String type = device.type().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
        for (Component component : values()) {
            if (Set.of(component.types.split(" ", -1)).contains(type)) {
                return component;
            }
        }
        return SWITCH;
    }

    /**
     * Returns the components of a device, by their keys.
     *
     * @param properties the properties that it has told so far
     */
    Map<String, JsonObject> configs(Device device, Set<String> properties, String objectId, Topics topics) {
        JsonObject.Builder main = JsonObject.builder()
                .put("p", platform)
                .put("unique_id", objectId)
                // The entity is the device, and is called like it.
                .put("name", JsonNull.NULL);
        String set = topics.command(objectId, STATE);
        Map<String, JsonObject> configs = new LinkedHashMap<>();
        switch (this) {
            case LIGHT -> {
                boolean dims = properties.contains(BRIGHTNESS);
                main.put("schema", "json").put("command_topic", set);
                main.put("supported_color_modes", JsonArray.ofStrings(List.of(dims ? BRIGHTNESS : "onoff")));
                if (dims) {
                    main.put("brightness", true).put("brightness_scale", 100);
                }
            }
            case COVER -> {
                main.put("command_topic", set).put("value_template", template(STATE));
                main.put("payload_open", "open").put("payload_close", "closed").put("payload_stop", "stop");
                if (properties.contains(POSITION)) {
                    main.put("position_topic", topics.state(objectId)).put("position_template", template(POSITION));
                    main.put("set_position_topic", topics.command(objectId, POSITION));
                }
                coverClass(device.type()).ifPresent(kind -> main.put("device_class", kind));
            }
            case LOCK -> {
                main.put("command_topic", set).put("value_template", template(STATE));
                main.put("payload_lock", "locked").put("payload_unlock", "unlocked");
                main.put("state_locked", "locked").put("state_unlocked", "unlocked");
            }
            case CLIMATE -> {
                main.put("mode_command_topic", set).put("mode_state_topic", topics.state(objectId));
                main.put("mode_state_template", template(STATE));
                main.put("modes", JsonArray.ofStrings(List.of("off", "heat", "cool", "auto")));
                main.put("temperature_command_topic", topics.command(objectId, TEMPERATURE));
                main.put("temperature_state_topic", topics.state(objectId));
                main.put("temperature_state_template", template(TEMPERATURE));
                main.put("current_temperature_topic", topics.state(objectId));
                main.put("current_temperature_template", template("current_temperature"));
                main.put("temperature_unit", "C").put("min_temp", 5).put("max_temp", 35);
            }
            case FAN -> {
                onOff(main, set);
                main.put("state_value_template", template(STATE));
                if (properties.contains(SPEED)) {
                    main.put("percentage_command_topic", topics.command(objectId, SPEED));
                    main.put("percentage_state_topic", topics.state(objectId));
                    main.put("percentage_value_template", template(SPEED));
                }
            }
            case SENSOR -> main.put("value_template", template(STATE));
            case SWITCH -> {
                onOff(main, set);
                main.put("state_on", "on").put("state_off", "off").put("value_template", ON_OR_OFF);
                if (properties.contains("volume")) {
                    configs.put("volume", volume(objectId, topics));
                }
            }
        }
        device.state()
                .string("unit")
                .filter(unit -> this == SENSOR)
                .ifPresent(unit -> main.put("unit_of_measurement", unit));
        configs.put("main", main.build());
        return configs;
    }

    private static void onOff(JsonObject.Builder main, String set) {
        main.put("command_topic", set).put("payload_on", "on").put("payload_off", "off");
    }

    private static JsonObject volume(String objectId, Topics topics) {
        return JsonObject.builder()
                .put("p", "number")
                .put("unique_id", objectId + "-volume")
                .put("name", "Volume")
                .put("command_topic", topics.command(objectId, "volume"))
                .put("value_template", template("volume"))
                .put("min", 0)
                .put("max", 100)
                .put("unit_of_measurement", "%")
                .build();
    }

    /** What is not told is {@code None}, which Home Assistant takes for not known. */
    private static String template(String property) {
        return "{{ value_json." + property + " | default(None) }}";
    }

    private static Optional<String> coverClass(String type) {
        return switch (type) {
            case "garage_door", "garage" -> Optional.of("garage");
            case "blind", "blinds" -> Optional.of("blind");
            case "door", "gate", "shutter", "curtain", "shade", "awning" -> Optional.of(type);
            default -> Optional.empty();
        };
    }

    /** Returns a device's state in the words of Home Assistant. */
    JsonObject state(Device device, Set<String> properties) {
        if (this != LIGHT) {
            return device.state();
        }
        JsonObject.Builder state = JsonObject.builder();
        boolean on = device.state().string(STATE).filter("on"::equals).isPresent();
        state.put(STATE, on ? "ON" : "OFF");
        state.put("color_mode", properties.contains(BRIGHTNESS) ? BRIGHTNESS : "onoff");
        device.state().number(BRIGHTNESS).ifPresent(brightness -> state.put(BRIGHTNESS, brightness));
        return state.build();
    }

    /**
     * Reads a command.
     *
     * @param property the last level of its topic
     * @param payload what Home Assistant sent
     * @return the change that is wanted; without members if it is none that can be read
     */
    JsonObject change(String property, JsonValue payload) {
        if (this == LIGHT && payload instanceof JsonObject light) {
            JsonObject.Builder change = JsonObject.builder();
            light.string(STATE).ifPresent(state -> change.put(STATE, state.toLowerCase(Locale.ROOT)));
            light.number(BRIGHTNESS).ifPresent(brightness -> change.put(BRIGHTNESS, brightness));
            return change.build();
        }
        return switch (payload) {
            case JsonString word
            when property.equals(STATE) && this != LIGHT && !word.value().isBlank() -> JsonObject.of(STATE, word);
            case JsonNumber number when !property.equals(STATE) -> JsonObject.of(property, number);
            default -> JsonObject.EMPTY;
        };
    }
}
