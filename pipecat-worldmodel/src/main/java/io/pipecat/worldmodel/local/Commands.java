package io.pipecat.worldmodel.local;

import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.house.DeviceDefinition;
import io.pipecat.worldmodel.house.DeviceDefinition.Control;
import io.pipecat.worldmodel.house.HouseKeeper;
import io.pipecat.worldmodel.house.HouseState;
import io.pipecat.worldmodel.local.WorldMetrics.Source;
import io.pipecat.worldmodel.state.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Brings commands to those who carry them out. Thread-safe. */
final class Commands {
    private static final String PROPERTY = "{property}";

    private final Supplier<HouseState> observed;
    private final HouseKeeper house;
    private final Assumptions assumptions;
    private final Optional<BrokerSide> broker;
    private final ConnectedSystems systems;
    private final Intake intake;
    private final Clock clock;
    private final Duration assume;

    /**
     * Makes commands.
     *
     * @param observed gives what is known now without what is assumed
     * @param assume how long to assume what was asked for
     */
    Commands(
            Supplier<HouseState> observed,
            HouseKeeper house,
            Assumptions assumptions,
            Optional<BrokerSide> broker,
            ConnectedSystems systems,
            Intake intake,
            Clock clock,
            Duration assume) {
        this.observed = observed;
        this.house = house;
        this.assumptions = assumptions;
        this.broker = broker;
        this.systems = systems;
        this.intake = intake;
        this.clock = clock;
        this.assume = assume;
    }

    CommandResult command(String id, JsonObject change) throws WorldModelException, InterruptedException {
        if (change.members().isEmpty()) {
            throw new IllegalArgumentException("A command names at least one property to change.");
        }
        Device device = observed.get().device(id).orElseThrow(() -> unknown(id));
        DeviceDefinition definition = house.house().devices().get(id);
        if (definition == null || !definition.commandable()) {
            throw new WorldModelException("\"" + device.name() + "\" takes no commands.", null);
        }
        if (definition.control() instanceof Control.Simulated) {
            for (Map.Entry<String, JsonValue> property :
                    Simulation.after(device.state(), change).members().entrySet()) {
                String topic = HouseState.topicOf(id) + "/" + property.getKey();
                intake.say(Topics.check(topic), Optional.of(property.getValue()), Source.SIMULATION);
            }
            return result(device, change, CommandResult.Status.CONFIRMED);
        }
        return send(device, definition, change);
    }

    private WorldModelException unknown(String id) {
        List<String> ids = observed.get().devices().stream().map(Device::id).toList();
        String nearest = Nearest.ranked(id, ids, 1).stream()
                .findFirst()
                .map(near -> "; the nearest is " + Topics.shown(near) + ".")
                .orElse("; none is known at all.");
        return new WorldModelException("There is no device " + Topics.shown(id) + nearest, null);
    }

    private CommandResult send(Device device, DeviceDefinition definition, JsonObject change)
            throws WorldModelException, InterruptedException {
        boolean already = holds(device.state(), change);
        if (!already) {
            // Before it is sent: the device may be quicker than we are.
            assumptions.assume(device.id(), change, clock.instant().plus(assume));
        }
        boolean sent = false;
        try {
            switch (definition.control()) {
                case Control.Topic topic -> publish(device, topic.topic(), change);
                case Control.Connected connected -> systems.command(connected.connector(), device, change);
                case Control.None none -> throw new IllegalStateException("refused above");
                case Control.Simulated simulated -> throw new IllegalStateException("done above");
            }
            sent = true;
        } finally {
            if (!sent) {
                assumptions.end(device.id(), change.members().keySet());
            }
        }
        boolean confirmed = observed.get()
                .device(device.id())
                .map(now -> holds(now.state(), change))
                .orElse(false);
        return result(device, change, confirmed ? CommandResult.Status.CONFIRMED : CommandResult.Status.SENT);
    }

    private void publish(Device device, String topic, JsonObject change) throws WorldModelException {
        String cannot = "\"" + device.name() + "\" listens to the MQTT topic " + Topics.shown(topic) + ", but ";
        if (broker.isEmpty()) {
            throw new WorldModelException(cannot + "this node has no broker; set mqtt_host to where it is.", null);
        }
        if (!broker.get().connected()) {
            // Waiting for the broker would switch something on when nobody expects it any more.
            throw new WorldModelException(
                    cannot + "the broker " + broker.get().description() + " is away. Nothing was sent.", null);
        }
        if (topic.contains(PROPERTY)) {
            for (String property : change.members().keySet()) {
                Topics.check(topic.replace(PROPERTY, property));
            }
            change.members()
                    .forEach((property, value) -> broker.get().command(topic.replace(PROPERTY, property), value));
        } else {
            broker.get().command(topic, change);
        }
    }

    private static boolean holds(JsonObject state, JsonObject change) {
        return change.members().entrySet().stream()
                .allMatch(wanted -> state.get(wanted.getKey())
                        .map(value -> same(value, wanted.getValue()))
                        .orElse(false));
    }

    private static boolean same(JsonValue value, JsonValue wanted) {
        if (value instanceof JsonNumber a && wanted instanceof JsonNumber b) {
            return a.toBigDecimal().compareTo(b.toBigDecimal()) == 0;
        }
        if (value instanceof JsonString a && wanted instanceof JsonString b) {
            return a.value().equalsIgnoreCase(b.value());
        }
        return value.equals(wanted);
    }

    private static CommandResult result(Device device, JsonObject change, CommandResult.Status status) {
        String asked = change.members().entrySet().stream()
                .map(property -> property.getKey() + " " + text(property.getValue()))
                .collect(Collectors.joining(", "));
        String message = status == CommandResult.Status.CONFIRMED
                ? "\"" + device.name() + "\" has it: " + asked + "."
                : "\"" + device.name() + "\" was told: " + asked + ". It has not confirmed yet.";
        return new CommandResult(device.id(), status, message);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.value() : value.toString();
    }
}
