package io.pipecat.homeassistant;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldFeed;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.homeassistant.discovery.ObjectIds;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the devices of some of Home Assistant's areas into the world model and follows their states. One thread keeps the connection, and makes
 * it anew when it ends; commands come from any.
 */
final class Import implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Import.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
    private static final Duration LONGEST_SILENCE = Duration.ofDays(1);
    private static final String TYPE = "type";

    /** Several registries change together when somebody edits; each is told by an event of its own. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private static final List<String> REGISTRY_EVENTS =
            List.of("area_registry_updated", "device_registry_updated", "entity_registry_updated");

    private final NodeContext context;
    private final Settings settings;
    private final List<String> areas;
    private final Predicate<String> own;
    private final Backoff backoff;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .pingInterval(KEEP_ALIVE)
            .followRedirects(false)
            .build();
    private final Thread thread = Thread.ofVirtual().name("home-assistant").unstarted(this::run);

    /** What each device told last, so that what it does not tell any more is taken back. */
    private final Map<String, JsonObject> told = new ConcurrentHashMap<>();

    private volatile @Nullable WorldFeed feed;
    private volatile @Nullable HaConnection connection;
    private volatile boolean fahrenheit;
    private volatile boolean closed;
    private volatile String problem = "was not reached yet";

    /**
     * Prepares.
     *
     * @param areas the areas that are wanted
     * @param backoff how long to wait between attempts
     */
    Import(NodeContext context, List<String> areas, Backoff backoff) {
        this.context = context;
        this.settings = context.settings();
        this.areas = areas;
        this.own = new ObjectIds(context.node().name())::isOwn;
        this.backoff = backoff;
    }

    void start(WorldFeed to) {
        feed = to;
        thread.start();
    }

    /** The ids of the devices that come from Home Assistant. */
    Set<String> devices() {
        return told.keySet();
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            try {
                HaConnection open = connect();
                connection = open;
                try (open) {
                    Session session = new Session(open);
                    session.load();
                    failures = 0;
                    problem = "";
                    LOG.info("{} devices of Home Assistant at {} are here", told.size(), base());
                    session.follow();
                }
            } catch (HaException e) {
                failures = e.isLasting() ? Math.max(failures + 1, 4) : failures + 1;
                fail(e);
            } catch (InterruptedException e) {
                LOG.debug("Home Assistant is followed no more");
                return;
            } catch (RuntimeException e) {
                failures++;
                LOG.error("Following Home Assistant failed in a way that it should not; it is begun anew", e);
            } finally {
                connection = null;
            }
            if (!waited(backoff.after(Math.max(1, failures)))) {
                return;
            }
        }
    }

    private static boolean waited(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            LOG.debug("closed while waiting for Home Assistant");
            return false;
        }
    }

    /** Tells the same thing once, however often it is tried. */
    private void fail(HaException e) {
        String now = String.valueOf(e.getMessage());
        if (!now.equals(problem) && !closed) {
            context.publish(new NodeEvent.Degraded(
                    context.clock().instant(),
                    "world-model",
                    "Home Assistant at " + base() + " " + now
                            + "; the states of its devices are those known last, and it is tried again."));
        }
        problem = now;
    }

    private HaConnection connect() throws HaException, InterruptedException {
        Secret token = settings.find(HomeAssistantSettings.TOKEN)
                .orElseThrow(() -> new HaException("wants a token and none is set: set ha_token", true, null));
        HttpUrl url = HttpUrl.get(base() + "/api/websocket");
        return HaConnection.open(client, url, token, timeout());
    }

    private Duration timeout() {
        return settings.get(HomeAssistantSettings.TIMEOUT);
    }

    private String base() {
        return settings.find(HomeAssistantSettings.URL)
                .map(URI::toString)
                .orElse("(ha_url is not set)")
                .replaceFirst("(/api)?/*$", "");
    }

    /** What is done on one connection, on the thread that reads it. */
    private final class Session {
        private final HaConnection open;
        /** So that the same fault is not logged with each change. */
        private final Set<String> failed = new HashSet<>();

        private boolean current;
        private boolean registryChanged;
        private long changedAt;

        Session(HaConnection open) {
            this.open = open;
        }

        void load() throws HaException, InterruptedException {
            JsonObject config = ask("get_config") instanceof JsonObject object ? object : JsonObject.EMPTY;
            fahrenheit = config.object("unit_system")
                    .flatMap(units -> units.string("temperature"))
                    .filter(unit -> unit.contains("F"))
                    .isPresent();
            subscribe("state_changed");
            for (String event : REGISTRY_EVENTS) {
                subscribe(event);
            }
            define();
        }

        private JsonValue ask(String type) throws HaException, InterruptedException {
            return open.ask(JsonObject.of(TYPE, type), timeout(), this::take);
        }

        private void subscribe(String event) throws HaException, InterruptedException {
            JsonObject command = JsonObject.builder()
                    .put(TYPE, "subscribe_events")
                    .put("event_type", event)
                    .build();
            open.ask(command, timeout(), this::take);
        }

        private void define() throws HaException, InterruptedException {
            registryChanged = false;
            Registry registry = Registry.of(
                    ask("config/area_registry/list"),
                    ask("config/device_registry/list"),
                    ask("config/entity_registry/list"),
                    areas,
                    own);
            // What changes until the answer is in the answer; what changes after it comes after it.
            current = false;
            List<Device> devices = new ArrayList<>();
            for (JsonObject json : Registry.objects(ask("get_states"))) {
                guarded(
                        json,
                        () -> Entity.of(json, fahrenheit)
                                .filter(entity -> registry.isWanted(entity.id()))
                                .map(registry::device)
                                .ifPresent(devices::add));
            }
            Map<String, JsonObject> before = Map.copyOf(told);
            told.keySet().retainAll(devices.stream().map(Device::id).collect(Collectors.toSet()));
            devices.forEach(device -> told.put(device.id(), device.state()));
            // A definition says what is known, not what is known no more.
            devices.forEach(device -> takeBack(device.id(), before.get(device.id()), device.state()));
            feed().define(registry.locations(devices), devices);
            current = true;
            registry.missing().forEach(remark -> LOG.warn("{}", remark));
        }

        void follow() throws HaException, InterruptedException {
            while (true) {
                open.next(registryChanged ? QUIET.minusNanos(System.nanoTime() - changedAt) : LONGEST_SILENCE)
                        .ifPresent(this::take);
                if (registryChanged && System.nanoTime() - changedAt >= QUIET.toNanos()) {
                    define();
                }
            }
        }

        private void take(JsonObject said) {
            JsonObject event = said.object("event").orElse(JsonObject.EMPTY);
            String type = event.string("event_type").orElse("");
            if (REGISTRY_EVENTS.contains(type)) {
                registryChanges();
            } else if (type.equals("state_changed") && current) {
                event.object("data").ifPresent(data -> guarded(data, () -> changed(data)));
            }
        }

        /** One entity of a kind that nobody has thought of must not end what is done for all others. */
        private void guarded(JsonObject about, Runnable action) {
            try {
                action.run();
            } catch (RuntimeException e) {
                String id = about.string("entity_id").orElse("an entity");
                if (failed.add(id)) {
                    LOG.error("What Home Assistant tells of {} cannot be taken in, and is left out", id, e);
                }
            }
        }

        private void changed(JsonObject data) {
            String id = data.string("entity_id").orElse("");
            if (told.containsKey(id)) {
                // Without a new state the entity is gone, which the registry tells as well.
                JsonObject now = data.object("new_state")
                        .flatMap(json -> Entity.of(json, fahrenheit))
                        .map(Entity::properties)
                        .orElse(JsonObject.EMPTY);
                JsonObject before = told.put(id, now);
                feed().observe(id, now);
                takeBack(id, before, now);
            } else if (Entity.isDevice(id) && data.object("old_state").isEmpty()) {
                // Entities that are not in the registry appear without its saying so.
                registryChanges();
            }
        }

        private void registryChanges() {
            if (!registryChanged) {
                registryChanged = true;
                changedAt = System.nanoTime();
            }
        }

        private void takeBack(String id, @Nullable JsonObject before, JsonObject now) {
            if (before == null) {
                return;
            }
            JsonObject.Builder gone = JsonObject.builder();
            before.members().keySet().stream()
                    .filter(property -> !now.has(property))
                    .forEach(property -> gone.put(property, JsonNull.NULL));
            JsonObject unknown = gone.build();
            if (!unknown.members().isEmpty()) {
                feed().observe(id, unknown);
            }
        }
    }

    private WorldFeed feed() {
        WorldFeed to = feed;
        if (to == null) {
            throw new IllegalStateException("not started");
        }
        return to;
    }

    /** Calls the services that bring a change about. */
    void command(Device device, JsonObject change) throws WorldModelException, InterruptedException {
        List<JsonObject> calls = ServiceCalls.of(device.id(), device.name(), fahrenheit, change);
        HaConnection open = connection;
        if (open == null || !told.containsKey(device.id())) {
            throw new WorldModelException(
                    "\"" + device.name() + "\" is Home Assistant's, which at " + base() + " "
                            + (problem.isEmpty() ? "does not have it any more" : problem) + ".",
                    null);
        }
        for (JsonObject call : calls) {
            try {
                open.call(call, timeout());
            } catch (HaException e) {
                throw new WorldModelException(
                        "Home Assistant at " + base() + " was asked for \"" + device.name() + "\" to be " + change
                                + ", and " + e.getMessage() + ".",
                        e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        HaConnection open = connection;
        if (open != null) {
            open.close();
        }
        if (feed != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // It has been told to end, and nothing holds it up for long.
                Thread.currentThread().interrupt();
            }
        }
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
