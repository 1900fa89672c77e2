package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.Mosquitto;
import io.pipecat.testkit.MosquittoSubscriber;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The world model as a process of its own, beside a real broker and other processes. */
class WorldModelServiceTest {
    private static final String LISTENING = "Listening on ";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private Pipecat pipecat() throws IOException {
        return new Pipecat(folder).with("WORLD_MODEL_PORT", "0").with("NODE_NAME", "house");
    }

    /** A node that runs until the test ends. */
    private final class Node implements AutoCloseable {
        private final Process process;
        private final BufferedReader log;
        private final String url;

        Node(Pipecat pipecat) throws IOException {
            process = pipecat.command("world-model").redirectErrorStream(true).start();
            log = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String found = "";
            String line = log.readLine();
            while (line != null && !line.contains("Ready")) {
                int at = line.indexOf(LISTENING);
                found = at < 0 ? found : line.substring(at + LISTENING.length());
                line = log.readLine();
            }
            assertTrue(line != null && found.startsWith("http://127.0.0.1:"), "it ended before it was ready: " + found);
            url = found;
        }

        HttpResponse<String> get(String path) {
            return send(HttpRequest.newBuilder(URI.create(url + path)).build());
        }

        HttpResponse<String> post(String path, String body) {
            return send(HttpRequest.newBuilder(URI.create(url + path))
                    .POST(BodyPublishers.ofString(body))
                    .build());
        }

        private HttpResponse<String> send(HttpRequest request) {
            try {
                return client.send(request, BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        void until(String what, String path, int status, String body) {
            Await.until(what, Duration.ofSeconds(30), () -> {
                HttpResponse<String> answer = get(path);
                return answer.statusCode() == status && answer.body().equals(body);
            });
        }

        /** Ends it as an operator does; returns what it logged meanwhile. */
        List<String> terminate() throws Exception {
            CompletableFuture<List<String>> rest =
                    CompletableFuture.supplyAsync(() -> log.lines().toList());
            process.toHandle().destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGTERM did not end it");
            assertEquals(143, process.exitValue());
            return rest.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            log.close();
        }
    }

    @Test
    void tellsWhatTheBrokerSaysAndTellsTheBroker() throws Exception {
        try (Mosquitto broker = Mosquitto.in(Files.createDirectories(folder.resolve("broker")))
                        .user("house", "a-password")
                        .start();
                Node node = new Node(pipecat()
                        .with("MQTT_HOST", "127.0.0.1")
                        .with("MQTT_PORT", Integer.toString(broker.port()))
                        .with("MQTT_USERNAME", "house")
                        .with("MQTT_PASSWORD", "a-password"))) {
            node.until("healthy", "/health", 200, "{\"status\":\"healthy\",\"mqtt_connected\":true}");
            try (MosquittoSubscriber all = broker.subscribe("#")) {
                all.await("pipecat/house/availability online");
                broker.publish("home/hall/motion", "true");
                node.until("what was published", "/state/home", 200, "{\"hall\":{\"motion\":true}}");
                HttpResponse<String> posted = node.post("/state/home/hall/note", "\"back at six\"");
                assertEquals(200, posted.statusCode(), posted.body());
                all.await("home/hall/note back at six");
            }
            broker.stop();
            node.until("unhealthy", "/health", 503, "{\"status\":\"unhealthy\",\"mqtt_connected\":false}");
            assertEquals(200, node.post("/state/home/hall/note", "\"at seven\"").statusCode());
            node.until("it is read meanwhile", "/state/home/hall", 200, "{\"motion\":true,\"note\":\"at seven\"}");
            broker.start();
            node.until("healthy again", "/health", 200, "{\"status\":\"healthy\",\"mqtt_connected\":true}");
            try (MosquittoSubscriber all = broker.subscribe("#")) {
                // What was said while it was away, retained.
                all.await("home/hall/note at seven");
                broker.publish("home/hall/motion", "false");
                node.until("it hears again", "/state/home/hall/motion", 200, "false");
                List<String> log = node.terminate();
                all.await("pipecat/house/availability offline");
                assertFalse(log.stream().anyMatch(line -> line.contains("a-password")), log.toString());
            }
        }
        try (Node again = new Node(pipecat().with("MQTT_HOST", "127.0.0.1").with("MQTT_PORT", "9"))) {
            assertEquals(
                    "{\"motion\":false,\"note\":\"at seven\"}",
                    again.get("/state/home/hall").body());
        }
    }

    @Test
    void aCommandBesideItReadsTheSameHouseAndHarmsNothing() throws Exception {
        try (Node node = new Node(pipecat())) {
            assertEquals(
                    200,
                    node.post("/command/kitchen_light", "{\"state\":\"on\"}").statusCode());
            Await.until(
                    "a command sees it",
                    Duration.ofSeconds(60),
                    () -> state("kitchen light").equals(Optional.of("on")));
            Pipecat.Result switched =
                    pipecat().run("tools", "call", "world_model.command", "target=kitchen light", "state=off");
            assertEquals(0, switched.code(), switched.err());
            assertTrue(switched.err().contains("Another process keeps the state of the house"), switched.err());
            Pipecat.Result doctor = pipecat().run("doctor");
            assertFalse(doctor.err().contains("should not have happened"), doctor.err());
            node.until("it is what it was", "/state/telemetry/kitchen_light/state", 200, "\"on\"");
            node.terminate();
        }
        assertEquals(Optional.of("on"), state("kitchen light"));
    }

    private Optional<String> state(String target) {
        try {
            Pipecat.Result result = pipecat().run("tools", "call", "world_model.query", "target=" + target);
            assertEquals(0, result.code(), result.err());
            return Json.parseObject(result.out())
                    .array("devices")
                    .flatMap(devices -> devices.objects().findFirst())
                    .flatMap(device -> device.object("state"))
                    .flatMap(state -> state.string("state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void doctorTellsWhereTheOntologyIsBroken() throws Exception {
        Path file = Files.writeString(folder.resolve("house.yaml"), "locations:\n  - name: Kitchen\n");
        Pipecat.Result result = pipecat()
                .with("ONTOLOGY_PATH", file.toString())
                .with("SERVE", "world-model")
                .run("doctor");
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains(file + ":2: expected id"), result.out());
        assertFalse(result.err().contains("should not have happened"), result.err());
    }
}
