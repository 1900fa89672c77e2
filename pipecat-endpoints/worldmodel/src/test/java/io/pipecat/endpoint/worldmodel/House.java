package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonNull;
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
import io.pipecat.testkit.node.TestNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A house of one room whose scheduler and devices do as a test says. */
final class House implements WorldModel {
    private record Watch(TopicFilter filter, Consumer<? super StateChange> listener) {}

    /** What each device has, by its id. */
    record State(Map<String, JsonValue> topics, List<Device> devices, JsonObject toJson) implements WorldState {
        @Override
        public Optional<JsonValue> get(String topic) {
            JsonValue value = toJson;
            for (String level : topic.split("/", -1)) {
                JsonValue below =
                        value instanceof JsonObject object ? object.members().get(level) : null;
                if (below == null) {
                    return Optional.empty();
                }
                value = below;
            }
            return Optional.of(value);
        }

        @Override
        public void forEachTopic(BiConsumer<? super String, ? super JsonValue> action) {
            topics.forEach(action);
        }

        @Override
        public List<Location> locations() {
            return List.of(new Location("kitchen", "Kitchen", List.of(new Location.Occupant("Ada", "person"))));
        }

        @Override
        public List<ClusterNode> nodes() {
            return List.of(new ClusterNode("n1", "core", "ready", JsonObject.EMPTY));
        }

        @Override
        public List<Agent> agents() {
            return List.of(new Agent("a1", "pipecat", JsonObject.of("port", JsonNull.NULL)));
        }

        @Override
        public Instant asOf() {
            return TestNode.NOW;
        }
    }

    private final Map<String, JsonValue> topics = new TreeMap<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private volatile State state = new State(Map.of(), devices(JsonObject.EMPTY), JsonObject.EMPTY);
    private JsonObject light = JsonObject.EMPTY;

    final List<JobRequest> jobs = new CopyOnWriteArrayList<>();
    volatile @Nullable WorldModelException failure;
    volatile CommandResult.Status status = CommandResult.Status.SENT;

    private static List<Device> devices(JsonObject light) {
        Optional<String> kitchen = Optional.of("kitchen");
        return List.of(
                new Device("kitchen_light", "Kitchen light", "light", kitchen, light, Set.of(), true),
                new Device(
                        "door_sensor", "Door sensor", "sensor", Optional.empty(), JsonObject.EMPTY, Set.of(), false));
    }

    @Override
    public State state() {
        return state;
    }

    private void fail() throws WorldModelException {
        WorldModelException problem = failure;
        if (problem != null) {
            throw problem;
        }
    }

    @Override
    public void update(String topic, JsonValue value) throws WorldModelException {
        fail();
        set(topic, Optional.of(value));
    }

    @Override
    public void remove(String topic) throws WorldModelException {
        fail();
        set(topic, Optional.empty());
    }

    private synchronized void set(String topic, Optional<JsonValue> value) {
        Optional<JsonValue> before = Optional.ofNullable(topics.get(topic));
        value.ifPresentOrElse(v -> topics.put(topic, v), () -> topics.remove(topic));
        publish();
        StateChange change = new StateChange(topic, before, value, TestNode.NOW);
        watches.stream()
                .filter(watch -> watch.filter().matches(topic))
                .forEach(watch -> watch.listener().accept(change));
    }

    private void publish() {
        Map<String, Object> nested = new TreeMap<>();
        topics.forEach((topic, value) -> put(nested, List.of(topic.split("/", -1)), value));
        state = new State(new TreeMap<>(topics), devices(light), (JsonObject) JsonValue.from(nested));
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> into, List<String> levels, JsonValue value) {
        if (levels.size() == 1) {
            into.put(levels.getFirst(), value);
        } else {
            Object below = into.computeIfAbsent(levels.getFirst(), level -> new TreeMap<String, Object>());
            put((Map<String, Object>) below, levels.subList(1, levels.size()), value);
        }
    }

    synchronized void lightIs(JsonObject now) {
        light = now;
        publish();
    }

    @Override
    public CommandResult command(String device, JsonObject change) throws WorldModelException {
        fail();
        lightIs(change);
        return new CommandResult(device, status, "Kitchen light: " + change + ".");
    }

    @Override
    public Subscription watch(String filter, Consumer<? super StateChange> listener) {
        Watch watch = new Watch(new TopicFilter(filter), listener);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    int watched() {
        return watches.size();
    }

    @Override
    public void refresh() throws WorldModelException {
        fail();
    }

    @Override
    public JobTicket dispatch(JobRequest job) throws WorldModelException {
        fail();
        jobs.add(job);
        return new JobTicket(JsonObject.builder()
                .put("EvalID", "e1")
                .put("DispatchedJobID", "llamacpp-batch/dispatch-1")
                .build());
    }

    /** A value that many topics have. */
    static JsonValue text(String text) {
        return new JsonString(text);
    }

    /** Names of topics. */
    List<String> names() {
        return new ArrayList<>(state.topics().keySet());
    }

    @Override
    public void close() {}
}
