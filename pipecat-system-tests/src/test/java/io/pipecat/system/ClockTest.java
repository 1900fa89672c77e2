package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine whose clock is wrong when a node starts, is set while it runs, and is right again. */
class ClockTest {
    private static final String LIGHT_ON = "{\"device\":\"kitchen_light\",\"change\":{\"state\":\"on\"}}";
    private static final String KEY = "correct horse";

    @TempDir
    private Path folder;

    private Pipecat node() throws Exception {
        return new Pipecat(folder).with("WEB_PORT", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-03T00:00:00Z", "2099-11-01T00:00:00Z"})
    void aNodeThatStartsAtAWrongTimeWorksAndWhatItKeptIsThereWhenItIsRight(String begin) throws Exception {
        FakedClock clock = new FakedClock(folder, Duration.between(Instant.now(), Instant.parse(begin)));
        try (RunningNode node = new RunningNode(clock.rule(node()))) {
            node.answers();
            node.post("/api/world/command", LIGHT_ON);
            String kept = node.get("/api/conversations");
            assertTrue(kept.contains("\"created\":\"" + begin.substring(0, 4)), kept);
            assertEquals(143, node.stop());
        }
        try (RunningNode node = new RunningNode(node())) {
            assertTrue(node.get("/api/conversations?query=391").contains(RunningNode.SUM));
            node.answers();
            assertTrue(node.get("/api/world").contains("\"state\":\"on\""), "the light is still on");
            assertEquals(143, node.stop());
        }
        assertEquals(
                0, node().run("backup", folder.resolve("backup.zip").toString()).code());
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains(".broken")).toList());
        }
    }

    @Test
    void aClockThatIsSetInUseEndsNoSessionAndHidesNoChange() throws Exception {
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8)));
        FakedClock clock = new FakedClock(folder, Duration.ZERO);
        try (RunningNode node = new RunningNode(clock.rule(node()).with("PIPECAT_API_KEYS", digest))) {
            HttpResponse<String> login = node.send(
                    node.request("/api/login").POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"" + KEY + "\"}")));
            String cookie =
                    login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            String light = "off";
            for (Duration ahead : List.of(
                    Duration.ofHours(5),
                    Duration.ofHours(-5),
                    Duration.ofDays(400),
                    Duration.ofDays(-400),
                    Duration.ZERO)) {
                clock.set(ahead);
                String turn = ask(node, cookie, "/api/chat", "{\"text\":\"" + RunningNode.SUM + "\"}");
                assertTrue(turn.contains("391") && turn.contains("\"finish\":\"completed\""), turn);
                light = light.equals("on") ? "off" : "on";
                ask(node, cookie, "/api/world/command", LIGHT_ON.replace("on\"}", light + "\"}"));
                String said = node.send(node.request("/api/world").header("Cookie", cookie))
                        .body();
                assertEquals(light.equals("on"), said.contains("\"state\":\"on\""), said);
                String about = node.send(node.request("/api/node").header("Cookie", cookie))
                        .body();
                JsonNumber up = Json.parseObject(about).number("uptime_seconds").orElseThrow();
                assertTrue(up.toLong() >= 0 && up.toLong() < Duration.ofHours(1).toSeconds(), up.toString());
            }
        }
    }

    private static String ask(RunningNode node, String cookie, String path, String body) throws Exception {
        HttpResponse<String> answer =
                node.send(node.request(path).header("Cookie", cookie).POST(HttpRequest.BodyPublishers.ofString(body)));
        assertTrue(answer.statusCode() < 300, answer.statusCode() + " " + answer.body());
        return answer.body();
    }
}
