package io.pipecat.homeassistant;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * Plays what is documented of Home Assistant's WebSocket API: the log-in, the registries, the states, the events, and services that change
 * states. It is not Home Assistant; what is not on that page is not held by these tests.
 */
final class FakeHomeAssistant implements AutoCloseable {
    static final String TOKEN = "the-token";

    private final MockWebServer server = new MockWebServer();
    private final Map<WebSocket, Map<String, Integer>> sockets = new LinkedHashMap<>();
    private final Map<String, JsonObject> states = new LinkedHashMap<>();
    private final List<JsonObject> areas = new ArrayList<>();
    private final List<JsonObject> devices = new ArrayList<>();
    private final List<JsonObject> entities = new ArrayList<>();
    private String unit = "°C";

    final AtomicInteger connections = new AtomicInteger();
    final List<JsonObject> calls = new CopyOnWriteArrayList<>();

    /** What a service call is refused with; nothing for none. */
    volatile Optional<String> refusal = Optional.empty();

    /** Whether service calls are left unanswered. */
    volatile boolean mute;

    /** What answers in place of a WebSocket; 0 for nothing. */
    volatile int status;

    /** Done right before the states are sent, and right after. */
    volatile Runnable beforeStates = () -> {};

    volatile Runnable afterStates = () -> {};

    FakeHomeAssistant() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return status > 0 || !request.getTarget().equals("/api/websocket")
                        ? new MockResponse.Builder().code(Math.max(status, 404)).build()
                        : new MockResponse.Builder()
                                .webSocketUpgrade(new Side())
                                .build();
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return server.url("/").toString();
    }

    synchronized void fahrenheit() {
        unit = "°F";
    }

    synchronized FakeHomeAssistant area(String id, String name) {
        areas.add(json("{'area_id':'%s','name':'%s','aliases':[],'floor_id':null}".formatted(id, name)));
        return this;
    }

    synchronized FakeHomeAssistant device(String id, String area) {
        devices.add(json("{'id':'%s','area_id':'%s','name':'a device'}".formatted(id, area)));
        return this;
    }

    /** Adds an entity to the registry, with further members as JSON with single quotes. */
    synchronized FakeHomeAssistant entity(String id, String members) {
        entities.removeIf(entity -> entity.string("entity_id").equals(Optional.of(id)));
        JsonObject.Builder entity = json("{'area_id':null,'device_id':null,'disabled_by':null,'hidden_by':null,"
                        + "'entity_category':null,'platform':'demo'}")
                .toBuilder()
                .put("entity_id", id)
                .put("unique_id", id);
        json("{" + members + "}").members().forEach(entity::put);
        entities.add(entity.build());
        return this;
    }

    /** Gives an entity a state, and tells those who listen. */
    synchronized FakeHomeAssistant state(String id, String state, String attributes) {
        JsonObject now = JsonObject.builder()
                .put("entity_id", id)
                .put("state", state)
                .put("attributes", json("{" + attributes + "}"))
                .build();
        JsonValue before = Optional.<JsonValue>ofNullable(states.put(id, now)).orElse(JsonNull.NULL);
        stateChanged(id, before, now);
        return this;
    }

    synchronized void remove(String id) {
        entities.removeIf(entity -> entity.string("entity_id").equals(Optional.of(id)));
        JsonObject before = states.remove(id);
        stateChanged(id, before, JsonNull.NULL);
        event("entity_registry_updated", json("{'action':'remove','entity_id':'%s'}".formatted(id)));
    }

    private void stateChanged(String id, JsonValue before, JsonValue now) {
        event(
                "state_changed",
                JsonObject.builder()
                        .put("entity_id", id)
                        .put("old_state", before)
                        .put("new_state", now)
                        .build());
    }

    synchronized void event(String type, JsonObject data) {
        sockets.forEach((socket, subscriptions) -> {
            Integer id = subscriptions.get(type);
            if (id != null) {
                socket.send(JsonObject.builder()
                        .put("id", id)
                        .put("type", "event")
                        .put(
                                "event",
                                JsonObject.builder()
                                        .put("event_type", type)
                                        .put("data", data)
                                        .build())
                        .build()
                        .toString());
            }
        });
    }

    /** Says something that no API has. */
    synchronized void say(String text) {
        sockets.keySet().forEach(socket -> socket.send(text));
    }

    synchronized void hangUp() {
        List.copyOf(sockets.keySet()).forEach(socket -> socket.close(1001, "going away"));
        sockets.clear();
    }

    static JsonObject json(String text) {
        try {
            return Json.parseObject(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private final class Side extends WebSocketListener {
        private boolean known;

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            connections.incrementAndGet();
            webSocket.send("{\"type\":\"auth_required\",\"ha_version\":\"2026.11.0\"}");
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            JsonObject said = json(text.replace("'", "\\u0027"));
            if (!known) {
                known = said.string("access_token").equals(Optional.of(TOKEN));
                webSocket.send(known ? "{\"type\":\"auth_ok\"}" : "{\"type\":\"auth_invalid\",\"message\":\"no\"}");
                return;
            }
            int id = said.number("id").orElseThrow().toInt();
            switch (said.string("type").orElseThrow()) {
                case "get_config" ->
                    result(webSocket, id, json("{'unit_system':{'temperature':'%s'}}".formatted(unit)));
                case "config/area_registry/list" -> result(webSocket, id, copy(areas));
                case "config/device_registry/list" -> result(webSocket, id, copy(devices));
                case "config/entity_registry/list" -> result(webSocket, id, copy(entities));
                case "get_states" -> {
                    beforeStates.run();
                    synchronized (FakeHomeAssistant.this) {
                        result(webSocket, id, new JsonArray(List.copyOf(states.values())));
                    }
                    afterStates.run();
                }
                case "subscribe_events" -> {
                    synchronized (FakeHomeAssistant.this) {
                        sockets.computeIfAbsent(webSocket, s -> new LinkedHashMap<>())
                                .put(said.string("event_type").orElseThrow(), id);
                    }
                    result(webSocket, id, JsonNull.NULL);
                }
                case "call_service" -> called(webSocket, id, said);
                default -> throw new IllegalStateException(text);
            }
        }

        private void called(WebSocket webSocket, int id, JsonObject said) {
            calls.add(said);
            if (mute) {
                return;
            }
            if (refusal.isPresent()) {
                webSocket.send(
                        json("{'id':%d,'type':'result','success':false,'error':{'code':'not_found','message':'%s'}}"
                                        .formatted(id, refusal.get()))
                                .toString());
                return;
            }
            String entity =
                    said.object("target").orElseThrow().string("entity_id").orElseThrow();
            switch (said.string("service").orElseThrow()) {
                case "turn_on" -> state(entity, "on", "'friendly_name':'Lamp','brightness':102");
                case "turn_off" -> state(entity, "off", "'friendly_name':'Lamp','brightness':null");
                default -> {}
            }
            result(webSocket, id, JsonObject.EMPTY);
        }

        private JsonArray copy(List<JsonObject> list) {
            synchronized (FakeHomeAssistant.this) {
                return new JsonArray(List.copyOf(list));
            }
        }

        private void result(WebSocket webSocket, int id, JsonValue result) {
            webSocket.send(JsonObject.builder()
                    .put("id", id)
                    .put("type", "result")
                    .put("success", true)
                    .put("result", result)
                    .build()
                    .toString());
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            webSocket.close(code, null);
        }
    }

    @Override
    public void close() {
        hangUp();
        server.close();
    }
}
