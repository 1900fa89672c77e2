package io.pipecat.worldmodel.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.Subscription;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.api.mqtt.MqttProvider;
import io.pipecat.testkit.Mosquitto;
import io.pipecat.testkit.MosquittoSubscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The link with a real broker that is there. */
class LinkTest {
    @TempDir
    Path folder;

    @TempDir
    Path stateDir;

    private Mosquitto broker;

    @BeforeEach
    void start() {
        broker = Mosquitto.in(folder).start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private Links open(String version) throws Exception {
        return Links.open(stateDir, broker.port(), "mqtt_version", version).awaitConnected();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertTrue(ServiceLoader.load(MqttProvider.class).stream()
                .anyMatch(provider -> provider.type() == HiveMqProvider.class));
    }

    @ParameterizedTest
    @CsvSource({"auto, MQTT 5, p5", "5, MQTT 5, p5", "3.1.1, MQTT 3.1.1, p2"})
    void speaksTheVersionThatIsAskedFor(String version, String said, String logged) throws Exception {
        try (Links links = open(version)) {
            assertEquals(
                    "mqtt://127.0.0.1:" + broker.port() + " (" + said + ")",
                    links.link().description());
            assertTrue(broker.log().contains("as " + Links.clientId(stateDir) + " (" + logged), broker.log());
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "5, 1", "5, 2", "3.1.1, 0", "3.1.1, 1", "3.1.1, 2"})
    void carriesMessagesBothWays(String version, int qos) throws Exception {
        try (MosquittoSubscriber outside = broker.subscribe("house/#", "-q", "2");
                Links links =
                        Links.open(stateDir, broker.port(), "mqtt_version", version, "mqtt_qos", String.valueOf(qos))) {
            Recorder inside = new Recorder();
            links.link().subscribe(List.of("garden/#"), inside);
            inside.awaitSubscribed(1);
            broker.publish("garden/gate", "open", "-q", String.valueOf(qos));
            inside.await("garden/gate open");
            links.publish("house/lamp", "on", qos, false);
            outside.await("house/lamp on");
            links.publish("house/lamp", "", qos, false);
            links.publish("/house//ünïcode/", "x", qos, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void doesNotHearItself(String version) throws Exception {
        try (Links links = open(version)) {
            Recorder all = new Recorder();
            links.link().subscribe(List.of("#"), all);
            all.awaitSubscribed(1);
            for (int i = 0; i < 20; i++) {
                links.publish("house/lamp", i % 2 == 0 ? "on" : "off", 0, true);
            }
            links.publish("house/end", "now", 0, false);
            broker.publish("house/lamp", "broken");
            all.await("house/lamp broken");
            assertEquals(List.of("subscribed", "house/lamp broken"), all.heard);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void bringsWhatTheBrokerKeptAfterTheConfirmation(String version) throws Exception {
        broker.publish("house/lamp", "on", "-r");
        try (Links links = open(version)) {
            Recorder all = new Recorder();
            links.link().subscribe(List.of("house/#"), all);
            all.await("house/lamp on (kept)");
            assertEquals("subscribed", all.heard.getFirst());
            Recorder late = new Recorder();
            links.link().subscribe(List.of("house/lamp"), late);
            late.await("house/lamp on (kept)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void bringsAMessageOnceHoweverManyFiltersItMatches(String version) throws Exception {
        try (Links links = open(version)) {
            Recorder both = new Recorder();
            Recorder wide = new Recorder();
            links.link().subscribe(List.of("house/+/state", "house/kitchen/#"), both);
            links.link().subscribe(List.of("#"), wide);
            both.awaitSubscribed(1);
            wide.awaitSubscribed(1);
            broker.publish("house/kitchen/state", "warm");
            broker.publish("house/hall/light", "on");
            broker.publish("house/kitchen/end", "x");
            both.await("house/kitchen/end x");
            wide.await("house/kitchen/end x");
            assertEquals(1, both.count("house/kitchen/state warm"), both.heard::toString);
            assertEquals(0, both.count("house/hall/light on"), both.heard::toString);
            assertEquals(1, wide.count("house/kitchen/state warm"), wide.heard::toString);
        }
    }

    @Test
    void closingASubscriptionEndsItForThatListenerAlone() throws Exception {
        try (Links links = open("5")) {
            Recorder first = new Recorder();
            Recorder second = new Recorder();
            Subscription wide = links.link().subscribe(List.of("#"), first);
            links.link().subscribe(List.of("house/#"), second);
            first.awaitSubscribed(1);
            second.awaitSubscribed(1);
            wide.close();
            wide.close();
            broker.publish("garden/gate", "open");
            broker.publish("house/lamp", "on");
            second.await("house/lamp on");
            assertEquals(List.of("subscribed"), first.heard);
            // The narrower filter is asked for before the wider one is given up, so that nothing is missed in between.
            assertEquals(
                    List.of("subscribed", "house/lamp on"),
                    second.heard.stream().distinct().toList());
        }
    }

    @Test
    void aListenerThatFailsOrIsSlowDoesNotHarmOthers() throws Exception {
        try (Links links = open("5")) {
            CountDownLatch release = new CountDownLatch(1);
            links.link().subscribe(List.of("#"), message -> {
                if (message.topic().equals("house/slow")) {
                    try {
                        release.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                throw new IllegalStateException("on purpose");
            });
            Recorder other = new Recorder();
            links.link().subscribe(List.of("#"), other);
            other.awaitSubscribed(1);
            broker.publish("house/slow", "1");
            for (int i = 0; i < 5; i++) {
                broker.publish("house/many", String.valueOf(i));
            }
            release.countDown();
            other.await("house/many 4");
            assertEquals(
                    List.of(
                            "subscribed",
                            "house/slow 1",
                            "house/many 0",
                            "house/many 1",
                            "house/many 2",
                            "house/many 3",
                            "house/many 4"),
                    other.heard);
        }
    }

    @Test
    void tellsThatTheNodeIsThereAndThatItIsGone() throws Exception {
        try (MosquittoSubscriber outside = broker.subscribe("pipecat/#")) {
            Links links = open("5");
            outside.await("pipecat/test/availability online");
            links.close();
            outside.await("pipecat/test/availability offline");
        }
        try (MosquittoSubscriber later = broker.subscribe("pipecat/#")) {
            later.await("pipecat/test/availability offline");
        }
    }

    @Test
    void takesLargeAndOddPayloads() throws Exception {
        try (Links links = open("auto")) {
            List<Integer> sizes = new ArrayList<>();
            CountDownLatch large = new CountDownLatch(2);
            links.link().subscribe(List.of("#"), new MqttListener() {
                @Override
                public void message(MqttMessage message) {
                    sizes.add(message.payload().remaining());
                    large.countDown();
                }

                @Override
                public void subscribed() {
                    sizes.add(-1);
                }
            });
            Path file = folder.resolve("large");
            byte[] bytes = new byte[10 << 20];
            bytes[17] = (byte) 0xff;
            Files.write(file, bytes);
            broker.publish("house/camera", file, "-r");
            broker.publish("/", "");
            assertTrue(large.await(20, TimeUnit.SECONDS));
            assertTrue(sizes.containsAll(List.of(10 << 20, 0)), sizes::toString);
        }
    }

    @Test
    void refusesWhatIsNoFilterAndCountsWhatIsNoTopic() throws Exception {
        try (Links links = open("auto")) {
            MqttLink link = links.link();
            Recorder nobody = new Recorder();
            for (String filter : List.of("", "a/#/b", "a+", "#b", "\0")) {
                assertThrows(IllegalArgumentException.class, () -> link.subscribe(List.of(filter), nobody), filter);
            }
            List<String> topics = List.of("", "a/#", "+", "x\0", "x".repeat(70_000), "\ud800");
            topics.forEach(topic -> links.publish(topic, "x", 0, false));
            assertEquals(topics.size(), links.dropped("invalid"));
            assertTrue(link.connected());
        }
    }

    @Test
    void aSecondProcessOnTheSameFolderDoesNotThrowTheNodeOut() throws Exception {
        try (MosquittoSubscriber outside = broker.subscribe("pipecat/#");
                Links node = open("5")) {
            outside.await("pipecat/test/availability online");
            try (Links command = open("5")) {
                command.publish("pipecat/x", "y", 0, false);
                outside.await("pipecat/x y");
            }
            node.publish("pipecat/still", "here", 0, false);
            outside.await("pipecat/still here");
            assertFalse(
                    outside.lines().contains("pipecat/test/availability offline"),
                    () -> outside.lines().toString());
            assertEquals(List.of(), node.messages());
        }
    }
}
