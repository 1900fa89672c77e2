package io.pipecat.tools.local.world;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** A house in which every device does at once what it is told, unless the test says otherwise. */
final class TestWorld implements WorldModel {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    final Map<String, JsonObject> commands = new ConcurrentSkipListMap<>();
    final Map<String, JsonValue> updates = new ConcurrentSkipListMap<>();
    private final List<Location> places;
    private final List<Device> devices;
    Instant asOf = NOW;
    CommandResult.Status status = CommandResult.Status.CONFIRMED;
    Optional<String> broken = Optional.empty();

    TestWorld(List<Location> places, List<Device> devices) {
        this.places = List.copyOf(places);
        this.devices = List.copyOf(devices);
    }

    @Override
    public WorldState state() {
        return new WorldState() {
            @Override
            public Optional<JsonValue> get(String topic) {
                return Optional.ofNullable(updates.get(topic));
            }

            @Override
            public JsonObject toJson() {
                return JsonObject.of("home", JsonObject.of("kitchen", new JsonString("warm")));
            }

            @Override
            public List<Device> devices() {
                return devices;
            }

            @Override
            public List<Location> locations() {
                return places;
            }

            @Override
            public List<ClusterNode> nodes() {
                return List.of(
                        new ClusterNode("n1", "core", "ready", JsonObject.of("cpu", "x86")),
                        new ClusterNode("n2", "mid", "down", JsonObject.EMPTY));
            }

            @Override
            public List<Agent> agents() {
                return List.of(new Agent("a1", "pipecat-app", JsonObject.EMPTY));
            }

            @Override
            public Instant asOf() {
                return asOf;
            }
        };
    }

    @Override
    public void update(String topic, JsonValue value) {
        updates.put(topic, value);
    }

    @Override
    public void remove(String topic) {
        updates.remove(topic);
    }

    @Override
    public CommandResult command(String device, JsonObject change) throws WorldModelException {
        if (broken.equals(Optional.of(device))) {
            throw new WorldModelException("The device " + device + " cannot be reached.", null);
        }
        commands.put(device, change);
        return new CommandResult(device, status, "done");
    }

    @Override
    public Subscription watch(String filter, Consumer<? super StateChange> listener) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public void refresh() throws WorldModelException {
        if (broken.isPresent()) {
            throw new WorldModelException("Nomad cannot be reached.", null);
        }
    }

    @Override
    public JobTicket dispatch(JobRequest job) {
        return new JobTicket(JsonObject.of("DispatchedJobID", job.modelName() + "/" + job.gpuCount()));
    }

    @Override
    public void close() {}
}
