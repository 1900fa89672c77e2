package io.pipecat.tools.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldState;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrchestratorToolTest {
    private static final String JOB = "{\"model_name\": \"m\", \"prompt\": \"p\"}";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() throws Exception {
        server.start();
        settings.put("nomad_addr", server.url("/").toString());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Tool tool(Optional<WorldModel> world) {
        TestNode node = new TestNode(new TestSettings(DeploymentMode.MONOLITH, settings), world);
        return new OrchestratorProvider().create(node).tools().getFirst();
    }

    private Tool tool() {
        return tool(Optional.empty());
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    @Test
    void dispatchesAsThePredecessorDoes() throws Exception {
        answer(200, "{\"EvalID\":\"e1\",\"DispatchedJobID\":\"llamacpp-batch/dispatch-1\"}");
        JsonValue result = Calls.call(tool(), "dispatch_job", JOB);
        assertEquals("{\"EvalID\":\"e1\",\"DispatchedJobID\":\"llamacpp-batch/dispatch-1\"}", result.toString());
        RecordedRequest request = server.takeRequest();
        assertEquals("POST /v1/job/llamacpp-batch/dispatch", request.getMethod() + " " + request.getTarget());
        assertEquals("application/json", request.getHeaders().get("Content-Type"));
        assertNull(request.getHeaders().get("X-Nomad-Token"));
        assertEquals(
                "{\"Meta\":{\"model_name\":\"m\",\"prompt\":\"p\",\"cpu\":\"1000\",\"memory\":\"4096\",\"gpu_count\":\"1\",\"context\":\"\"}}",
                Optional.ofNullable(request.getBody()).orElseThrow().utf8());
    }

    @Test
    void passesEverythingOn() throws Exception {
        settings.put("nomad_token", "s3cret");
        answer(200, "{}");
        Calls.call(
                tool(),
                "dispatch_job",
                "{\"model_name\": \"m\", \"prompt\": \"p\", \"cpu\": 1, \"memory\": 2, \"gpu_count\": 0, \"context\": \"c\"}");
        RecordedRequest request = server.takeRequest();
        assertEquals("s3cret", request.getHeaders().get("X-Nomad-Token"));
        assertTrue(Optional.ofNullable(request.getBody())
                .orElseThrow()
                .utf8()
                .endsWith("\"cpu\":\"1\",\"memory\":\"2\",\"gpu_count\":\"0\",\"context\":\"c\"}}"));
    }

    @Test
    void isSensitive() {
        assertTrue(tool().spec().method("dispatch_job").orElseThrow().sensitive());
    }

    @ParameterizedTest
    @CsvSource({
        "404, job not found, Register the parameterized job",
        "403, Permission denied, Set nomad_token",
        "500, oh no, answers 500: oh no.",
        "307, '', answers 307"
    })
    void saysWhatNomadRefuses(int status, String body, String expected) {
        answer(status, body);
        ToolException e = Calls.failure(tool(), "dispatch_job", JOB);
        assertEquals(ToolException.Reason.FAILED, e.reason());
        assertTrue(e.getMessage().contains(expected) && e.getMessage().contains(body), e.getMessage());
    }

    @Test
    void saysWhenNomadIsNotThere() {
        server.close();
        ToolException e = Calls.failure(tool(), "dispatch_job", JOB);
        assertEquals(ToolException.Reason.FAILED, e.reason());
        assertTrue(
                e.getMessage().contains("cannot be reached") && e.getMessage().contains("nomad_addr"));
    }

    @Test
    void doesNotSayThatAJobFailedWhichMayRun() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        ToolException e = Calls.failure(tool(), "dispatch_job", JOB);
        assertEquals(ToolException.Reason.UNCERTAIN, e.reason());
        answer(200, "<html>");
        ToolException other = Calls.failure(tool(), "dispatch_job", JOB);
        assertEquals(ToolException.Reason.UNCERTAIN, other.reason());
        assertTrue(other.getMessage().contains("is not Nomad"), other.getMessage());
    }

    @Test
    void refusesWithoutACluster() {
        settings.remove("nomad_addr");
        String message = Calls.failure(tool(), "dispatch_job", JOB).getMessage();
        assertTrue(message.contains("no cluster") && message.contains("nomad_addr is not set"), message);
        assertEquals(
                Optional.of(URI.create("http://localhost:4646")),
                new TestSettings(DeploymentMode.DISTRIBUTED, Map.of()).find(OrchestratorSettings.NOMAD_ADDR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model_name': ' ', 'prompt': 'p'} | is empty",
                "{'model_name': 'm', 'prompt': 'p', 'cpu': 0} | at least 1",
                "{'model_name': 'm', 'prompt': 'p', 'gpu_count': -1} | at least 0",
                "{'model_name': 'm'} | prompt"
            })
    void refusesWhatNoJobCanHave(String arguments, String expected) {
        String message = Calls.failure(tool(), "dispatch_job", arguments.replace('\'', '"'))
                .getMessage();
        assertTrue(message.contains(expected), message);
        assertEquals(0, server.getRequestCount());
    }

    /** A world model that takes jobs, or none. */
    private record JobsOnly(List<JobRequest> jobs, boolean broken) implements WorldModel {
        @Override
        public JobTicket dispatch(JobRequest job) throws WorldModelException {
            if (broken) {
                throw new WorldModelException("The scheduler is away; start it.", null);
            }
            jobs.add(job);
            return new JobTicket(JsonObject.of("EvalID", "w1"));
        }

        @Override
        public WorldState state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void update(String topic, JsonValue value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String topic) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CommandResult command(String device, JsonObject change) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription watch(String filter, Consumer<? super StateChange> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refresh() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Test
    void goesThroughTheWorldModelIfThereIsOne() throws Exception {
        JobsOnly world = new JobsOnly(new ArrayList<>(), false);
        assertEquals(
                "{\"EvalID\":\"w1\"}",
                Calls.call(tool(Optional.of(world)), "dispatch_job", JOB).toString());
        assertEquals(List.of(new JobRequest("m", "p", 1000, 4096, 1, "")), world.jobs());
        ToolException e = Calls.failure(tool(Optional.of(new JobsOnly(List.of(), true))), "dispatch_job", JOB);
        assertEquals("The scheduler is away; start it.", e.getMessage());
        assertEquals(0, server.getRequestCount());
        assertFalse(e.getMessage().isEmpty());
    }
}
