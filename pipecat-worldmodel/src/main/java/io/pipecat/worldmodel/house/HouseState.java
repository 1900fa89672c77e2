package io.pipecat.worldmodel.house;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldState;
import io.pipecat.worldmodel.state.TopicTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The topics of one moment, and the house in which they mean something. */
public final class HouseState implements WorldState {
    /** The topic below which each device has one of its own. */
    public static final String TELEMETRY = "telemetry";

    /** The property that the state of a device is about where only a plain value is told. */
    public static final String MAIN = "state";

    /** The type of a device of which only its telemetry is known. */
    static final String UNKNOWN_TYPE = "device";

    private final TopicTree tree;
    private final House house;
    private final Map<String, Map<String, JsonValue>> assumed;
    private final Instant asOf;
    private final Cache cache;

    /** What is made when somebody asks; shared by states that differ in their time alone. */
    private static final class Cache {
        private volatile @Nullable List<Device> devices;
    }

    /**
     * Makes a state.
     *
     * @param tree the topics
     * @param house what they are about
     * @param assumed the properties of devices that were asked for and are not yet confirmed, with the wanted value
     * @param asOf when this was known to be right
     */
    public HouseState(TopicTree tree, House house, Map<String, Map<String, JsonValue>> assumed, Instant asOf) {
        this(tree, house, assumed, asOf, new Cache());
    }

    private HouseState(
            TopicTree tree, House house, Map<String, Map<String, JsonValue>> assumed, Instant asOf, Cache cache) {
        this.tree = tree;
        this.house = house;
        this.assumed = assumed;
        this.asOf = asOf;
        this.cache = cache;
    }

    /**
     * Returns this state as of another time, without making anything anew.
     *
     * @param time when it was known to be right
     * @return the state
     */
    public HouseState at(Instant time) {
        return new HouseState(tree, house, assumed, time, cache);
    }

    /**
     * Returns whether this is the state of these parts.
     *
     * @param otherTree the topics
     * @param otherHouse what they are about
     * @param otherAssumed what is assumed
     * @return whether it was made of the very same
     */
    @SuppressWarnings(
            "ReferenceEquality") // Immutable things that are made anew when they change; comparing them would take
    // long.
    public boolean isOf(TopicTree otherTree, House otherHouse, Map<String, Map<String, JsonValue>> otherAssumed) {
        return tree == otherTree && house == otherHouse && assumed == otherAssumed;
    }

    @Override
    public Optional<JsonValue> get(String topic) {
        return tree.get(topic);
    }

    @Override
    public JsonObject toJson() {
        return tree.toJson();
    }

    @Override
    public void forEachTopic(BiConsumer<? super String, ? super JsonValue> action) {
        tree.forEach(action::accept);
    }

    @Override
    public List<Device> devices() {
        List<Device> made = cache.devices;
        if (made == null) {
            List<Device> devices = new ArrayList<>();
            house.devices().values().forEach(definition -> devices.add(device(definition)));
            tree.forEachBelow(TELEMETRY, id -> {
                // Who publishes to telemetry// names nothing that anybody could speak of.
                if (!id.isBlank() && !house.devices().containsKey(id)) {
                    devices.add(observed(id));
                }
            });
            made = List.copyOf(devices);
            cache.devices = made;
        }
        return made;
    }

    @Override
    public Optional<Device> device(String id) {
        DeviceDefinition definition = house.devices().get(id);
        if (definition != null) {
            return Optional.of(device(definition));
        }
        return id.isBlank() ? Optional.empty() : tree.get(topicOf(id)).map(known -> observed(id));
    }

    private Device observed(String id) {
        return new Device(id, Names.ofId(id), UNKNOWN_TYPE, Optional.empty(), observedState(id), Set.of(), false);
    }

    private Device device(DeviceDefinition definition) {
        JsonObject.Builder state = definition.state().toBuilder();
        definition.stateTopic().flatMap(tree::value).ifPresent(value -> putOwn(value, state));
        observedState(definition.id()).members().forEach(state::put);
        Map<String, JsonValue> wanted = assumed.getOrDefault(definition.id(), Map.of());
        wanted.forEach(state::put);
        return new Device(
                definition.id(),
                definition.name(),
                definition.type(),
                definition.location(),
                state.build(),
                wanted.keySet(),
                definition.commandable());
    }

    /** What was told on the topics of a device: first what it says of itself as a whole, then what it says of each property. */
    private JsonObject observedState(String id) {
        String topic = topicOf(id);
        Optional<JsonValue> whole = tree.get(topic);
        if (whole.isEmpty()) {
            return JsonObject.EMPTY;
        }
        Optional<JsonValue> own = tree.value(topic);
        JsonObject.Builder state = JsonObject.builder();
        own.ifPresent(value -> putOwn(value, state));
        if (!whole.equals(own) && whole.get() instanceof JsonObject object) {
            object.members().forEach((property, value) -> {
                if (own.isEmpty() || !property.isEmpty()) {
                    state.put(property, value);
                }
            });
        }
        return state.build();
    }

    private static void putOwn(JsonValue value, JsonObject.Builder state) {
        if (value instanceof JsonObject object) {
            object.members().forEach(state::put);
        } else {
            state.put(MAIN, value);
        }
    }

    /**
     * Returns the topic of a device.
     *
     * @param id the device's id
     * @return below which its state is told
     */
    public static String topicOf(String id) {
        return TELEMETRY + "/" + id;
    }

    @Override
    public List<Location> locations() {
        return house.locations();
    }

    @Override
    public List<ClusterNode> nodes() {
        return house.nodes();
    }

    @Override
    public List<Agent> agents() {
        return house.agents();
    }

    @Override
    public Instant asOf() {
        return asOf;
    }
}
