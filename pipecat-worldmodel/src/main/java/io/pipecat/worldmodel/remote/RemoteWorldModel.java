package io.pipecat.worldmodel.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldState;
import io.pipecat.worldmodel.house.House;
import io.pipecat.worldmodel.state.TopicStore;
import io.pipecat.worldmodel.state.Topics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The world model that the cluster holds. Reading answers from what was learnt last and says how old that is; what is said and
 * wanted goes to the service, else to the broker, else it fails with a sentence. Thread-safe.
 */
final class RemoteWorldModel implements WorldModel {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWorldModel.class);
    private static final String CONNECTED = "pipecat_world_model_connected";

    private final Knowledge knowledge;
    private final Follower follower;
    private final Orders orders;
    private final String where;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private RemoteWorldModel(NodeContext node, House house, TopicStore.Limits limits, Pace pace) {
        this.knowledge = new Knowledge(node.clock(), node.steadyClock(), house, limits);
        Http http = new Http(node.settings().get(RemoteSettings.CONNECT_TIMEOUT), pace, node.node());
        ServiceSource source =
                new ServiceSource(http, knowledge, pace, () -> node.settings().get(RemoteSettings.POLL));
        Optional<BrokerSource> broker = node.mqtt()
                .map(link -> new BrokerSource(link, node.settings().get(RemoteSettings.MQTT_TOPIC), knowledge));
        Services services = new Services(node);
        this.where = services.description()
                + broker.map(other -> ", else " + other.description()).orElse("");
        this.follower = new Follower(node, services, source, broker, pace);
        this.orders = new Orders(node, http, services, follower, source, broker, knowledge, house);
        open.push(knowledge);
        open.push(http);
        broker.ifPresent(open::push);
        open.push(follower);
        open.push(node.settings().watch(RemoteSettings.URL, url -> follower.hurry()));
        open.push(node.metrics()
                .gauge(
                        CONNECTED,
                        "Whether the world model service is followed (1) or not (0).",
                        Map.of(),
                        () -> follower.current().isPresent() ? 1 : 0));
    }

    /** Makes the model. It learns what there is to know in the background. */
    static RemoteWorldModel open(NodeContext node, House house, TopicStore.Limits limits, Pace pace) {
        RemoteWorldModel model = new RemoteWorldModel(node, house, limits, pace);
        model.follower.start();
        return model;
    }

    @Override
    public String description() {
        return where;
    }

    @Override
    public WorldState state() {
        return knowledge.state();
    }

    @Override
    public void update(String topic, JsonValue value) throws WorldModelException {
        orders.tell(Topics.check(topic), Optional.of(value));
    }

    @Override
    public void remove(String topic) throws WorldModelException {
        orders.tell(Topics.check(topic), Optional.empty());
    }

    @Override
    public CommandResult command(String device, JsonObject change) throws WorldModelException, InterruptedException {
        return orders.command(device, change);
    }

    @Override
    public Subscription watch(String filter, Consumer<? super StateChange> listener) {
        return knowledge.watch(filter, listener);
    }

    @Override
    public void refresh() throws WorldModelException, InterruptedException {
        orders.refresh();
    }

    @Override
    public JobTicket dispatch(JobRequest job) throws WorldModelException, InterruptedException {
        return orders.dispatch(job);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            closeQuietly(open.pop());
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("Closing {} failed", part, e);
        }
    }
}
