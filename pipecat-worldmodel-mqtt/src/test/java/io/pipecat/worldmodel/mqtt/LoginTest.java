package io.pipecat.worldmodel.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.Certificates;
import io.pipecat.testkit.Mosquitto;
import io.pipecat.testkit.MosquittoSubscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, access rules and certificates, with a real broker. */
class LoginTest {
    @TempDir
    Path folder;

    @TempDir
    Path stateDir;

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void logsInAndHearsWhatItMay(String version) throws Exception {
        try (Mosquitto broker = Mosquitto.in(folder)
                        .user("house", "secret")
                        .acl("user house", "topic readwrite house/#", "topic readwrite pipecat/#")
                        .start();
                Links links = Links.open(
                                stateDir,
                                broker.port(),
                                "mqtt_version",
                                version,
                                "mqtt_username",
                                "house",
                                "mqtt_password",
                                "secret")
                        .awaitConnected();
                MosquittoSubscriber outside = broker.subscribe("#")) {
            links.publish("garden/gate", "open", 1, true);
            links.publish("house/lamp", "on", 1, true);
            outside.await("house/lamp on");
            assertFalse(
                    outside.lines().contains("garden/gate open"),
                    () -> outside.lines().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"5, wrong", "3.1.1, wrong", "auto, ''"})
    void saysOnceThatThePasswordIsWrong(String version, String password) throws Exception {
        try (Mosquitto broker = Mosquitto.in(folder)
                .user("house", "secret")
                .option("connection_messages true")
                .start()) {
            String[] login = {"mqtt_version", version, "mqtt_username", "house", "mqtt_password", password};
            String[] nobody = {"mqtt_version", version};
            try (Links links = Links.open(stateDir, broker.port(), password.isEmpty() ? nobody : login)) {
                String told = links.awaitMessage("not authorized");
                assertTrue(told.contains("check mqtt_username, mqtt_password"), told);
                Await.until(
                        "several attempts", Links.PATIENCE, () -> broker.log().split("not authorised", -1).length > 3);
                assertEquals(List.of(told), links.messages());
                assertFalse(links.link().connected());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void tellsOfWhatMqttCannotSayAndGoesOn(String version) throws Exception {
        String[] login = {"mqtt_version", version, "mqtt_username", "x".repeat(70_000)};
        try (Links links = Links.open(stateDir, Mosquitto.freePort(), login)) {
            String told = links.awaitMessage("mqtt_host");
            assertTrue(told.contains("65535") && told.length() < 1000, told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void speaksTlsToABrokerThatTheAuthorityVouchesFor(String version) throws Exception {
        Certificates certificates = Certificates.in(folder.resolve("tls"));
        try (Mosquitto broker = Mosquitto.in(folder).tls(certificates).start();
                MosquittoSubscriber outside = broker.subscribe("house/#");
                Links links = Links.open(
                                stateDir,
                                broker.port(),
                                "mqtt_version",
                                version,
                                "mqtt_tls",
                                "true",
                                "mqtt_ca",
                                certificates.authority().toString())
                        .awaitConnected()) {
            links.publish("house/lamp", "on", 0, true);
            outside.await("house/lamp on");
            assertTrue(links.link().description().startsWith("mqtts://127.0.0.1:"), links.link()::description);
        }
    }

    @Test
    void saysWhatIsWrongWithACertificate() throws Exception {
        Certificates certificates = Certificates.in(folder.resolve("tls"));
        Certificates others = Certificates.in(folder.resolve("others"));
        try (Mosquitto broker = Mosquitto.in(folder).tls(certificates).start()) {
            try (Links links = Links.open(
                    stateDir,
                    broker.port(),
                    "mqtt_tls",
                    "true",
                    "mqtt_ca",
                    others.authority().toString())) {
                links.awaitMessage("a certificate that nobody vouches for whom this node believes; set mqtt_ca");
            }
            try (Links links = Links.open(stateDir, broker.port(), "mqtt_tls", "true")) {
                links.awaitMessage("set mqtt_ca to the PEM file of the authority that signed it");
            }
            try (Links links = Links.open(
                    stateDir,
                    broker.port(),
                    "mqtt_host",
                    "127.0.0.2",
                    "mqtt_tls",
                    "true",
                    "mqtt_ca",
                    certificates.authority().toString())) {
                links.awaitMessage("nothing listens there");
            }
            try (Links links = Links.open(stateDir, broker.port())) {
                links.awaitMessage("(mqtt_tls is false)");
            }
        }
        try (Mosquitto broker = Mosquitto.in(folder).start()) {
            // The broker before it had TLS in its configuration.
            try (Links links = Links.open(stateDir, broker.port(), "mqtt_tls", "true")) {
                links.awaitMessage("(mqtt_tls is true)");
            }
        }
    }

    @Test
    void refusesSettingsThatCannotWork() throws Exception {
        Path text = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        assertRefused(
                "mqtt_ca: " + folder.resolve("absent") + " cannot be read: it does not exist",
                "mqtt_tls",
                "true",
                "mqtt_ca",
                folder.resolve("absent").toString());
        assertRefused("holds no certificate that can be read", "mqtt_tls", "true", "mqtt_ca", text.toString());
        assertRefused("mqtt_ca is set but mqtt_tls is not", "mqtt_ca", text.toString());
        assertRefused("mqtt_password is set but mqtt_username is not", "mqtt_password", "secret");
        assertRefused("'a/#/b' is no topic filter: # must come last", "mqtt_topic", "house/#,a/#/b");
        assertRefused("'mqtt://x' is no host", "mqtt_host", "mqtt://x");
    }

    private void assertRefused(String part, String... settings) {
        SettingsException refused = assertThrows(
                SettingsException.class, () -> Links.open(stateDir, 1, settings).close());
        assertTrue(refused.getMessage().contains(part), refused::getMessage);
        assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
    }
}
