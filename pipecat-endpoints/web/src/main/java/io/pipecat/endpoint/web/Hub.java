package io.pipecat.endpoint.web;

import io.pipecat.api.LogSource;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Tells a tab what changes on this node, of what it wants to know. A tab for which nothing changes costs nothing but a sign of life now and then. */
final class Hub implements Chat.Listener {
    private static final Set<String> TOPICS = Set.of("topology", "health", "world", "metrics", "log", "conversation");
    private static final Set<String> USUAL = Set.of("topology", "health", "world", "metrics", "conversation");
    private static final int MOST_WAITING = 1000;

    private final NodeContext context;
    private final Store store;
    private final Streams streams;
    private final NodeReport report;
    private final HealthReport health;
    private final Samples samples;
    private final LogRoutes logs;
    private final Pace pace;
    private final List<Consumer<? super JsonObject>> conversations = new CopyOnWriteArrayList<>();

    Hub(
            NodeContext context,
            Store store,
            Streams streams,
            NodeReport report,
            HealthReport health,
            Samples samples,
            LogRoutes logs,
            Pace pace) {
        this.context = context;
        this.store = store;
        this.streams = streams;
        this.report = report;
        this.health = health;
        this.samples = samples;
        this.logs = logs;
        this.pace = pace;
    }

    Api api() {
        return Api.get(
                        "/api/events",
                        "Follows what changes on this node: "
                                + String.join(", ", TOPICS.stream().sorted().toList()) + ".",
                        this::events)
                .asking("topics", "level", "query")
                .streaming();
    }

    @Override
    public void changed(String id, String change) {
        if (conversations.isEmpty()) {
            return;
        }
        JsonObject.Builder event = JsonObject.builder().put("id", id).put("change", change);
        try {
            store.find(id)
                    .ifPresent(summary -> event.put("title", summary.title()).put("updated", summary.updated()));
        } catch (StoreException e) {
            event.put("title", "");
        }
        JsonObject told = event.build();
        conversations.forEach(listener -> listener.accept(told));
    }

    private Response events(Request request) throws Bodies.Malformed {
        Set<String> topics = new HashSet<>();
        for (String topic : request.query("topics").orElse("").split(",", -1)) {
            if (!topic.isBlank()) {
                topics.add(topic.strip());
            }
        }
        if (topics.isEmpty()) {
            topics.addAll(USUAL);
        }
        if (!TOPICS.containsAll(topics)) {
            topics.removeAll(TOPICS);
            throw new Bodies.Malformed("There is no topic " + String.join(", ", topics) + "; there is "
                    + String.join(", ", TOPICS.stream().sorted().toList()) + ".");
        }
        Predicate<LogSource.Entry> filter = LogRoutes.filter(request);
        return streams.open(out -> new Tab(topics, filter).follow(out));
    }

    /** One reader. */
    private final class Tab {
        private final Set<String> topics;
        private final Predicate<LogSource.Entry> filter;
        private final Devices devices = new Devices();
        private final Deque<String> waiting = new ArrayDeque<>();
        private boolean worldChanged;
        private long worldTold = System.nanoTime();
        private boolean topologyChanged;
        private String healthTold = "";
        private String topologyTold = "";

        Tab(Set<String> topics, Predicate<LogSource.Entry> filter) {
            this.topics = topics;
            this.filter = filter;
        }

        private synchronized void put(String name, JsonValue data) {
            // Who reads so slowly misses the oldest rather than filling the memory.
            if (waiting.size() >= MOST_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(Sse.frame(name, "", data));
            notifyAll();
        }

        private synchronized void changeWorld() {
            worldChanged = true;
            notifyAll();
        }

        private void happened(NodeEvent event) {
            synchronized (this) {
                topologyChanged = true;
            }
            put("node_event", NodeReport.json(event));
        }

        private List<Subscription> subscribe() {
            List<Subscription> all = new ArrayList<>();
            if (topics.contains("topology") || topics.contains("health")) {
                all.add(context.onEvent(this::happened));
            }
            if (topics.contains("world")) {
                context.worldModel().ifPresent(model -> all.add(model.watch("#", change -> changeWorld())));
            }
            if (topics.contains("metrics")) {
                all.add(samples.follow(sample -> put("metrics", sample)));
            }
            if (topics.contains("log")) {
                context.logs()
                        .ifPresent(source -> all.add(source.follow(entry -> {
                            if (filter.test(entry)) {
                                put("log", logs.json(entry));
                            }
                        })));
            }
            if (topics.contains("conversation")) {
                Consumer<JsonObject> listener = event -> put("conversation", event);
                conversations.add(listener);
                all.add(() -> conversations.remove(listener));
            }
            return all;
        }

        void follow(Sse out) throws IOException, InterruptedException {
            List<Subscription> all = subscribe();
            try {
                synchronized (this) {
                    worldChanged = topics.contains("world");
                    worldTold = System.nanoTime() - pace.world().toNanos();
                    topologyChanged = true;
                }
                while (!out.isOver()) {
                    look(out);
                    long alive = streams.alive().toNanos();
                    if (out.quiet() >= alive) {
                        out.alive();
                    }
                    out.flush();
                    await(System.nanoTime() + alive - out.quiet());
                }
            } finally {
                all.forEach(Subscription::close);
            }
        }

        /** Waits for something to tell, or until the reader must be told that all is well. */
        private synchronized void await(long until) throws InterruptedException {
            while (waiting.isEmpty() && !topologyChanged) {
                long now = System.nanoTime();
                long wait = until - now;
                if (worldChanged) {
                    wait = Math.min(wait, worldTold + pace.world().toNanos() - now);
                }
                if (wait <= 0) {
                    return;
                }
                wait(Math.max(1, wait / 1_000_000));
            }
        }

        private void look(Sse out) throws IOException, InterruptedException {
            List<String> frames;
            boolean world;
            boolean topology;
            synchronized (this) {
                frames = List.copyOf(waiting);
                waiting.clear();
                world = worldChanged
                        && System.nanoTime() - worldTold >= pace.world().toNanos();
                if (world) {
                    worldChanged = false;
                    worldTold = System.nanoTime();
                }
                topology = topologyChanged;
                topologyChanged = false;
            }
            for (String frame : frames) {
                out.raw(frame);
            }
            if (world) {
                Optional<JsonObject> news = context.worldModel().flatMap(model -> devices.news(model.state()));
                if (news.isPresent()) {
                    out.event("world", news.get());
                }
            }
            if (topology && topics.contains("topology")) {
                topologyTold = tell("topology", report.topology(), topologyTold, out);
            }
            if (topics.contains("health")) {
                healthTold = tell("health", health.json(), healthTold, out);
            }
        }

        private String tell(String name, JsonArray now, String before, Sse out)
                throws IOException, InterruptedException {
            String text = now.toString();
            if (!text.equals(before)) {
                out.event(name, now);
            }
            return text;
        }
    }
}
