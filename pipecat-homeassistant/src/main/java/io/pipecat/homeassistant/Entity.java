package io.pipecat.homeassistant;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An entity of Home Assistant as its states tell it, and what that is here: a brightness from 0 to 255 is a percentage, degrees are Celsius,
 * a garage door is not any cover. What each domain has stands in Home Assistant's pages of its
 * <a href="https://developers.home-assistant.io/docs/core/entity">entities</a>.
 *
 * @param id the entity's id, {@code light.kitchen}
 * @param state its state as a word
 * @param attributes its attributes
 * @param fahrenheit whether Home Assistant is set to degrees Fahrenheit
 */
record Entity(String id, String state, JsonObject attributes, boolean fahrenheit) {
    private static final String STATE = "state";
    private static final String UNAVAILABLE = "unavailable";
    private static final Set<String> UNKNOWN = Set.of("unknown", "");
    private static final BigDecimal FULL_BRIGHTNESS = BigDecimal.valueOf(255);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MOST_DIGITS = 40;

    private static final Set<String> COMMANDABLE =
            Set.of("light", "switch", "input_boolean", "cover", "lock", "climate", "media_player", "fan", "vacuum");

    private static final Set<String> DOMAINS = Set.of(
            "light",
            "switch",
            "input_boolean",
            "cover",
            "lock",
            "climate",
            "media_player",
            "fan",
            "vacuum",
            "sensor",
            "binary_sensor");

    /** Covers that let somebody in are not blinds. */
    private static final Map<String, String> COVERS = Map.of(
            "garage", "garage_door",
            "door", "door",
            "gate", "gate",
            "blind", "blind",
            "shutter", "shutter",
            "curtain", "curtain",
            "shade", "shade",
            "awning", "awning");

    private static final Set<String> OPENINGS = Set.of("door", "garage_door", "window", "opening");

    /** What numeric sensors measure, and what that property is called here. */
    private static final Set<String> MEASURED = Set.of(
            "temperature", "humidity", "battery", "power", "energy", "illuminance", "carbon_dioxide", "pressure");

    /** Reads an object of {@code get_states} or of {@code state_changed}; empty if it is none. */
    static Optional<Entity> of(JsonObject json, boolean fahrenheit) {
        Optional<String> id = json.string("entity_id");
        Optional<String> state = json.string(STATE);
        return id.isEmpty() || state.isEmpty()
                ? Optional.empty()
                : Optional.of(new Entity(
                        id.get(), state.get(), json.object("attributes").orElse(JsonObject.EMPTY), fahrenheit));
    }

    static String domain(String id) {
        return id.substring(0, Math.max(0, id.indexOf('.')));
    }

    /** Whether this is something that the world model has a place for. */
    static boolean isDevice(String id) {
        return DOMAINS.contains(domain(id));
    }

    String name() {
        return attributes
                .string("friendly_name")
                .filter(name -> !name.isBlank())
                .orElse(id);
    }

    private String deviceClass() {
        return attributes.string("device_class").orElse("");
    }

    String type() {
        return switch (domain(id)) {
            case "input_boolean" -> "switch";
            case "cover" -> COVERS.getOrDefault(deviceClass(), "cover");
            case "climate" -> "thermostat";
            case "media_player" -> deviceClass().equals("tv") ? "tv" : "media_player";
            default -> domain(id);
        };
    }

    boolean isCommandable() {
        return COMMANDABLE.contains(domain(id));
    }

    /** Returns its properties; one that is not known is left out. */
    JsonObject properties() {
        JsonObject.Builder properties = JsonObject.builder();
        if (UNKNOWN.contains(state)) {
            return properties.build();
        }
        if (state.equals(UNAVAILABLE)) {
            return properties.put(STATE, state).build();
        }
        properties.put(STATE, mainState());
        switch (domain(id)) {
            case "light" -> light(properties);
            case "cover" -> copy("current_position", "position", properties);
            case "climate" -> climate(properties);
            case "media_player" -> media(properties);
            case "fan" -> copy("percentage", "speed", properties);
            case "vacuum" -> copy("battery_level", "battery", properties);
            case "sensor" -> sensor(properties);
            default -> {}
        }
        return properties.build();
    }

