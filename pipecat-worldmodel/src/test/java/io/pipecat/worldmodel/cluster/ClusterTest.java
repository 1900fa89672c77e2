package io.pipecat.worldmodel.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.Json;
import io.pipecat.testkit.node.TestNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nomad and Consul are answered for: the one cannot be had here, the other would not fail on demand. */
final class ClusterTest {
    private final MockWebServer nomad = new MockWebServer();
    private final MockWebServer consul = new MockWebServer();
    private final Map<String, String> settings = new HashMap<>();
    private final List<ClusterNode> nodes = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        nomad.start(InetAddress.getLoopbackAddress(), 0);
        consul.start(InetAddress.getLoopbackAddress(), 0);
        settings.put("nomad_addr", "http://127.0.0.1:" + nomad.getPort() + "/");
        settings.put("nomad_token", "n-token");
        settings.put("consul_host", "127.0.0.1");
        settings.put("consul_port", Integer.toString(consul.getPort()));
        settings.put("consul_http_token", "c-token");
    }

    @AfterEach
    void stop() {
        nomad.close();
        consul.close();
    }

    private Cluster cluster() throws WorldModelException {
        return Cluster.of(TestNode.of(settings));
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    private void ask(Cluster cluster) throws Exception {
        cluster.ask(nodes::addAll, agents::addAll);
    }

    @Test
    void asksWhereItIsConfiguredOnly() throws Exception {
        try (Cluster cluster = Cluster.of(TestNode.of(Map.of()))) {
            assertFalse(cluster.isConfigured());
            ask(cluster);
            assertThrows(WorldModelException.class, () -> cluster.dispatch(job()));
        }
        try (Cluster cluster =
                Cluster.of(TestNode.builder().mode(DeploymentMode.DISTRIBUTED).build())) {
            assertTrue(cluster.isConfigured());
        }
        assertEquals(0, nomad.getRequestCount() + consul.getRequestCount());
    }

    @Test
    void asksForMachinesAndServices() throws Exception {
        nomad.enqueue(answer(
                200,
                "[{\"ID\":\"n1\",\"Name\":\"core\",\"Status\":\"ready\",\"Datacenter\":\"dc1\",\"Drain\":false},"
                        + "{\"ID\":\"n2\",\"Name\":\"edge\",\"Status\":\"down\"},{\"no\":\"id\"},7]"));
        consul.enqueue(answer(
                200,
                "{\"web-1\":{\"Service\":\"web\",\"Port\":80,\"Address\":\"10.0.0.1\",\"Tags\":[\"a\"]},\"x\":1}"));
        try (Cluster cluster = cluster()) {
            ask(cluster);
        }
        assertEquals(
                List.of(
                        new ClusterNode(
                                "n1", "core", "ready", Json.parseObject("{\"datacenter\":\"dc1\",\"drain\":false}")),
                        new ClusterNode("n2", "edge", "down", JsonObject.EMPTY)),
                nodes);
        assertEquals(
                List.of(new Agent(
                        "web-1", "web", Json.parseObject("{\"address\":\"10.0.0.1\",\"port\":80,\"tags\":[\"a\"]}"))),
                agents);
        RecordedRequest toNomad = nomad.takeRequest();
        assertEquals("GET /v1/nodes HTTP/1.1", toNomad.getRequestLine());
        assertEquals("n-token", toNomad.getHeaders().get("X-Nomad-Token"));
        RecordedRequest toConsul = consul.takeRequest();
        assertEquals("GET /v1/agent/services HTTP/1.1", toConsul.getRequestLine());
        assertEquals("c-token", toConsul.getHeaders().get("X-Consul-Token"));
    }

    @Test
    void takesInWhatOneSaysWhereTheOtherFails() throws Exception {
        nomad.enqueue(answer(403, "Permission denied"));
        consul.enqueue(answer(200, "{\"a\":{}}"));
        try (Cluster cluster = cluster()) {
            String message =
                    assertThrows(WorldModelException.class, () -> ask(cluster)).getMessage();
            assertTrue(message.contains("403: Permission denied") && message.contains("nomad_token"), message);
        }
        assertEquals(1, agents.size());
    }

    @Test
    void namesBothWhereBothFail() throws Exception {
        settings.put("nomad_addr", "http://127.0.0.1:1");
        consul.enqueue(answer(200, "<html>"));
        try (Cluster cluster = cluster()) {
            String message =
                    assertThrows(WorldModelException.class, () -> ask(cluster)).getMessage();
            assertTrue(message.contains("http://127.0.0.1:1 ") && message.contains("is not Consul"), message);
        }
    }

    private static JobRequest job() {
        return new JobRequest("m", "p", 1000, 4096, 1, "c");
    }

    @Test
    void dispatchesAJob() throws Exception {
        nomad.enqueue(answer(200, "{\"EvalID\":\"e1\",\"DispatchedJobID\":\"llamacpp-batch/dispatch-1\"}"));
        try (Cluster cluster = cluster()) {
            assertEquals(
                    "llamacpp-batch/dispatch-1",
                    cluster.dispatch(job()).answer().string("DispatchedJobID").orElseThrow());
        }
        RecordedRequest request = nomad.takeRequest();
        assertEquals("POST /v1/job/llamacpp-batch/dispatch HTTP/1.1", request.getRequestLine());
        assertEquals(
                "{\"Meta\":{\"model_name\":\"m\",\"prompt\":\"p\",\"cpu\":\"1000\",\"memory\":\"4096\","
                        + "\"gpu_count\":\"1\",\"context\":\"c\"}}",
                request.getBody().utf8());
    }

    @Test
    void neverQuotesATokenThatCannotBeSent() throws Exception {
        settings.put("nomad_token", "s3cr3t\nmore");
        settings.put("consul_http_token", "s3cr3t\u2026");
        try (Cluster cluster = cluster()) {
            WorldModelException refused = assertThrows(WorldModelException.class, () -> cluster.dispatch(job()));
            WorldModelException unasked = assertThrows(WorldModelException.class, () -> ask(cluster));
            for (WorldModelException e : List.of(refused, unasked)) {
                StringWriter all = new StringWriter();
                e.printStackTrace(new PrintWriter(all));
                assertTrue(all.toString().contains("set the token anew"), all.toString());
                assertFalse(all.toString().contains("s3cr3t"), all.toString());
            }
        }
    }

    @Test
    void passesOnThatTheSchedulerRefuses() throws Exception {
        nomad.enqueue(answer(404, "job not found"));
        try (Cluster cluster = cluster()) {
            JobRefusedException refused = assertThrows(JobRefusedException.class, () -> cluster.dispatch(job()));
            assertEquals(404, refused.status());
            assertEquals("job not found", refused.answer());
            assertTrue(refused.getMessage().contains("Register the parameterized job"), refused.getMessage());
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        nomad.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", consul.url("/steal").toString())
                .build());
        try (Cluster cluster = cluster()) {
            assertThrows(JobRefusedException.class, () -> cluster.dispatch(job()));
        }
        assertEquals(0, consul.getRequestCount());
    }

    @Test
    void anInterruptEndsAQuestion() throws Exception {
        nomad.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        try (Cluster cluster = cluster()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> cluster.dispatch(job()));
        }
    }

    @Test
    void putsWhatTheSchedulerSaysToWhatIsDefined() {
        List<ClusterNode> defined = List.of(
                new ClusterNode("core", "The big one", "unknown", JsonObject.of("room", "cellar")),
                new ClusterNode("spare", "Spare", "unknown", JsonObject.EMPTY));
        List<ClusterNode> asked = List.of(
                new ClusterNode("id-2", "zeta", "ready", JsonObject.EMPTY),
                new ClusterNode("id-1", "Core", "ready", JsonObject.of("datacenter", "dc1")),
                new ClusterNode("id-3", "alpha", "down", JsonObject.EMPTY));
        List<ClusterNode> merged = Cluster.nodes(defined, asked);
        assertEquals(
                List.of("The big one ready", "Spare unknown", "alpha down", "zeta ready"),
                merged.stream().map(node -> node.name() + " " + node.status()).toList());
        assertEquals(
                "{\"room\":\"cellar\",\"datacenter\":\"dc1\"}",
                merged.getFirst().detail().toString());
    }
}
