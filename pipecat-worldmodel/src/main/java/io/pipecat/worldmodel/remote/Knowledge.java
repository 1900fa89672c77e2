package io.pipecat.worldmodel.remote;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldState;
import io.pipecat.worldmodel.house.House;
import io.pipecat.worldmodel.house.HouseState;
import io.pipecat.worldmodel.state.TopicStore;
import io.pipecat.worldmodel.state.TopicTree;
import io.pipecat.worldmodel.state.Topics;
import io.pipecat.worldmodel.state.Watchers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was learnt of the house so far, and when. Readers are never held up. Thread-safe. */
final class Knowledge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Knowledge.class);

    /** What is not older than this is as good as now. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Nothing is assumed here: who holds the model does that. */
    private static final Map<String, Map<String, JsonValue>> NOTHING_ASSUMED = Map.of();

    /**
     * When the source was heard.
     *
     * @param at when it said something last
     * @param steadily the same by the steady clock
     * @param age how old what it knew was by then
     * @param silence for so long its silence means that nothing has changed; zero if it only tells when it is asked
     */
    private record Heard(Instant at, Instant steadily, Duration age, Duration silence) {
        boolean live(Instant steadyNow) {
            return age.compareTo(FRESH) < 0 && steadyNow.isBefore(steadily.plus(silence));
        }
    }

    private final Clock clock;
    private final Clock steadyClock;
    private final House house;
    private final Watchers watchers = new Watchers();
    private final TopicStore store;
    private volatile @Nullable ServedModel served;
    private volatile Heard heard = new Heard(Instant.EPOCH, Instant.EPOCH, Duration.ZERO, Duration.ZERO);
    private volatile @Nullable HouseState derived;
    private volatile boolean leavesOut;

    Knowledge(Clock clock, Clock steadyClock, House house, TopicStore.Limits limits) {
        this.clock = clock;
        this.steadyClock = steadyClock;
        this.house = house;
        this.store = new TopicStore(limits, watchers);
    }

    /** Everything anew. */
    void replace(TopicTree tree) {
        store.replace(tree, clock.instant());
    }

    void put(String topic, JsonValue value) {
        switch (store.put(topic, value, clock.instant())) {
            case CHANGED, SAME -> {}
            case TOO_MANY, TOO_LARGE -> leftOut(topic, "there is no room for more topics and values");
        }
    }

    /** Something that was told is not taken in; told once, as there may be a flood of it. */
    void leftOut(String topic, String why) {
        if (!leavesOut) {
            leavesOut = true;
            LOG.warn(
                    "What was told of {} is left out: {}. More of it is left out in silence.",
                    Topics.shown(topic),
                    why);
        }
    }

    void remove(String topic) {
        store.remove(topic, clock.instant());
    }

    /** What the service says there is; without it that follows from the topics. */
    void model(@Nullable ServedModel model) {
        served = model;
    }

    void device(Device device) {
        ServedModel model = served;
        if (model != null) {
            served = model.with(device);
        }
    }

    /**
     * The source has just said something, and goes on telling what changes.
     *
     * @param age how old what it knows is
     * @param silence for how long it may say nothing and still be there
     */
    void live(Duration age, Duration silence) {
        heard = new Heard(clock.instant(), steadyClock.instant(), age, silence);
    }

    /** The source, which tells changes by itself, has said something else than how old its knowledge is. */
    void stillThere() {
        Heard last = heard;
        if (last.age().compareTo(FRESH) < 0) {
            heard = new Heard(clock.instant(), steadyClock.instant(), last.age(), last.silence());
        }
    }

    /** The source has just been asked. */
    void asked() {
        heard = new Heard(clock.instant(), steadyClock.instant(), Duration.ZERO, Duration.ZERO);
    }

    /** The source is away from now on: what it said is right as of when it was heard last. */
    void lost() {
        Heard last = heard;
        heard = new Heard(last.at(), last.steadily(), last.age(), Duration.ZERO);
    }

    /** It is only now that the source is seen to be away, of which nobody knows how long ago it was heard. */
    void lostNow() {
        heard = new Heard(clock.instant(), steadyClock.instant(), Duration.ZERO, Duration.ZERO);
    }

    /** Whether anything was ever heard. */
    boolean any() {
        return heard.at().isAfter(Instant.EPOCH);
    }

    TopicTree tree() {
        return store.tree();
    }

    WorldState state() {
        Heard last = heard;
        Instant asOf =
                last.live(steadyClock.instant()) ? clock.instant() : last.at().minus(last.age());
        TopicTree tree = store.tree();
        ServedModel model = served;
        return model == null ? derived(tree).at(asOf) : new Served(tree, model, asOf);
    }

    private HouseState derived(TopicTree tree) {
        HouseState last = derived;
        if (last == null || !last.isOf(tree, house, NOTHING_ASSUMED)) {
            last = new HouseState(tree, house, NOTHING_ASSUMED, Instant.EPOCH);
            derived = last;
        }
        return last;
    }

    Subscription watch(String filter, Consumer<? super StateChange> listener) {
        return watchers.watch(filter, listener);
    }

    @Override
    public void close() {
        watchers.close();
    }

    private record Served(TopicTree tree, ServedModel model, Instant asOf) implements WorldState {
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
            return model.devices();
        }

        @Override
        public List<Location> locations() {
            return model.locations();
        }

        @Override
        public List<ClusterNode> nodes() {
            return model.nodes();
        }

        @Override
        public List<Agent> agents() {
            return model.agents();
        }
    }
}
