package io.pipecat.worldmodel.local;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.house.DeviceDefinition;
import io.pipecat.worldmodel.house.DeviceDefinition.Control;
import io.pipecat.worldmodel.house.HouseKeeper;
import io.pipecat.worldmodel.house.HouseState;
import io.pipecat.worldmodel.local.WorldMetrics.Source;
import io.pipecat.worldmodel.state.Payloads;
import io.pipecat.worldmodel.state.TopicStore;
import io.pipecat.worldmodel.state.TopicStore.Outcome;
import io.pipecat.worldmodel.state.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Takes in what is said of the house, wherever it comes from, and tells the others. Thread-safe. */
final class Intake implements BrokerSide.Receiver, ConnectedSystems.Observer {
    private static final String TELEMETRY = HouseState.TELEMETRY + "/";

    private final TopicStore topics;
    private final HouseKeeper house;
    private final Assumptions assumptions;
    private final Optional<BrokerSide> broker;
    private final Optional<StateWriter> writer;
    private final WorldMetrics metrics;
    private final Clock clock;
    private final Map<String, List<String>> byStateTopic;
    /** So that the broker hears our changes of a topic in the order in which they were made. */
    private final ReentrantLock telling = new ReentrantLock();

    Intake(
            TopicStore topics,
            HouseKeeper house,
            Assumptions assumptions,
            Optional<BrokerSide> broker,
            Optional<StateWriter> writer,
            WorldMetrics metrics,
            Clock clock) {
        this.topics = topics;
        this.house = house;
        this.assumptions = assumptions;
        this.broker = broker;
        this.writer = writer;
        this.metrics = metrics;
        this.clock = clock;
        this.byStateTopic = byStateTopic(house);
    }

    /** Only the ontology gives devices a topic of their own, so this stays as it is. */
    private static Map<String, List<String>> byStateTopic(HouseKeeper house) {
        Map<String, List<String>> devices = new HashMap<>();
        for (DeviceDefinition device : house.house().devices().values()) {
            device.stateTopic()
                    .ifPresent(topic -> devices.computeIfAbsent(topic, key -> new ArrayList<>())
                            .add(device.id()));
        }
        return devices;
    }

    /**
     * Takes in what somebody in this node says, and publishes it.
     *
     * @throws WorldModelException if there is no room for it
     */
    void say(String topic, Optional<JsonValue> value, Source source) throws WorldModelException {
        telling.lock();
        try {
            Outcome outcome = take(topic, value, source, false);
            if (outcome == Outcome.TOO_MANY || outcome == Outcome.TOO_LARGE) {
                throw new WorldModelException(
                        "The world model does not take " + Topics.shown(topic) + ": " + why(outcome), null);
            }
            broker.ifPresent(link -> link.publish(topic, value));
        } finally {
            telling.unlock();
        }
    }

    @Override
    public void received(String topic, Optional<JsonValue> value, boolean old) {
        take(topic, value, Source.MQTT, old);
    }

    @Override
    public void tooLarge(String topic, int bytes) {
        metrics.refused("payload", topic, "it has " + bytes + " bytes; at most " + Payloads.MAX_BYTES + " are read.");
    }

    @Override
    public void observed(String device, JsonObject state) {
        state.members()
                .forEach((property, value) -> observed(
                        HouseState.topicOf(device) + "/" + property,
                        value == JsonNull.NULL ? Optional.empty() : Optional.of(value)));
    }

    private void observed(String topic, Optional<JsonValue> value) {
        telling.lock();
        try {
            // Such systems say again and again what was so before; the broker need not hear it each time.
            if (take(Topics.check(topic), value, Source.CONNECTOR, false) == Outcome.CHANGED) {
                broker.ifPresent(link -> link.publish(topic, value));
            }
        } catch (IllegalArgumentException e) {
            metrics.refused("topic", topic, String.valueOf(e.getMessage()));
        } finally {
            telling.unlock();
        }
    }

    @Override
    public void gone(String device) {
        List<String> told = new ArrayList<>();
        topics.tree().forEach(HouseState.topicOf(device), (topic, value) -> told.add(topic));
        told.forEach(topic -> observed(topic, Optional.empty()));
    }

    private Outcome take(String topic, Optional<JsonValue> value, Source source, boolean old) {
        metrics.updated(source);
        Outcome outcome = value.isPresent()
                ? topics.put(topic, value.get(), clock.instant())
                : topics.remove(topic, clock.instant());
        switch (outcome) {
            case CHANGED -> {
                if (isKept(topic)) {
                    writer.ifPresent(kept -> kept.changed(topic));
                }
            }
            case SAME -> {}
            case TOO_MANY, TOO_LARGE ->
                metrics.refused(outcome == Outcome.TOO_MANY ? "topics" : "memory", topic, why(outcome));
        }
        if (!old) {
            endAssumptions(topic, value);
        }
        return outcome;
    }

    private String why(Outcome outcome) {
        return outcome == Outcome.TOO_MANY
                ? "it holds " + topics.tree().size() + " topics, as many as world_max_topics allows."
                : "topics and values would take more memory than world_max_mib allows.";
    }

    /** What another system brings it brings again; when it is no longer asked, its devices are to be gone. */
    private boolean isKept(String topic) {
        if (!topic.startsWith(TELEMETRY)) {
            return true;
        }
        DeviceDefinition device = house.house().devices().get(deviceOf(topic));
        return device == null || !(device.control() instanceof Control.Connected);
    }

    private void endAssumptions(String topic, Optional<JsonValue> value) {
        if (topic.startsWith(TELEMETRY)) {
            String device = deviceOf(topic);
            int property = TELEMETRY.length() + device.length() + 1;
            assumptions.end(device, property > topic.length() ? properties(value) : Set.of(level(topic, property)));
        }
        List<String> devices = byStateTopic.get(topic);
        if (devices != null) {
            devices.forEach(device -> assumptions.end(device, properties(value)));
        }
    }

    private static String deviceOf(String topic) {
        return level(topic, TELEMETRY.length());
    }

    private static String level(String topic, int from) {
        int slash = topic.indexOf('/', from);
        return slash < 0 ? topic.substring(from) : topic.substring(from, slash);
    }

    private static Set<String> properties(Optional<JsonValue> value) {
        return value.isPresent() && value.get() instanceof JsonObject object
                ? object.members().keySet()
                : Set.of(HouseState.MAIN);
    }
}
