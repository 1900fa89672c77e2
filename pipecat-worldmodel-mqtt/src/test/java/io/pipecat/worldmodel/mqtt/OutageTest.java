package io.pipecat.worldmodel.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Await;
import io.pipecat.testkit.Mosquitto;
import io.pipecat.testkit.MosquittoSubscriber;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The link with a broker that comes and goes. */
class OutageTest {
    @TempDir
    Path folder;

    @TempDir
    Path stateDir;

    @ParameterizedTest
    @ValueSource(strings = {"auto", "3.1.1"})
    void waitsForABrokerThatIsNotThereYet(String version) throws Exception {
        int port = Mosquitto.freePort();
        try (Links links = Links.open(stateDir, port, "mqtt_version", version)) {
            Recorder all = new Recorder();
            links.link().subscribe(List.of("house/#"), all);
            links.publish("house/lamp", "off", 0, true);
            links.publish("house/lamp", "on", 0, true);
            links.publish("house/bell", "rings", 1, false);
            String told = links.awaitMessage("connection refused");
            assertEquals(
                    "The MQTT broker mqtt://127.0.0.1:" + port
                            + " (mqtt_host) cannot be reached: nothing listens there (connection refused). It is tried"
                            + " again; what is to be published waits.",
                    told);
            assertEquals(0, links.node().metrics().shown("pipecat_mqtt_connected", Map.of()));
            try (Mosquitto broker = Mosquitto.in(folder).port(port).start()) {
                links.awaitConnected();
                all.awaitSubscribed(1);
                links.awaitMessage("is there now");
                try (MosquittoSubscriber outside = broker.subscribe("house/#")) {
                    outside.await("house/lamp on");
                }
                assertEquals(1, links.dropped("superseded"));
                // What waited went first, so it did not come back as something that was kept.
                assertEquals(List.of("subscribed"), all.heard);
                assertEquals(1, links.messages().stream().filter(told::equals).count());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "3.1.1"})
    void survivesARestart(String version) throws Exception {
        try (Mosquitto broker = Mosquitto.in(folder).start();
                Links links = Links.open(stateDir, broker.port(), "mqtt_version", version)
                        .awaitConnected()) {
            Recorder all = new Recorder();
            links.link().subscribe(List.of("#"), all);
            all.awaitSubscribed(1);
            broker.stop();
            links.awaitDisconnected();
            for (int i = 0; i < 100; i++) {
                links.publish("house/lamp", String.valueOf(i), 0, true);
            }
            assertEquals(1.0, links.node().metrics().shown("pipecat_mqtt_waiting", Map.of()));
            broker.start();
            all.awaitSubscribed(2);
            try (MosquittoSubscriber outside = broker.subscribe("#")) {
                outside.await("house/lamp 99");
                outside.await("pipecat/test/availability online");
            }
            broker.publish("house/door", "open");
            all.await("house/door open");
            assertEquals(List.of("subscribed", "disconnected", "subscribed", "house/door open"), all.heard);
            assertEquals(2, links.counted("connects"));
            links.awaitMessage("is there again");
        }
    }

    @Test
    void publishesWhatTheBrokerHadNotConfirmed() throws Exception {
        try (Mosquitto broker =
                        Mosquitto.in(folder).option("max_queued_messages 0").start();
                Links links = Links.open(stateDir, broker.port()).awaitConnected()) {
            broker.pause();
            for (int i = 0; i < 3_000; i++) {
                links.publish("house/" + i, "value", 1, true);
            }
            // Gone without a word, as by a power cut; what it had read is lost with it.
            broker.kill();
            broker.start();
            Await.until("confirmed", Links.PATIENCE, () -> links.counted("published") >= 3_000);
            try (MosquittoSubscriber outside = broker.subscribe("house/#", "-q", "1")) {
                Await.until(
                        "all topics",
                        Links.PATIENCE,
                        () -> outside.lines().stream()
                                        .filter(line -> line.startsWith("house/"))
                                        .distinct()
                                        .count()
                                == 3_000);
            }
        }
    }

    @Test
    void theBrokerTellsThatANodeIsGoneWithoutAWord() throws Exception {
        try (Mosquitto broker = Mosquitto.in(folder).start();
                MosquittoSubscriber outside = broker.subscribe("pipecat/#");
                // A name that the broker lets in only once, so the one who comes later throws the earlier one out.
                Links links = Links.open(stateDir, broker.port()).awaitConnected()) {
            outside.await("pipecat/test/availability online");
            try (MosquittoSubscriber rival = broker.subscribe("x", "-i", Links.clientId(stateDir))) {
                outside.await("pipecat/test/availability offline");
                String told = links.awaitMessage("Client id");
                assertTrue(told.contains("may have let somebody else in by the same client id"), told);
                assertTrue(told.contains("delete " + stateDir.resolve("mqtt-client-id")), told);
                assertFalse(links.link().connected());
                assertEquals(2, links.messages().size(), links.messages()::toString);
                assertFalse(rival.lines().isEmpty());
            }
        }
    }

    @Test
    void takesAFloodOfKeptMessages() throws Exception {
        int topics = 20_000;
        try (Mosquitto broker =
                        Mosquitto.in(folder).option("max_queued_messages 0").start();
                Links publisher = Links.open(folder, broker.port()).awaitConnected()) {
            for (int i = 0; i < topics; i++) {
                publisher.publish("flood/" + i, "value " + i, 1, true);
                if (i % 5_000 == 0) {
                    int sent = i;
                    Await.until("published " + sent, Links.PATIENCE, () -> publisher.counted("published") > sent);
                }
            }
            Await.until("published", Links.PATIENCE, () -> publisher.counted("published") > topics);
            try (Links links =
                    Links.open(stateDir, broker.port(), "mqtt_qos", "1").awaitConnected()) {
                AtomicInteger heard = new AtomicInteger();
                links.link().subscribe(List.of("flood/#"), message -> heard.incrementAndGet());
                Await.until("all kept messages", Links.PATIENCE, () -> heard.get() >= topics);
                assertEquals(topics, heard.get());
                assertEquals(0, links.dropped("slow_listener"));
            }
        }
    }

    @Test
    void leavesNoThreadsBehind() throws Exception {
        Set<Thread> before = threads();
        try (Mosquitto broker = Mosquitto.in(folder).start()) {
            for (int i = 0; i < 3; i++) {
                try (Links links = Links.open(stateDir, broker.port()).awaitConnected()) {
                    links.link().subscribe(List.of("#"), new Recorder());
                }
            }
            try (Links absent = Links.open(stateDir, Mosquitto.freePort())) {
                absent.awaitMessage("connection refused");
            }
        }
        // Netty and RxJava each keep one that sees to what others leave; Netty's goes by itself.
        Await.until(
                "no thread but " + before,
                Links.PATIENCE,
                () -> threads().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> !name.startsWith("RxSchedulerPurge"))
                        .toList()
                        .isEmpty());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                // The carriers of virtual threads come and go with the work there is.
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool")
                        && !thread.getName().startsWith("VirtualThread"))
                .collect(Collectors.toSet());
    }

    @Test
    void closingInsideAListenerEndsTheLink() throws Exception {
        try (Mosquitto broker = Mosquitto.in(folder).start();
                Links links = Links.open(stateDir, broker.port()).awaitConnected()) {
            CountDownLatch closed = new CountDownLatch(1);
            links.link().subscribe(List.of("#"), message -> {
                links.link().close();
                closed.countDown();
            });
            Recorder other = new Recorder();
            links.link().subscribe(List.of("#"), other);
            other.awaitSubscribed(1);
            broker.publish("house/end", "now");
            assertTrue(closed.await(20, TimeUnit.SECONDS));
            links.publish("house/late", "x", 0, false);
            assertEquals(1, links.dropped("closed"));
        }
    }

    @Test
    void sendsBeforeItClosesWhatWasPublishedBeforeItWasConnected() throws Exception {
        try (Mosquitto broker = Mosquitto.in(folder).start();
                MosquittoSubscriber outside = broker.subscribe("house/#")) {
            try (Links links = Links.open(stateDir, broker.port())) {
                links.publish("house/lamp", "on", 0, true);
            }
            outside.await("house/lamp on");
        }
    }
}
