package io.pipecat.tools.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeAssistantToolTest {
    private static final String KITCHEN = """
            {"entity_id": "light.kitchen", "state": "off", "attributes": {"friendly_name": "Kitchen light"}}""";
    private static final String TEMPERATURE = """
            {"entity_id": "sensor.outside", "state": "4.5",
             "attributes": {"friendly_name": "Outside", "unit_of_measurement": "°C"}}""";
    private static final String SERVICES = """
            [{"domain": "light", "services": {"turn_on": {}, "turn_off": {}}}, {"domain": "weather", "services": {"get_forecasts": {}}}]""";

    /** A Home Assistant: what it answers by method and path; anything else is its 404. */
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();

    private final BlockingQueue<RecordedRequest> requests = new LinkedBlockingQueue<>();
    private final MockWebServer server = new MockWebServer();
    private final Map<String, String> settings = new HashMap<>();
    private final ToolSource source = new HomeAssistantProvider()
            .create(new TestNode(new TestSettings(DeploymentMode.MONOLITH, settings), Optional.empty()));

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return answers.getOrDefault(
                        request.getMethod() + " " + request.getTarget(),
                        json("{\"message\": \"Entity not found.\"}").code(404).build());
            }
        });
        server.start();
        settings.put("ha_url", server.url("/").toString());
        settings.put("ha_token", "t0ken");
        answer("GET /api/states", "[" + KITCHEN + "," + TEMPERATURE + "]");
        answer("GET /api/states/light.kitchen", KITCHEN);
        answer("GET /api/services", SERVICES);
    }

    @AfterEach
    void stop() {
        source.close();
        server.close();
    }

    private static MockResponse.Builder json(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body);
    }

    private void answer(String request, String body) {
        answers.put(request, json(body).build());
    }

    private Tool tool() {
        return source.tools().getFirst();
    }

    private String call(String method, String arguments) throws Exception {
        return Calls.call(tool(), method, arguments).toString();
    }

    private String failure(String method, String arguments) {
        ToolException e = Calls.failure(tool(), method, arguments);
        assertEquals(ToolException.Reason.FAILED, e.reason(), e.getMessage());
        assertFalse(e.getMessage().contains("t0ken"), e.getMessage());
        return e.getMessage();
    }

    @Test
    void isThereWhileAUrlIsSet() {
        assertEquals("ha", tool().spec().name());
        assertEquals(Placement.NORMAL, tool().spec().placement());
        assertEquals(
                List.of("call_ai_task true", "call_service true", "get_state false", "get_states false"),
                tool().spec().methods().stream()
                        .map(m -> m.name() + " " + m.sensitive())
                        .toList());
        assertTrue(tool().spec()
                .method("call_ai_task")
                .flatMap(MethodSpec::timeout)
                .isPresent());
        settings.remove("ha_url");
        assertEquals(List.of(), source.tools());
    }

    @Test
    void listsStates() throws Exception {
        assertEquals(
                "{\"count\":2,\"entities\":[{\"entity_id\":\"light.kitchen\",\"state\":\"off\",\"name\":\"Kitchen light\"},"
                        + "{\"entity_id\":\"sensor.outside\",\"state\":\"4.5\",\"name\":\"Outside\",\"unit\":\"°C\"}],\"note\":null}",
                call("get_states", "{}"));
        assertTrue(call("get_states", "{\"domain\": \"sensor\"}").startsWith("{\"count\":1,"));
        RecordedRequest request = requests.take();
        assertEquals("Bearer t0ken", request.getHeaders().get("Authorization"));
        String message = failure("get_states", "{\"domain\": \"lihgt\"}");
        assertTrue(message.contains("Did you mean 'light'?") && message.contains("light, sensor"), message);
    }

    @Test
    void listsNoMoreThanAModelCanTake() throws Exception {
        String many = "[" + (KITCHEN + ",").repeat(250) + TEMPERATURE + "]";
        answer("GET /api/states", many);
        String all = call("get_states", "{}");
        assertTrue(all.startsWith("{\"count\":251,") && all.contains("{light=250, sensor=1}"), all);
        assertEquals(200, all.split("light.kitchen", -1).length - 1);
    }

    @Test
    void tellsAboutOneEntity() throws Exception {
        assertTrue(call("get_state", "{\"entity_id\": \" Light.Kitchen \"}").contains("\"state\":\"off\""));
    }

    @ParameterizedTest
    @CsvSource({
        "light.kitchn, Did you mean 'light.kitchen'?",
        "KITCHEN LIGHT, Did you mean 'light.kitchen'?",
        "zzz.yyyyyyyyyyyyy, get_states lists",
        "light.kitchen/../../services, no entity",
        "../services, no entity"
    })
    void namesTheNearestEntity(String id, String expected) {
        String message = failure("get_state", "{\"entity_id\": \"" + id + "\"}");
        assertTrue(message.contains(expected), message);
        assertTrue(requests.stream().allMatch(r -> r.getTarget().startsWith("/api/states")), requests.toString());
    }

    @Test
    void callsAService() throws Exception {
        answer("POST /api/services/light/turn_on", "[" + KITCHEN.replace("off", "on") + "]");
        assertEquals(
                "{\"changed\":[{\"entity_id\":\"light.kitchen\",\"state\":\"on\",\"name\":\"Kitchen light\"}],"
                        + "\"response\":null,\"note\":null}",
                call(
                        "call_service",
                        "{\"domain\": \"light\", \"service\": \"light.turn_on\", \"entity_id\": \"light.kitchen\","
                                + " \"data\": {\"brightness_pct\": 40}}"));
        RecordedRequest request = requests.stream()
                .filter(r -> r.getMethod().equals("POST"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "{\"brightness_pct\":40,\"entity_id\":[\"light.kitchen\"]}",
                Optional.ofNullable(request.getBody()).orElseThrow().utf8());
    }

    @Test
    void saysWhenNothingChanged() throws Exception {
        answer("POST /api/services/light/turn_off", "[]");
        assertTrue(call(
                        "call_service",
                        "{\"domain\": \"light\", \"service\": \"turn_off\", \"entity_id\": \"light.kitchen\"}")
                .contains("reports no change"));
    }

    @Test
    void asksForAResponseWhereAServiceOnlyAnswers() throws Exception {
        answers.put(
                "POST /api/services/weather/get_forecasts",
                json("{\"message\": \"Service call requires responses. Add ?return_response to query parameters.\"}")
                        .code(400)
                        .build());
        answer(
                "POST /api/services/weather/get_forecasts?return_response",
                "{\"changed_states\": [], \"service_response\": {\"weather.home\": {}}}");
        assertTrue(call("call_service", "{\"domain\": \"weather\", \"service\": \"get_forecasts\"}")
                .contains("\"response\":{\"weather.home\":{}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'domain': 'light', 'service': 'turn_onn'} | no service 'turn_onn' in the domain 'light'. Did you mean 'turn_on'?",
                "{'domain': 'lihgt', 'service': 'turn_on'} | no services of a domain 'lihgt'. Did you mean 'light'?",
                "{'domain': 'light', 'service': '../../config'} | no service '../../config'",
                "{'domain': 'light', 'service': 'turn_on', 'entity_id': 'light.kitchn'} | Did you mean 'light.kitchen'?",
                "{'domain': 'light', 'service': 'turn_on', 'entity_id': 'light.kitchen', 'data': {'entity_id': 'x'}} | given twice",
                "{'domain': 'light', 'service': 'turn_on', 'data': {'color': 1}} | answers 400: {\"message\": \"bad color\"}"
            })
    void explainsWhatAServiceRefuses(String arguments, String expected) {
        answers.put(
                "POST /api/services/light/turn_onn",
                json("400: Bad Request").code(400).build());
        answers.put(
                "POST /api/services/lihgt/turn_on",
                json("400: Bad Request").code(400).build());
        answers.put(
                "POST /api/services/light/turn_on",
                json("{\"message\": \"bad color\"}").code(400).build());
        String message = failure("call_service", arguments.replace('\'', '"'));
        assertTrue(message.contains(expected), message);
        assertTrue(
                requests.stream().allMatch(r -> r.getTarget().matches("/api/(states|services)[a-z_/.]*")),
                requests.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t\nmore", "s3cr3t\u2026", "s3cr3t\u0000"})
    void neverQuotesATokenThatCannotBeSent(String token) {
        settings.put("ha_token", token);
        ToolException e = assertThrows(ToolException.class, () -> call("get_states", "{}"));
        assertTrue(e.getMessage().contains("set the token anew"), e.getMessage());
        StringWriter logged = new StringWriter();
        e.printStackTrace(new PrintWriter(logged));
        assertFalse(logged.toString().contains("s3cr3t"), logged.toString());
    }

    @Test
    void callsTheAiTask() throws Exception {
        answer(
                "POST /api/services/ai_task/generate_data?return_response",
                "{\"changed_states\": [], \"service_response\": {\"conversation_id\": \"c\", \"data\": \"A poem.\"}}");
        assertEquals("\"A poem.\"", call("call_ai_task", "{\"instructions\": \"Write a poem.\"}"));
        String body =
                Optional.ofNullable(requests.take().getBody()).orElseThrow().utf8();
        assertEquals("{\"task_name\":\"pipecat\",\"instructions\":\"Write a poem.\"}", body);
        assertTrue(failure("call_ai_task", "{\"instructions\": \" \"}").contains("empty"));
        answers.put(
                "POST /api/services/ai_task/generate_data?return_response",
                json("400: Bad Request").code(400).build());
        assertTrue(failure("call_ai_task", "{\"instructions\": \"x\"}").contains("2025.8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | 401: Unauthorized | refuses the token (401)",
                "403 | Forbidden | refuses the token (403)",
                "404 | gone | answers 404: gone. Check ha_url",
                "500 | oh no | answers 500: oh no.",
                "301 | x | redirects elsewhere (301)",
                "200 | <html> | is not Home Assistant"
            })
    void saysWhatTheServerAnswers(int status, String body, String expected) {
        answers.put(
                "GET /api/states",
                json(body)
                        .code(status)
                        .setHeader("Location", "http://elsewhere.example/")
                        .build());
        String message = failure("get_states", "{}");
        assertTrue(
                message.contains(expected) && message.contains(server.url("/").host()), message);
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void saysWhatIsMissing() {
        settings.remove("ha_token");
        assertTrue(failure("get_states", "{}").contains("set ha_token"));
        assertEquals(0, server.getRequestCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/api", "/api/"})
    void takesTheUrlInEveryForm(String suffix) throws Exception {
        settings.put("ha_url", "http://" + server.getHostName() + ":" + server.getPort() + suffix);
        assertTrue(call("get_states", "{}").startsWith("{\"count\":2"));
    }

    @Test
    void saysWhenItIsNotThere() {
        server.close();
        String message = failure("get_states", "{}");
        assertTrue(message.contains("it cannot be reached") && message.contains("ha_url"), message);
        settings.put("ha_url", "http://nowhere.invalid:8123");
        assertTrue(failure("get_states", "{}").contains("nowhere.invalid"));
    }

    @Test
    void doesNotSayThatACallFailedWhichMayHaveRun() throws Exception {
        // The connection that this leaves takes the next request at once: what was never sent would be waited for below
        // for ever.
        call("get_states", "{}");
        requests.take();
        settings.put("ha_timeout", "1s");
        answers.put(
                "POST /api/services/light/turn_on",
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        ToolException late = Calls.failure(tool(), "call_service", "{\"domain\": \"light\", \"service\": \"turn_on\"}");
        assertEquals(ToolException.Reason.UNCERTAIN, late.reason());
        assertTrue(late.getMessage().contains("did not answer within 1000 ms"), late.getMessage());
        answers.put(
                "POST /api/services/light/turn_on",
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        requests.take();
        ToolException broken =
                Calls.failure(tool(), "call_service", "{\"domain\": \"light\", \"service\": \"turn_on\"}");
        assertEquals(ToolException.Reason.UNCERTAIN, broken.reason());
        requests.take();
        assertEquals(List.of(), List.copyOf(requests));
    }

    @Test
    void endsASlowAnswer() {
        settings.put("ha_timeout", "300ms");
        answers.put(
                "GET /api/states",
                json("[" + " ".repeat(10_000) + "]")
                        .throttleBody(1, 1, TimeUnit.SECONDS)
                        .build());
        assertTrue(failure("get_states", "{}").contains("did not answer within 300 ms"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptionEndsACall(boolean virtual) throws Exception {
        settings.put("ha_timeout", "5m");
        answers.put(
                "GET /api/states",
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        Tool tool = tool();
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread.Builder builder =
                virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        Thread caller = builder.start(() -> {
            try {
                outcome.complete(Calls.call(tool, "get_states", "{}"));
            } catch (ToolException | InterruptedException e) {
                outcome.complete(e);
            }
        });
        requests.take();
        caller.interrupt();
        assertEquals(
                InterruptedException.class, outcome.get(30, TimeUnit.SECONDS).getClass());
    }
}
