package io.pipecat.worldmodel.house;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import java.util.Optional;

/**
 * What a device is, apart from the state it is in.
 *
 * @param id its id, one level of a topic
 * @param name what people call it
 * @param type what it is
 * @param location the id of the place where it is, if known
 * @param state its state before anything was observed
 * @param stateTopic the topic on which it tells its state, beside {@code telemetry/<id>}
 * @param control how to command it
 */
public record DeviceDefinition(
        String id,
        String name,
        String type,
        Optional<String> location,
        JsonObject state,
        Optional<String> stateTopic,
        Control control) {

    /** How a device is commanded. */
    public sealed interface Control {
        /** It takes no commands. */
        record None() implements Control {}

        /** It is none that can be touched: the model does what it is told in its place. */
        record Simulated() implements Control {}

        /**
         * It listens to a topic.
         *
         * @param topic the topic; where it holds {@code {property}}, each property is sent to a topic of its own, else all of
         *     them as one JSON object
         */
        record Topic(String topic) implements Control {}

        /**
         * Another system has brought it and takes its commands.
         *
         * @param connector which, by its place among the connectors
         * @param commandable whether it takes any
         */
        record Connected(int connector, boolean commandable) implements Control {}
    }

    /**
     * Returns whether it takes commands.
     *
     * @return whether it does
     */
    public boolean commandable() {
        return switch (control) {
            case Control.None none -> false;
            case Control.Simulated simulated -> true;
            case Control.Topic topic -> true;
            case Control.Connected connected -> connected.commandable();
        };
    }

    /** A device that another system brings. */
    static DeviceDefinition of(Device device, int connector) {
        return new DeviceDefinition(
                device.id(),
                device.name(),
                device.type(),
                device.location(),
                device.state(),
                Optional.empty(),
                new Control.Connected(connector, device.commandable()));
    }
}