    private JsonValue mainState() {
        String kind = deviceClass();
        if (domain(id).equals("binary_sensor") && OPENINGS.contains(kind)) {
            return new JsonString(state.equals("on") ? "open" : "closed");
        }
        return domain(id).equals("sensor")
                ? number(state).<JsonValue>map(n -> n).orElse(new JsonString(state))
                : new JsonString(state);
    }

    private static Optional<JsonNumber> number(String text) {
        try {
            return Optional.of(new JsonNumber(text));
        } catch (IllegalArgumentException e) {
            // Sensors tell words as well: "idle", "2 days".
            return Optional.empty();
        }
    }

    private void light(JsonObject.Builder properties) {
        amount("brightness").ifPresent(brightness -> {
            BigDecimal percent = brightness.multiply(HUNDRED).divide(FULL_BRIGHTNESS, 0, RoundingMode.HALF_UP);
            // One that is on is never at nothing.
            properties.put("brightness", state.equals("on") ? percent.max(BigDecimal.ONE) : percent);
        });
        attributes.array("rgb_color").flatMap(Entity::hex).ifPresent(color -> properties.put("color", color));
        copy("color_temp_kelvin", "color_temperature", properties);
    }

    private Optional<BigDecimal> amount(String attribute) {
        return attributes.number(attribute).filter(Entity::isAmount).map(JsonNumber::toBigDecimal);
    }

    /** Whether a number can be reckoned with: {@code 1e999999999} is short, and its rounding takes all the memory there is. */
    static boolean isAmount(JsonNumber number) {
        BigDecimal value = number.toBigDecimal();
        return value.precision() <= MOST_DIGITS && Math.abs(value.scale()) <= MOST_DIGITS;
    }

    private static Optional<String> hex(JsonArray rgb) {
        List<Integer> parts = rgb.elements().stream()
                .filter(JsonNumber.class::isInstance)
                .map(JsonNumber.class::cast)
                .filter(Entity::isAmount)
                .map(part -> part.toBigDecimal().intValue())
                .filter(part -> part >= 0 && part <= 255)
                .toList();
        return parts.size() == 3
                ? Optional.of(String.format(Locale.ROOT, "#%02x%02x%02x", parts.get(0), parts.get(1), parts.get(2)))
                : Optional.empty();
    }

    private void climate(JsonObject.Builder properties) {
        for (String degrees : List.of("temperature", "current_temperature")) {
            attributes
                    .number(degrees)
                    .filter(Entity::isAmount)
                    .ifPresent(number -> properties.put(degrees, celsius(number)));
        }
        copy("current_humidity", "humidity", properties);
        copy("hvac_action", "action", properties);
    }

    private JsonNumber celsius(JsonNumber degrees) {
        return fahrenheit
                ? JsonNumber.of(degrees.toBigDecimal()
                        .subtract(BigDecimal.valueOf(32))
                        .multiply(BigDecimal.valueOf(5))
                        .divide(BigDecimal.valueOf(9), 1, RoundingMode.HALF_UP))
                : degrees;
    }

    private void media(JsonObject.Builder properties) {
        amount("volume_level")
                .ifPresent(level ->
                        properties.put("volume", level.multiply(HUNDRED).setScale(0, RoundingMode.HALF_UP)));
        copy("source", "source", properties);
        copy("media_title", "title", properties);
    }

    private void sensor(JsonObject.Builder properties) {
        attributes.string("unit_of_measurement").ifPresent(unit -> properties.put("unit", unit));
        if (MEASURED.contains(deviceClass())) {
            number(state).ifPresent(value -> properties.put(deviceClass(), value));
        }
    }

    private void copy(String attribute, String property, JsonObject.Builder properties) {
        attributes
                .get(attribute)
                .filter(value -> value instanceof JsonNumber || value instanceof JsonString)
                .ifPresent(value -> properties.put(property, value));
    }
}
