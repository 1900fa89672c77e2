package io.pipecat.homeassistant.discovery;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldState;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows this node and its own devices to Home Assistant by <a href="https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery">MQTT
 * discovery</a>, and passes its commands on to the world model. One thread tells what has changed, a moment later; commands have threads of
 * their own, one after the other.
 */
public final class Discovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final String FILE = "home-assistant-shown.txt";
    private static final int MOST_BYTES = 64 << 10;

    /** How the node is, changes without anybody saying so. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final NodeContext context;
    private final MqttLink link;
    private final DiscoveryOptions options;
    private final Topics topics;
    private final Shown shown;
    private final PublishedIds published;
    private final AnswerLatency latency;
    private final Semaphore changes = new Semaphore(0);
    private final AtomicBoolean again = new AtomicBoolean();
    private final ExecutorService commands = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("home-assistant commands").factory());
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Thread thread =
            Thread.ofVirtual().name("home-assistant discovery").unstarted(this::run);

    /** What was told last by topic, and which properties each device has told; the thread's alone. */
    private final Map<String, String> told = new HashMap<>();

    private final Map<String, Set<String>> properties = new HashMap<>();
    /** So that the same fault is not logged each time; the thread's alone. */
    private final Set<String> failed = new HashSet<>();

    /** What commands are for: the devices that are shown, by their names toward Home Assistant. */
    private volatile Map<String, Device> devices = Map.of();

    private volatile State state = State.NEW;

    /** What is there once it is started. */
    private sealed interface State {
        State NEW = new New();

        record New() implements State {}

        record Started(WorldModel model, Predicate<String> foreign, Turn turn) implements State {}
    }

    /**
     * Prepares.
     *
     * @param context the node
     * @param link its broker
     * @param options how it is shown
     */
    public Discovery(NodeContext context, MqttLink link, DiscoveryOptions options) {
        this.context = context;
        this.link = link;
        this.options = options;
        this.topics = new Topics(options.prefix(), new ObjectIds(context.node().name()));
        this.shown = new Shown(context, topics);
        this.published = new PublishedIds(context.stateDir().resolve(FILE));
        this.latency = new AnswerLatency(() -> context.metrics().expose());
    }

    /**
     * Begins.
     *
     * @param model the world model
     * @param foreign whether a device, by its id, is another system's
     */
    public void start(WorldModel model, Predicate<String> foreign) {
        Optional<Turn> turn = Turn.take(context.stateDir());
        if (turn.isEmpty()) {
            return;
        }
        state = new State.Started(model, foreign, turn.get());
        subscriptions.add(model.watch("#", change -> changed()));
        subscriptions.add(context.onEvent(event -> changed()));
        subscriptions.add(link.subscribe(List.of(topics.birth(), topics.commands()), new Listener()));
        changed();
        thread.start();
    }

    private void changed() {
        if (changes.availablePermits() == 0) {
            changes.release();
        }
    }

    private void run() {
        Set<String> before = published.read();
        try {
            while (true) {
                if (changes.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(options.gathering());
                }
                changes.drainPermits();
                try {
                    before = tell(before);
                } catch (RuntimeException e) {
                    failed("this node", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Home Assistant is told no more");
        }
    }

    /** Tells what is not told yet, and takes back what is not there any more. */
    private Set<String> tell(Set<String> before) {
        if (!(state instanceof State.Started started)) {
            return before;
        }
        if (again.getAndSet(false)) {
            told.clear();
        }
        WorldState world = started.model().state();
        Map<String, String> rooms =
                world.locations().stream().collect(Collectors.toMap(Location::id, Location::name, (a, b) -> a));
        Map<String, Device> own = new LinkedHashMap<>();
        world.devices().stream()
                .filter(device -> options.shows(device) && !started.foreign().test(device.id()))
                .forEach(device -> own.put(topics.ids().device(device.id()), device));
        devices = Map.copyOf(own);
        Set<String> now = new TreeSet<>(own.keySet());
        now.add(topics.ids().node());
        if (!now.equals(before)) {
            // What is written down is never less than what the broker has.
            Set<String> both = new TreeSet<>(before);
            both.addAll(now);
            published.write(both);
        }
        before.stream().filter(id -> !now.contains(id)).forEach(this::takeBack);
        tell(topics.config(topics.ids().node()), shown.nodeConfig().toString(), 1);
        tell(
                topics.state(topics.ids().node()),
                shown.nodeState(latency.seconds()).toString(),
                0);
        own.forEach((objectId, device) -> {
            try {
                tell(objectId, device, device.location().map(id -> rooms.getOrDefault(id, id)));
            } catch (RuntimeException e) {
                failed(device.id(), e);
            }
        });
        if (!now.equals(before)) {
            published.write(now);
        }
        return now;
    }

    /** One device of a kind that nobody has thought of must not end the telling of all others. */
    private void failed(String what, RuntimeException e) {
        if (failed.add(what)) {
            LOG.error("Home Assistant could not be told of {}", what, e);
        }
    }

    private void tell(String objectId, Device device, Optional<String> room) {
        Set<String> known = properties.computeIfAbsent(objectId, id -> new TreeSet<>());
        known.addAll(device.state().members().keySet());
        tell(topics.config(objectId), shown.config(device, room, known).toString(), 1);
        tell(topics.state(objectId), Component.of(device).state(device, known).toString(), 0);
    }

    private void tell(String topic, String text, int qos) {
        if (!text.equals(told.get(topic))) {
            link.publish(new MqttMessage(topic, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), qos, true));
            told.put(topic, text);
        }
    }

    private void takeBack(String objectId) {
        properties.remove(objectId);
        for (String topic : List.of(topics.config(objectId), topics.state(objectId))) {
            told.remove(topic);
            link.publish(new MqttMessage(topic, ByteBuffer.allocate(0), 1, true));
        }
    }

    private final class Listener implements MqttListener {
        @Override
        public void message(MqttMessage message) {
            String payload = text(message);
            if (message.topic().equals(topics.birth())) {
                if (payload.equals("online") && !message.retained()) {
                    LOG.info("Home Assistant is there again and is told everything anew");
                    tellAgain();
                }
                return;
            }
            if (message.retained()) {
                // It would be obeyed at each connect.
                LOG.warn("The retained command on {} is not obeyed; delete it from the broker", message.topic());
                return;
            }
            try {
                commands.execute(() -> obey(message.topic(), payload));
            } catch (RejectedExecutionException e) {
                LOG.debug("closed before {} was obeyed", message.topic(), e);
            }
        }

        @Override
        public void subscribed() {
            // The broker may have lost what it had kept.
            tellAgain();
        }
    }

    private void tellAgain() {
        again.set(true);
        changed();
    }

    private static String text(MqttMessage message) {
        ByteBuffer bytes = message.payload();
        if (bytes.remaining() > MOST_BYTES) {
            return "";
        }
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private void obey(String topic, String payload) {
        String[] levels = topic.substring(options.prefix().length() + 1).split("/", -1);
        Device device = devices.get(levels[1]);
        if (!(state instanceof State.Started started) || device == null) {
            // Another node's, most likely.
            LOG.debug("{} is for no device of this node", topic);
            return;
        }
        JsonObject change = Component.of(device).change(levels[3], value(payload));
        if (change.members().isEmpty()) {
            LOG.warn("Home Assistant's command on {} cannot be read and is left out", topic);
            return;
        }
        try {
            started.model().command(device.id(), change);
        } catch (WorldModelException e) {
            LOG.warn("Home Assistant wants \"{}\" to be {}: {}", device.name(), change, e.getMessage());
            // It shows what it asked for until it is told what is so.
            tellAgain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("closed while {} was obeyed", topic);
        } catch (RuntimeException e) {
            LOG.error("Home Assistant's command on {} failed in a way that it should not", topic, e);
            tellAgain();
        }
    }

    private static JsonValue value(String payload) {
        try {
            return Json.parse(payload);
        } catch (JsonException e) {
            LOG.trace("a word", e);
            return new JsonString(payload);
        }
    }

    /** Stops telling. What Home Assistant was told stays; the node's availability says that it is gone. */
    @Override
    public void close() {
        subscriptions.reversed().forEach(Subscription::close);
        commands.shutdownNow();
        thread.interrupt();
        if (state instanceof State.Started started) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // It has been told to end, and nothing holds it up for long.
                Thread.currentThread().interrupt();
            }
            started.turn().close();
        }
    }
}
