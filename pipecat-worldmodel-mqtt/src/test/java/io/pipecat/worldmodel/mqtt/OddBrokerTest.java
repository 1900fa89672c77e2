package io.pipecat.worldmodel.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real broker will not do on demand. */
class OddBrokerTest {
    @TempDir
    Path stateDir;

    @ParameterizedTest
    @CsvSource({
        "5, 2003008600, refuses user name or password; check mqtt_username and mqtt_password",
        "5, 2003008700, does not let this node in (not authorized)",
        "5, 2003008500, does not accept the client id of this node",
        "5, 2003008800, is there but takes nobody in now (server unavailable)",
        "5, 2003008A00, has banned this node",
        "5, 2003009C00, refuses the connection: use another server",
        "5, 200B0087081F000568656C6C6F, (it says: hello)",
        "5, 2003008400, does not know this version of MQTT",
        "3.1.1, 20020001, does not know this version of MQTT",
        "3.1.1, 20020002, does not accept the client id of this node",
        "3.1.1, 20020003, is there but takes nobody in now (server unavailable)",
        "3.1.1, 20020004, refuses user name or password",
        "3.1.1, 20020005, does not let this node in (not authorized)",
    })
    void saysWhyItIsRefused(String version, String answer, String said) throws Exception {
        try (OddBroker broker = new OddBroker(OddBroker.answering(answer, answer));
                Links links = Links.open(stateDir, broker.port(), "mqtt_version", version)) {
            String told = links.awaitMessage(said);
            assertTrue(told.startsWith("The MQTT broker mqtt://127.0.0.1:" + broker.port() + " (mqtt_host) "), told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2003008400", "20020001", ""})
    void fallsBackToTheOlderVersion(String refusal) throws Exception {
        OddBroker.Behaviour old = (socket, version) -> {
            if (version == 5 && refusal.isEmpty()) {
                return;
            }
            OddBroker.answering(refusal, "20020000").with(socket, version);
        };
        try (OddBroker broker = new OddBroker(old);
                Links links = Links.open(stateDir, broker.port())) {
            links.awaitConnected();
            assertEquals(
                    "mqtt://127.0.0.1:" + broker.port() + " (MQTT 3.1.1)",
                    links.link().description());
            assertEquals(List.of(), links.messages());
        }
    }

    @Test
    void givesUpOnOneThatDoesNotAnswerToConnect() throws Exception {
        try (OddBroker broker = new OddBroker(
                        (socket, version) -> socket.getInputStream().read());
                Links links = Links.open(stateDir, broker.port())) {
            links.awaitMessage("accepted the connection but did not answer to CONNECT within 5 s");
        }
    }

    @Test
    void saysThatWhatAnswersIsNoBroker() throws Exception {
        String webServer = HexFormat.of()
                .formatHex(("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
                                + "<html><body><h1>400 Bad Request</h1></body></html>")
                        .getBytes(StandardCharsets.US_ASCII));
        try (OddBroker broker = new OddBroker(OddBroker.answering(webServer, webServer));
                Links links = Links.open(stateDir, broker.port())) {
            links.awaitMessage("check mqtt_port, mqtt_tls and mqtt_version");
        }
    }

    @Test
    void noticesTheReasonWhySomebodyElseTookItsPlace() throws Exception {
        OddBroker.Behaviour taking = (socket, version) -> {
            socket.getOutputStream().write(HexFormat.of().parseHex("2003000000E0018E"));
        };
        try (OddBroker broker = new OddBroker(taking);
                Links links = Links.open(stateDir, broker.port(), "mqtt_version", "5")) {
            String told = links.awaitMessage("let somebody else in by this node's client id");
            assertTrue(told.contains("delete " + stateDir.resolve("mqtt-client-id")), told);
            assertEquals(1, broker.connections.get());
        }
    }

    @Test
    void doesNotHammerOneThatClosesEachConnection() throws Exception {
        OddBroker.Behaviour closing = (socket, version) -> {
            socket.getOutputStream().write(HexFormat.of().parseHex("20020000"));
        };
        try (OddBroker broker = new OddBroker(closing);
                Links links = Links.open(stateDir, broker.port(), "mqtt_version", "3.1.1")) {
            String told = links.awaitMessage("may have let somebody else in by the same client id");
            assertTrue(told.contains("Client id: " + Links.clientId(stateDir)), told);
            assertEquals(2, links.messages().size(), links.messages()::toString);
            assertEquals(3, broker.connections.get());
        }
    }
}
