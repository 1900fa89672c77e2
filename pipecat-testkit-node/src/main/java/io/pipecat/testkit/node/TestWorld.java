package io.pipecat.testkit.node;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A house that a test furnishes, in which every device does at once what it is told, unless the test says otherwise. */
public final class TestWorld implements WorldModel {

    /**
     * A command that was given.
     *
     * @param device the device's id
     * @param change what was wanted
     */
    public record Command(String device, JsonObject change) {}

    private final List<Command> commands = new CopyOnWriteArrayList<>();
    private final Map<String, JsonValue> updates = new ConcurrentSkipListMap<>();
    private final List<Consumer<? super StateChange>> watchers = new CopyOnWriteArrayList<>();
    private volatile List<Location> places;
    private volatile List<Device> devices;
    private volatile Instant asOf = TestNode.NOW;
    private volatile CommandResult.Status status = CommandResult.Status.CONFIRMED;
    private volatile String broken = "";

    /**
     * Makes a house.
     *
     * @param places its places
     * @param devices its devices
     */
    public TestWorld(List<Location> places, List<Device> devices) {
        this.places = List.copyOf(places);
        this.devices = List.copyOf(devices);
    }

    /**
     * Adds a device, or puts it in the place of the one of its id, and tells those who watch.
     *
     * @param device the device
     */
    public void put(Device device) {
        List<Device> now = new ArrayList<>(devices);
        int at = now.stream().map(Device::id).toList().indexOf(device.id());
        if (at < 0) {
            now.add(device);
        } else {
            now.set(at, device);
        }
        become(now, device.id());
    }

    /**
     * Takes a device away, and tells those who watch.
     *
     * @param id its id
     */
    public void take(String id) {
        become(devices.stream().filter(device -> !device.id().equals(id)).toList(), id);
    }

    private void become(List<Device> now, String id) {
        devices = List.copyOf(now);
        StateChange change = new StateChange(
                "telemetry/" + id, Optional.empty(), Optional.of(new JsonString("changed")), TestNode.NOW);
        watchers.forEach(watcher -> watcher.accept(change));
    }

    /**
     * Says how commands end from now on.
     *
     * @param value the status
     */
    public void answerWith(CommandResult.Status value) {
        status = value;
    }

    /**
     * Says what fails from now on.
     *
     * @param name a device's id; {@code cluster} for the scheduler; nothing for nothing
     */
    public void breakOff(String name) {
        broken = name;
    }

    /**
     * Returns whether anybody watches.
     *
     * @return whether what changes is told to anybody
     */
    public boolean isWatched() {
        return !watchers.isEmpty();
    }

    /**
     * Says since when the source is away.
     *
     * @param time when the state was right
     */
    public void setAsOf(Instant time) {
        asOf = time;
    }

    /**
     * Returns what was commanded so far.
     *
     * @return the commands in order; grows
     */
    public List<Command> commands() {
        return commands;
    }

    /**
     * Returns what was observed so far.
     *
     * @return the values by topic; grows
     */
    public Map<String, JsonValue> updates() {
        return updates;
    }

    /** What was known at one moment. */
    private record Snapshot(
            List<Location> locations, List<Device> devices, Map<String, JsonValue> updates, Instant asOf)
            implements WorldState {

        @Override
        public Optional<JsonValue> get(String topic) {
            return Optional.ofNullable(updates.get(topic));
        }

        @Override
        public JsonObject toJson() {
            return new JsonObject(updates);
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
    }

    @Override
    public WorldState state() {
        return new Snapshot(places, devices, Map.copyOf(updates), asOf);
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
        commands.add(new Command(device, change));
        if (broken.equals(device)) {
            throw new WorldModelException("The device " + device + " cannot be reached.", null);
        }
        return new CommandResult(device, status, "done");
    }

    @Override
    public Subscription watch(String filter, Consumer<? super StateChange> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public void refresh() throws WorldModelException {
        if (broken.equals("cluster")) {
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
