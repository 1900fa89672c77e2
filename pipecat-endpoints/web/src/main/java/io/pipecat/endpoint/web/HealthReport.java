package io.pipecat.endpoint.web;

import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.world.WorldModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How what the node leans on is. Asking the model may take long, so it is asked on a thread of its own, at most every so often and only
 * while somebody wants to know; until it has answered, what it said last holds.
 */
final class HealthReport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReport.class);
    private static final Duration OLD_WORLD = Duration.ofSeconds(30);

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);

    private record Item(String name, String state, String detail) {
        JsonObject json() {
            return JsonObject.builder()
                    .put("name", name)
                    .put("state", state)
                    .put("detail", detail)
                    .build();
        }
    }

    private final NodeContext context;
    private final long freshNanos;
    private Item model = new Item("llm", "unknown", "not asked yet");
    private boolean asked;
    private boolean answered;
    private long askedAt;
    private Optional<Thread> asking = Optional.empty();

    HealthReport(NodeContext context, Duration fresh) {
        this.context = context;
        this.freshNanos = fresh.toNanos();
    }

    JsonArray json() {
        List<JsonValue> items = new ArrayList<>();
        items.add(model().json());
        broker().ifPresent(item -> items.add(item.json()));
        house().ifPresent(item -> items.add(item.json()));
        return new JsonArray(items);
    }

    private synchronized Item model() {
        long now = System.nanoTime();
        if ((!asked || now - askedAt > freshNanos) && asking.isEmpty()) {
            asked = true;
            askedAt = now;
            asking = Optional.of(Thread.ofVirtual().name("web-health").start(this::ask));
        }
        try {
            // The first who asks should not be told for long that nothing is known; a model that answers at once is.
            long until = now + FIRST_WAIT.toNanos();
            while (!answered && asking.isPresent() && until - System.nanoTime() > 1_000_000) {
                wait((until - System.nanoTime()) / 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return model;
    }

    private void ask() {
        Item found = new Item("llm", "unknown", "the check was interrupted");
        try {
            context.llm().check();
            found = new Item("llm", "ok", context.llm().description());
        } catch (LLMException e) {
            found = new Item("llm", "down", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            LOG.debug("The node stops while its model is asked", e);
        } catch (RuntimeException e) {
            LOG.warn("Asking the model how it is failed", e);
            found = new Item("llm", "down", "asking it failed: " + e);
        }
        synchronized (this) {
            model = found;
            answered = true;
            asking = Optional.empty();
            notifyAll();
        }
    }

    private Optional<Item> broker() {
        return context.mqtt()
                .map(MqttLink::connected)
                .map(up -> up
                        ? new Item("mqtt", "ok", "connected")
                        : new Item(
                                "mqtt",
                                "down",
                                "the broker cannot be reached (mqtt_host); the link is tried again by itself"));
    }

    private Optional<Item> house() {
        return context.worldModel().map(WorldModel::state).map(state -> {
            Duration age = Duration.between(state.asOf(), context.clock().instant());
            return age.compareTo(OLD_WORLD) > 0
                    ? new Item("world-model", "degraded", "what is known of the house is " + age.toSeconds() + " s old")
                    : new Item("world-model", "ok", state.devices().size() + " devices");
        });
    }

    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            running = asking;
        }
        running.ifPresent(Thread::interrupt);
    }
}
