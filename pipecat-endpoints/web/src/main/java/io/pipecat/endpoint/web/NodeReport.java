package io.pipecat.endpoint.web;

import io.pipecat.agent.AgentSettings;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What this node is and how it is wired, for a person. */
final class NodeReport implements AutoCloseable {
    private static final int EVENTS = 50;

    private final NodeContext context;
    private final HealthReport health;
    private final Instant started;
    private final Instant startedSteadily;
    private final Deque<JsonObject> events = new ArrayDeque<>();
    private final Subscription listening;

    NodeReport(NodeContext context, HealthReport health) {
        this.context = context;
        this.health = health;
        this.started = context.clock().instant();
        this.startedSteadily = context.steadyClock().instant();
        this.listening = context.onEvent(this::remember);
    }

    private void remember(NodeEvent event) {
        synchronized (events) {
            if (events.size() >= EVENTS) {
                events.removeLast();
            }
            events.addFirst(json(event));
        }
    }

    static JsonObject json(NodeEvent event) {
        String kind = switch (event) {
            case NodeEvent.RoleSwitched switched -> "role_switched";
            case NodeEvent.SettingChanged changed -> "setting_changed";
            case NodeEvent.Degraded degraded -> "degraded";
        };
        return JsonObject.builder()
                .put("time", event.time().toString())
                .put("message", event.message())
                .put("kind", kind)
                .build();
    }

    JsonObject json() {
        List<JsonObject> happened;
        synchronized (events) {
            happened = List.copyOf(events);
        }
        var node = context.node();
        return JsonObject.builder()
                .put("name", node.name())
                .put("instance", node.instanceId())
                .put("version", node.version())
                .put(
                        "tier",
                        node.tier()
                                .<JsonValue>map(
                                        tier -> new JsonString(tier.name().toLowerCase(Locale.ROOT)))
                                .orElse(JsonNull.NULL))
                .put("mode", node.mode().name().toLowerCase(Locale.ROOT))
                .put("started", started.toString())
                .put(
                        "uptime_seconds",
                        Duration.between(startedSteadily, context.steadyClock().instant())
                                .toSeconds())
                .put("java", Runtime.version().toString())
                .put("model", context.llm().description())
                .put("context_tokens", context.llm().contextTokens())
                .put("topology", topology())
                .put("health", health.json())
                .put("tools", tools())
                .put(
                        "features",
                        JsonObject.builder()
                                .put("world", context.worldModel().isPresent())
                                .put("logs", context.logs().isPresent())
                                .build())
                .put(
                        "approval_mode",
                        context.settings()
                                .get(AgentSettings.APPROVAL_MODE)
                                .name()
                                .toLowerCase(Locale.ROOT))
                .put("events", new JsonArray(List.copyOf(happened)))
                .build();
    }

    JsonArray topology() {
        List<JsonValue> roles = new ArrayList<>();
        for (Topology.Role role : context.topology().roles()) {
            roles.add(JsonObject.builder()
                    .put("role", role.role())
                    .put("implementation", role.implementation())
                    .put("detail", role.detail())
                    .put("jar", role.module())
                    .put("why", role.reason())
                    .put("others", JsonArray.ofStrings(role.others()))
                    .build());
        }
        return new JsonArray(roles);
    }

    private JsonArray tools() {
        return new JsonArray(
                context.tools().tools().stream().map(NodeReport::tool).toList());
    }

    private static JsonValue tool(Tool tool) {
        List<JsonValue> methods = tool.spec().methods().stream()
                .<JsonValue>map(method -> JsonObject.builder()
                        .put("name", method.name())
                        .put("description", method.description())
                        .put("sensitive", method.sensitive())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("name", tool.spec().name())
                .put("description", tool.spec().description())
                .put("placement", tool.spec().placement().name().toLowerCase(Locale.ROOT))
                .put("methods", new JsonArray(methods))
                .build();
    }

    @Override
    public void close() {
        listening.close();
    }
}
