package io.pipecat.worldmodel.local;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldState;
import io.pipecat.worldmodel.cluster.Cluster;
import io.pipecat.worldmodel.house.House;
import io.pipecat.worldmodel.house.HouseKeeper;
import io.pipecat.worldmodel.house.HouseState;
import io.pipecat.worldmodel.local.WorldMetrics.Source;
import io.pipecat.worldmodel.state.TopicStore;
import io.pipecat.worldmodel.state.TopicTree;
import io.pipecat.worldmodel.state.Topics;
import io.pipecat.worldmodel.state.Watchers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The world model that is kept in this process. Thread-safe. */
final class LocalWorldModel implements WorldModel {
    /**
     * What a model begins with.
     *
     * @param house what the ontology defines
     * @param origin what to call that
     * @param folder where the state is kept
     * @param opened the state that is kept there
     * @param cluster scheduler and catalogue
     */
    record Start(House house, String origin, Path folder, StateFile.Opened opened, Cluster cluster) {}

    private final Clock clock;
    private final Clock steadyClock;
    private final String origin;
    private final Watchers watchers = new Watchers();
    private final TopicStore topics;
    private final HouseKeeper house;
    private final Assumptions assumptions = new Assumptions();
    private final Optional<BrokerSide> broker;
    /** Empty where another process writes the state of this folder. */
    private final Optional<StateWriter> writer;

    private final WorldMetrics metrics;
    private final Intake intake;
    private final ConnectedSystems systems;
    private final Commands commands;
    private final ClusterWatch cluster;
    private volatile HouseState last;
    private volatile @Nullable Subscription listening;

    private LocalWorldModel(NodeContext context, Start start, List<WorldConnector> connectors) {
        this.clock = context.clock();
        this.steadyClock = context.steadyClock();
        this.origin = start.origin();
        this.metrics = new WorldMetrics(context.metrics(), steadyClock);
        this.house = new HouseKeeper(start.house());
        this.topics = new TopicStore(LocalSettings.limits(context.settings()), watchers);
        TopicTree restored = start.opened().kept();
        Instant restoredAt =
                restored.size() == 0 ? clock.instant() : start.opened().written();
        topics.replace(restored, restoredAt);
        this.last = new HouseState(restored, start.house(), Map.of(), restoredAt);
        this.broker = context.mqtt()
                .map(link -> new BrokerSide(
                        link,
                        context.settings().get(LocalSettings.MQTT_TOPIC),
                        context.settings().get(LocalSettings.MQTT_QOS),
                        context.settings().get(LocalSettings.MQTT_RETAIN),
                        clock,
                        restoredAt));
        this.writer = start.opened()
                .file()
                .map(file -> new StateWriter(
                        file, start.folder(), StateWriter.RETRY, clock, topics::tree, context::publish));
        metrics.show(topics, watchers, writer);
        this.intake = new Intake(topics, house, assumptions, broker, writer, metrics, clock);
        this.systems = new ConnectedSystems(connectors, house, intake);
        this.commands = new Commands(
                this::observed,
                house,
                assumptions,
                broker,
                systems,
                intake,
                steadyClock,
                context.settings().get(LocalSettings.ASSUME));
        this.cluster = new ClusterWatch(start.cluster(), house);
    }

    /** Makes a model and begins to hear the others. */
    static LocalWorldModel start(NodeContext context, Start start, List<WorldConnector> connectors) {
        LocalWorldModel model = new LocalWorldModel(context, start, connectors);
        try {
            model.listening =
                    model.broker.map(link -> link.listen(model.intake)).orElse(null);
            model.cluster.start();
            model.systems.start(model);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public String description() {
        int devices = house.house().devices().size();
        return origin + ", " + devices + (devices == 1 ? " device" : " devices")
                + broker.map(link -> ", " + link.description()).orElse("");
    }

    @Override
    public WorldState state() {
        Instant now = clock.instant();
        TopicTree tree = topics.tree();
        House known = house.house();
        Map<String, Map<String, JsonValue>> assumed = assumptions.current(steadyClock.instant());
        HouseState state = last;
        if (!state.isOf(tree, known, assumed)) {
            state = new HouseState(tree, known, assumed, now);
            last = state;
        }
        return state.at(broker.map(BrokerSide::lastInTouch).orElse(now));
    }

    private HouseState observed() {
        return new HouseState(topics.tree(), house.house(), Map.of(), clock.instant());
    }

    @Override
    public void update(String topic, JsonValue value) throws WorldModelException {
        intake.say(own(topic), Optional.of(value), Source.LOCAL);
    }

    @Override
    public void remove(String topic) throws WorldModelException {
        intake.say(own(topic), Optional.empty(), Source.LOCAL);
    }

    private static String own(String topic) {
        if (topic.startsWith("$")) {
            throw new IllegalArgumentException(
                    "The topic " + Topics.shown(topic) + " begins with $, which is for what a broker says of itself.");
        }
        return Topics.check(topic);
    }

    @Override
    public CommandResult command(String device, JsonObject change) throws WorldModelException, InterruptedException {
        String became = "failed";
        try {
            CommandResult result = commands.command(device, change);
            became = result.status() == CommandResult.Status.CONFIRMED ? "confirmed" : "sent";
            return result;
        } finally {
            metrics.commanded(became);
        }
    }

    @Override
    public Subscription watch(String filter, Consumer<? super StateChange> listener) {
        return watchers.watch(filter, listener);
    }

    @Override
    public void refresh() throws WorldModelException, InterruptedException {
        cluster.refresh();
    }

    @Override
    public JobTicket dispatch(JobRequest job) throws WorldModelException, InterruptedException {
        return cluster.dispatch(job);
    }

    @Override
    public void close() {
        systems.close();
        cluster.close();
        Subscription subscription = listening;
        if (subscription != null) {
            subscription.close();
        }
        watchers.close();
        writer.ifPresent(StateWriter::close);
        metrics.close();
    }
}
