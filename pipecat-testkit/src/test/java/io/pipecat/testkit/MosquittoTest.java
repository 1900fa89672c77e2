package io.pipecat.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoTest {
    @TempDir
    Path folder;

    @Test
    void carriesMessagesAndKeepsItsPort() {
        try (Mosquitto broker = Mosquitto.in(folder).start()) {
            int port = broker.port();
            try (MosquittoSubscriber all = broker.subscribe("#")) {
                broker.publish("house/lamp", "on");
                all.await("house/lamp on");
            }
            broker.stop();
            broker.start();
            assertEquals(port, broker.port());
            broker.publish("house/lamp", "on");
        }
    }

    @Test
    void letsInWhoHasThePasswordOverTls() {
        try (Mosquitto broker = Mosquitto.in(folder)
                        .tls(Certificates.in(folder.resolve("tls")))
                        .user("house", "secret")
                        .acl("user house", "topic readwrite house/#")
                        .start();
                MosquittoSubscriber all = broker.subscribe("#")) {
            broker.publish("garden/lamp", "on");
            broker.publish("house/lamp", "on");
            all.await("house/lamp on");
            assertTrue(
                    all.lines().stream().noneMatch(line -> line.startsWith("garden")),
                    () -> all.lines().toString());
        }
    }

    @Test
    void saysWhatDidNotComeInTime() {
        AssertionError failure =
                assertThrows(AssertionError.class, () -> Await.until("a miracle", Duration.ofMillis(10), () -> false));
        assertEquals("not within 10 ms: a miracle", failure.getMessage());
    }
}
