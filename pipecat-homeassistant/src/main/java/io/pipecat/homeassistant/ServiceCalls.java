package io.pipecat.homeassistant;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModelException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says by which services of Home Assistant an entity gets a wanted state. */
final class ServiceCalls {
    private static final String STATE = "state";
    private static final String TEMPERATURE = "temperature";
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String entity;
    private final String domain;
    private final boolean fahrenheit;
    private final JsonObject change;
    private final List<JsonObject> calls = new ArrayList<>();

    private ServiceCalls(String entity, boolean fahrenheit, JsonObject change) {
        this.entity = entity;
        this.domain = Entity.domain(entity);
        this.fahrenheit = fahrenheit;
        this.change = change;
    }

    /**
     * Returns the commands {@code call_service} that bring about a change, in order.
     *
     * @param name what people call the entity, for messages
     * @throws WorldModelException if Home Assistant has no service for it
     */
    static List<JsonObject> of(String entity, String name, boolean fahrenheit, JsonObject change)
            throws WorldModelException {
        ServiceCalls calls = new ServiceCalls(entity, fahrenheit, change);
        boolean reckonable = change.members().values().stream()
                .allMatch(value -> !(value instanceof JsonNumber number) || Entity.isAmount(number));
        if (reckonable) {
            calls.plan();
        }
        if (calls.calls.isEmpty()) {
            throw new WorldModelException(
                    "Home Assistant has no service that would make \"" + name + "\" (" + entity + ") " + change + ".",
                    null);
        }
        return List.copyOf(calls.calls);
    }

    private void plan() {
        String state = change.string(STATE).orElse("");
        switch (domain) {
            case "light" -> light(state);
            case "switch", "input_boolean" -> onOff(state);
            case "cover" -> cover(state);
            case "lock" -> {
                switch (state) {
                    case "locked" -> call("lock");
                    case "unlocked" -> call("unlock");
                    default -> {}
                }
            }
            case "climate" -> climate(state);
            case "media_player" -> media(state);
            case "fan" -> fan(state);
            case "vacuum" -> vacuum(state);
            default -> {}
        }
    }

    private void call(String service) {
        call(service, JsonObject.EMPTY);
    }

    private void call(String service, JsonObject data) {
        calls.add(JsonObject.builder()
                .put("type", "call_service")
                .put("domain", domain)
                .put("service", service)
                .put("service_data", data)
                .put("target", JsonObject.of("entity_id", entity))
                .build());
    }

    private void onOff(String state) {
        switch (state) {
            case "on" -> call("turn_on");
            case "off" -> call("turn_off");
            default -> {}
        }
    }

    private void light(String state) {
        JsonObject.Builder data = JsonObject.builder();
        change.number("brightness").ifPresent(percent -> data.put("brightness_pct", percent));
        change.string("color").ifPresent(color -> {
            if (HEX.matcher(color).matches()) {
                data.put("rgb_color", rgb(color));
            } else {
                data.put("color_name", color);
            }
        });
        change.number("color_temperature").ifPresent(kelvin -> data.put("color_temp_kelvin", kelvin));
        JsonObject wanted = data.build();
        if (state.equals("off")) {
            call("turn_off");
        } else if (state.equals("on") || !wanted.members().isEmpty()) {
            call("turn_on", wanted);
        }
    }

    private static JsonArray rgb(String hex) {
        List<JsonValue> parts = new ArrayList<>();
        for (int i = 1; i < hex.length(); i += 2) {
            parts.add(JsonNumber.of(Integer.parseInt(hex.substring(i, i + 2), 16)));
        }
        return new JsonArray(parts);
    }

    private void cover(String state) {
        Optional<JsonNumber> position = change.number("position");
        // Not every cover can stop halfway, but all can open and close.
        boolean halfway = position.filter(
                        p -> p.toBigDecimal().signum() > 0 && p.toBigDecimal().compareTo(HUNDRED) < 0)
                .isPresent();
        if (halfway) {
            call("set_cover_position", JsonObject.of("position", position.get()));
            return;
        }
        String wanted = position.map(p -> p.toBigDecimal().signum() > 0 ? "open" : "closed")
                .orElse(state);
        switch (wanted) {
            case "open" -> call("open_cover");
            case "closed" -> call("close_cover");
            case "stop" -> call("stop_cover");
            default -> {}
        }
    }

    private void climate(String state) {
        switch (state) {
            case "" -> {}
            case "on" -> call("turn_on");
            case "off" -> call("turn_off");
            default -> call("set_hvac_mode", JsonObject.of("hvac_mode", state));
        }
        change.number(TEMPERATURE)
                .ifPresent(celsius -> call("set_temperature", JsonObject.of(TEMPERATURE, degrees(celsius))));
    }

    private JsonNumber degrees(JsonNumber celsius) {
        return fahrenheit
                ? JsonNumber.of(celsius.toBigDecimal()
                        .multiply(BigDecimal.valueOf(9))
                        .divide(BigDecimal.valueOf(5), 0, RoundingMode.HALF_UP)
                        .add(BigDecimal.valueOf(32)))
                : celsius;
    }

    private void media(String state) {
        switch (state) {
            case "on" -> call("turn_on");
            case "off" -> call("turn_off");
            case "playing" -> call("media_play");
            case "paused" -> call("media_pause");
            case "stop" -> call("media_stop");
            default -> {}
        }
        change.number("volume")
                .ifPresent(percent -> call(
                        "volume_set",
                        JsonObject.of(
                                "volume_level",
                                JsonNumber.of(percent.toBigDecimal().movePointLeft(2)))));
        change.string("source").ifPresent(source -> call("select_source", JsonObject.of("source", source)));
    }

    private void fan(String state) {
        Optional<JsonNumber> speed = change.number("speed");
        if (speed.isPresent() && !state.equals("off")) {
            call("set_percentage", JsonObject.of("percentage", speed.get()));
        } else {
            onOff(state);
        }
    }

    private void vacuum(String state) {
        switch (state) {
            case "on", "start", "cleaning" -> call("start");
            case "paused" -> call("pause");
            case "stop" -> call("stop");
            case "off", "dock", "docked", "return", "returning" -> call("return_to_base");
            default -> {}
        }
    }
}
