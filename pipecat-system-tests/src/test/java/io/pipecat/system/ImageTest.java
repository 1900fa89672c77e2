package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Mosquitto;
import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image, really built and run, in each mode. */
class ImageTest {
    private static final Path CONTAINERS = Pipecat.ROOT.resolve("target/containers");
    private static final String RUN_ID = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    private final List<String> started = new ArrayList<>();

    @BeforeAll
    static void build() throws Exception {
        for (String tool : List.of("buildah", "podman", "runc")) {
            RequiredPart.of(tool, "Debian package " + tool).orSkip();
        }
        RequiredPart.that(
                        "a base image for containers",
                        "run bin/container-parts, which makes one",
                        () -> Files.exists(CONTAINERS.resolve("env.sh")))
                .orSkip();
        for (String variant : List.of("edge", "full")) {
            Output built = run(
                    "buildah bud --pull-never --isolation chroot --format docker --layers=false -q -f docker/Dockerfile"
                            + " --build-arg VARIANT=" + variant + " -t " + image(variant)
                            + " pipecat-dist/runtimes/target");
            assertEquals(0, built.code(), built.text());
        }
    }

    private record Output(int code, String text) {}

    private static String image(String variant) {
        return "localhost/pipecat:" + variant;
    }

    private static Output run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", ". target/containers/env.sh; exec " + command)
                .directory(Pipecat.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> text = Pipecat.read(process.getInputStream());
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + text.getNow(""));
        }
        return new Output(process.exitValue(), text.join());
    }

    /** Read-only, as an ordinary user, and with nothing from the outside but its settings. */
    private String start(String variant, String... settings) throws Exception {
        String name = "pipecat-test-" + RUN_ID + "-" + started.size();
        started.add(name);
        StringBuilder command = new StringBuilder("podman run --detach --network host --read-only --name " + name
                + " --volume " + name + ":/var/lib/pipecat");
        for (String setting : settings) {
            command.append(" --env ").append(setting);
        }
        Output run = run(command + " " + image(variant));
        assertEquals(0, run.code(), run.text());
        return name;
    }

    private static void awaitHealth(String name) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        Output health = inside(name, "/opt/pipecat/bin/healthcheck.sh");
        while (health.code() != 0) {
            Output state = run("podman inspect --format {{.State.Running}} " + name);
            assertTrue(
                    state.text().contains("true") && System.nanoTime() < deadline,
                    () -> "it does not come up: " + logs(name));
            health = inside(name, "/opt/pipecat/bin/healthcheck.sh");
        }
    }

    private static String logs(String name) {
        try {
            return run("podman logs " + name).text();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static Output inside(String name, String command) throws IOException, InterruptedException {
        return run("podman exec " + name + " " + command);
    }

    /** An exit code of 137 would say that it had to be killed after the five seconds. */
    private static void stop(String name) throws Exception {
        Output stopped = run("podman stop --time 5 " + name);
        assertEquals(0, stopped.code(), stopped.text());
        assertEquals(
                "143",
                run("podman inspect --format {{.State.ExitCode}} " + name)
                        .text()
                        .strip(),
                logs(name));
    }

    @AfterEach
    void remove() throws Exception {
        for (String name : started) {
            run("podman rm --force --time 1 --volumes " + name);
        }
    }

    @Test
    void aMonolithAnswersAndKeepsItsState() throws Exception {
        String name = start("full", "SERVE=tools", "TOOL_SERVER_PORT=0", "TOOL_SERVER_API_KEY=key");
        awaitHealth(name);
        Output answer = inside(name, "/opt/pipecat/bin/pipecat ask \"What is 17 * 23?\"");
        assertTrue(answer.code() == 0 && answer.text().contains("391"), answer.text());
        assertEquals("10001", inside(name, "id -u").text().strip());
        stop(name);
        assertEquals(0, run("podman start " + name).code());
        awaitHealth(name);
        assertTrue(inside(name, "cat /var/lib/pipecat/audit/tool-calls.jsonl")
                .text()
                .contains("calculator"));
        stop(name);
    }

    @Test
    void anEdgeNodeCarriesNoModelEngineAndAnswersFromItsCore() throws Exception {
        try (MockWebServer core = new MockWebServer()) {
            core.start();
            String name = start(
                    "edge",
                    "DEPLOYMENT_MODE=distributed",
                    "NODE_TIER=edge",
                    "START_TIMEOUT=1",
                    "DISCOVERY_TIMEOUT=1s",
                    "CONSUL_HOST=127.0.0.1",
                    "CONSUL_PORT=9",
                    "LLM_MODEL=any",
                    "LLAMA_API_URL_OVERRIDE=" + core.url("/v1"));
            awaitHealth(name);
            Output files = inside(
                    name, "find /opt /usr /lib /var/lib/pipecat -xdev -name '*llama*' -not -path '*/licenses/*'");
            assertEquals("", files.text());
            core.enqueue(new MockResponse.Builder()
                    .setHeader("Content-Type", "text/event-stream")
                    .body("data: {\"choices\":[{\"delta\":{\"content\":\"Hello from the core.\"},"
                            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                    .build());
            Output answer = inside(name, "/opt/pipecat/bin/pipecat ask Hello");
            assertTrue(answer.code() == 0 && answer.text().contains("Hello from the core."), answer.text());
            stop(name);
        }
    }

    @Test
    void aCoreNodeServesOthers() throws Exception {
        try (Mosquitto broker = Mosquitto.in(folder).start()) {
            String name = start(
                    "full",
                    "DEPLOYMENT_MODE=distributed",
                    "NODE_TIER=core",
                    "START_TIMEOUT=1",
                    "DISCOVERY_TIMEOUT=1s",
                    "LOCAL_LLM_MODEL_PATH=builtin",
                    "CONSUL_HOST=127.0.0.1",
                    "CONSUL_PORT=9",
                    "MQTT_HOST=127.0.0.1",
                    "MQTT_PORT=" + broker.port(),
                    "SERVE=tools,world-model",
                    "TOOL_SERVER_PORT=0",
                    "WORLD_MODEL_PORT=0",
                    "TOOL_SERVER_API_KEY=key");
            awaitHealth(name);
            Output answer = inside(name, "/opt/pipecat/bin/pipecat ask Hello");
            assertEquals(0, answer.code(), answer.text());
            stop(name);
        }
    }

    @Test
    void aWrongModeIsRefused() throws Exception {
        Output refused =
                run("podman run --rm --network host --read-only --env DEPLOYMENT_MODE=cluster " + image("edge"));
        assertEquals(3, refused.code(), refused.text());
        assertTrue(refused.text().contains("one of: monolith distributed"), refused.text());
    }
}
