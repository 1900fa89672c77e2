package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node with a link, as a test wants it. */
record Links(TestNode node, MqttLink link) implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The settings alternate: name, value. */
    static Links open(Path stateDir, int port, String... settings) throws SettingsException, IOException {
        Map<String, String> all = new HashMap<>(Map.of("mqtt_host", "127.0.0.1", "mqtt_port", String.valueOf(port)));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        TestNode node = TestNode.builder()
                .settings(all)
                .stateDir(stateDir)
                .clock(Clock.systemUTC())
                .build();
        // Nodes of tests all have the same instance id, from which it would be drawn.
        Path id = stateDir.resolve("mqtt-client-id");
        if (!Files.exists(id)) {
            Files.writeString(id, String.format("%08x", stateDir.hashCode()));
        }
        return new Links(node, new HiveMqProvider().open(node));
    }

    Links awaitConnected() {
        Await.until(() -> "connected, but " + messages(), PATIENCE, link::connected);
        return this;
    }

    Links awaitDisconnected() {
        Await.until("disconnected", PATIENCE, () -> !link.connected());
        return this;
    }

    static String clientId(Path stateDir) {
        return String.format("pipecat-test-%08x", stateDir.hashCode());
    }

    void publish(String topic, String payload, int qos, boolean retained) {
        link.publish(new MqttMessage(topic, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), qos, retained));
    }

    List<String> messages() {
        return node.events().stream().map(NodeEvent::message).toList();
    }

    String awaitMessage(String part) {
        Await.until(
                () -> "an event with '" + part + "' among " + messages(),
                PATIENCE,
                () -> messages().stream().anyMatch(text -> text.contains(part)));
        return messages().stream()
                .filter(text -> text.contains(part))
                .findFirst()
                .orElseThrow();
    }

    long dropped(String reason) {
        return node.metrics().counted("pipecat_mqtt_dropped_total", Map.of("reason", reason));
    }

    long counted(String what) {
        return node.metrics().counted("pipecat_mqtt_" + what + "_total", Map.of());
    }

    @Override
    public void close() {
        link.close();
    }
}
