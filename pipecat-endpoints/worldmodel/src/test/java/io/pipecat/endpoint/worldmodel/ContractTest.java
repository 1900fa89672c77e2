package io.pipecat.endpoint.worldmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.Json;
import io.pipecat.testkit.node.TestSettings;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the contract, against the real server. */
class ContractTest {
    private record Link(boolean connected) implements MqttLink {
        @Override
        public String description() {
            return "a broker";
        }

        @Override
        public void publish(MqttMessage message) {}

        @Override
        public Subscription subscribe(List<String> filters, MqttListener listener) {
            return () -> {};
        }

        @Override
        public void close() {}
    }

    private static Service withBroker(boolean connected) throws Exception {
        return new Service(Map.of(), Optional.of(new Link(connected)), EventStream.Pace.USUAL);
    }

    @Test
    void isFoundAsAProvider() {
        assertTrue(ServiceLoader.load(EndpointProvider.class).stream()
                .anyMatch(provider -> provider.type() == WorldModelEndpointProvider.class));
    }

    @Test
    void tellsWhetherTheBrokerIsThereInThePredecessorsWords() throws Exception {
        try (Service service = withBroker(true)) {
            assertEquals(
                    "{\"status\":\"ok\",\"service\":\"world-model-service\",\"mqtt_connected\":true}",
                    service.get("/").body());
            HttpResponse<String> health = service.get("/health");
            assertEquals(200, health.statusCode());
            assertEquals("{\"status\":\"healthy\",\"mqtt_connected\":true}", health.body());
        }
        try (Service service = withBroker(false)) {
            assertEquals(
                    "{\"status\":\"ok\",\"service\":\"world-model-service\",\"mqtt_connected\":false}",
                    service.get("/").body());
            HttpResponse<String> health = service.get("/health");
            assertEquals(503, health.statusCode());
            assertEquals("{\"status\":\"unhealthy\",\"mqtt_connected\":false}", health.body());
            assertEquals("{}", service.get("/state").body());
        }
        try (Service service = new Service(Map.of())) {
            HttpResponse<String> health = service.get("/health");
            assertEquals(200, health.statusCode());
            assertEquals("{\"status\":\"healthy\",\"mqtt_connected\":false}", health.body());
        }
    }

    @Test
    void tellsTheStateByTopicLevel() throws Exception {
        try (Service service = new Service(Map.of())) {
            for (String[] update : new String[][] {
                {"j%2Fnum", "21.5"},
                {"j/str", "\"hello\""},
                {"j/obj", "{\"a\":1}"},
                {"j/null", "null"},
                {"%2Flead%2Fslash", "1"},
                {"a//b", "2"},
                {"uni/%C3%A9", "\"ü\""},
                {"x1", "[1,2]"},
            }) {
                assertEquals(200, service.post("/state/" + update[0], update[1]).statusCode(), update[0]);
            }
            String state = "{\"\":{\"lead\":{\"slash\":1}},\"a\":{\"\":{\"b\":2}},"
                    + "\"j\":{\"null\":null,\"num\":21.5,\"obj\":{\"a\":1},\"str\":\"hello\"},"
                    + "\"uni\":{\"é\":\"ü\"},\"x1\":[1,2]}";
            assertEquals(state, service.get("/state").body());
            assertEquals(state, service.get("/state/").body());
            assertEquals(
                    "application/json",
                    service.get("/state").headers().firstValue("Content-Type").orElse(""));
            assertEquals("21.5", service.get("/state/j/num").body());
            assertEquals("{\"\":{\"b\":2}}", service.get("/state/a/").body());
            assertEquals("{\"b\":2}", service.get("/state/a%2F").body());
            assertEquals("2", service.get("/state/a//b").body());
            assertEquals("1", service.get("/state//lead/slash").body());
            assertEquals("\"ü\"", service.get("/state/uni/%C3%A9").body());
        }
    }

    @Test
    void whatIsUnknownOrWrittenWithTheWrongVerbIsSaid() throws Exception {
        try (Service service = new Service(Map.of())) {
            assertEquals("{\"detail\":\"Not Found\"}", service.get("/nope").body());
            HttpResponse<String> verb = service.post("/state", "1");
            assertEquals(405, verb.statusCode());
            assertEquals("{\"detail\":\"Method Not Allowed\"}", verb.body());
            HttpResponse<String> topic = service.get("/state/no/such");
            assertEquals(404, topic.statusCode());
            assertTrue(Service.detail(topic).contains("\"no/such\""), topic.body());
        }
    }

    @Test
    void topicsAreTakenAwayOneByOne() throws Exception {
        try (Service service = new Service(Map.of())) {
            service.post("/state/a/b", "1");
            service.post("/state/a/c", "2");
            assertEquals(200, service.delete("/state/a/b").statusCode());
            assertEquals("{\"a\":{\"c\":2}}", service.get("/state").body());
            assertEquals(404, service.delete("/state/a/b").statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/state/a     | {\"x\":  | not JSON",
                "/state/a     | ''       | is empty",
                "/state/a     | 1 2      | more text",
                "/state/a     | NaN      | NaN",
                "/state/a%2B  | 1        | has a wildcard",
                "/state/a/%23 | 1        | has a wildcard",
                "/state/a%00  | 1        | null character",
                "/state/a%FF  | 1        | is not UTF-8",
            })
    void whatCannotBeSaidIsRefusedAndChangesNothing(String path, String body, String problem) throws Exception {
        try (Service service = new Service(Map.of())) {
            HttpResponse<String> answer = service.post(path, body);
            assertEquals(422, answer.statusCode());
            assertTrue(Service.detail(answer).contains(problem), answer.body());
            assertEquals(List.of(), service.house.names());
        }
    }

    @Test
    void largeThingsAreRefused() throws Exception {
        try (Service service = new Service(Map.of())) {
            String large = "\"" + "x".repeat(10 << 20) + "\"";
            assertEquals(413, service.post("/state/a", large).statusCode());
            assertEquals(200, service.post("/state/" + "t".repeat(20_000), "1").statusCode());
            assertEquals(List.of("t".repeat(20_000)), service.house.names());
        }
    }

    @Test
    void whereTheModelCannotBeToldItIsSaid() throws Exception {
        try (Service service = new Service(Map.of())) {
            service.post("/state/a", "1");
            service.house.failure = new WorldModelException("The broker is away.", null);
            for (HttpResponse<String> answer : List.of(
                    service.post("/state/a", "2"),
                    service.delete("/state/a"),
                    service.post("/command/kitchen_light", "{\"state\":\"on\"}"),
                    service.post("/refresh", ""),
                    service.post("/dispatch-job", "{\"model_name\":\"m\",\"prompt\":\"p\"}"))) {
                assertEquals(502, answer.statusCode());
                assertEquals("The broker is away.", Service.detail(answer));
            }
            assertEquals("1", service.get("/state/a").body());
        }
    }

    @Test
    void commandsAreSentOrConfirmed() throws Exception {
        try (Service service = new Service(Map.of())) {
            HttpResponse<String> sent = service.post("/command/kitchen_light", "{\"state\":\"on\"}");
            assertEquals(202, sent.statusCode());
            assertEquals("sent", Json.parseObject(sent.body()).string("status").orElse(""));
            service.house.status = CommandResult.Status.CONFIRMED;
            HttpResponse<String> confirmed = service.post("/command/kitchen_light/", "{\"state\":\"off\"}");
            assertEquals(200, confirmed.statusCode());
            assertEquals(
                    "{\"device\":\"kitchen_light\",\"status\":\"confirmed\","
                            + "\"message\":\"Kitchen light: {\\\"state\\\":\\\"off\\\"}.\"}",
                    confirmed.body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kichen_lite   | {\"state\":\"on\"} | 404 | There is no device 'kichen_lite'; the nearest is 'kitchen_light'.",
                "door_sensor   | {\"state\":\"on\"} | 409 | \"Door sensor\" takes no commands.",
                "kitchen_light | {}                 | 422 | The body names no property to change; send such as {\"state\": \"on\"}.",
                "kitchen_light | \"on\"             | 422 | The body must be a JSON object, not a string. Send such as {\"state\": \"on\"}.",
            })
    void whatNobodyCanDoIsSaid(String device, String body, int status, String detail) throws Exception {
        try (Service service = new Service(Map.of())) {
            HttpResponse<String> answer = service.post("/command/" + device, body);
            assertEquals(status, answer.statusCode());
            assertEquals(detail, Service.detail(answer));
        }
    }

    @Test
    void jobsAreHandedOnWithTheirContext() throws Exception {
        try (Service service = new Service(Map.of())) {
            HttpResponse<String> answer = service.post("/dispatch-job", "{\"model_name\":\"m\",\"prompt\":\"p\"}");
            assertEquals(200, answer.statusCode());
            assertEquals("{\"EvalID\":\"e1\",\"DispatchedJobID\":\"llamacpp-batch/dispatch-1\"}", answer.body());
            service.post(
                    "/dispatch-job/",
                    "{\"model_name\":\"m\",\"prompt\":\"p\",\"cpu\":\"5\",\"memory\":6.0,\"gpu_count\":0,"
                            + "\"context\":\"c\",\"more\":1}");
            assertEquals(
                    List.of(new JobRequest("m", "p", 1000, 4096, 1, ""), new JobRequest("m", "p", 5, 6, 0, "c")),
                    service.house.jobs);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                | 'model_name' is missing. 'prompt' is missing.",
                "{\"model_name\":\"m\",\"prompt\":\"p\",\"cpu\":\"x\"} | 'cpu' must be a whole number of at least 1, not \"x\".",
                "{\"model_name\":\"m\",\"prompt\":\"p\",\"memory\":0}  | 'memory' must be a whole number of at least 1, not 0.",
                "{\"model_name\":\"m\",\"prompt\":7}               | 'prompt' must be a string, not a number.",
                "{\"model_name\":\"m\",\"prompt\":\"p\",\"gpu_count\":1e99} | 'gpu_count' must be a whole number of at least 0, not 1e99.",
                "[]                                                | The body must be a JSON object, not an array.",
            })
    void aJobNotOfTheFormIsRefused(String body, String detail) throws Exception {
        try (Service service = new Service(Map.of())) {
            HttpResponse<String> answer = service.post("/dispatch-job", body);
            assertEquals(422, answer.statusCode());
            assertEquals(detail, Service.detail(answer));
            assertEquals(List.of(), service.house.jobs);
        }
    }

    @Test
    void aSchedulersRefusalKeepsItsStatusAndWords() throws Exception {
        try (Service service = new Service(Map.of())) {
            for (int status : new int[] {400, 404, 500}) {
                service.house.failure = new JobRefusedException("Nomad refused.", status, "job not found\n");
                HttpResponse<String> answer = service.post("/dispatch-job", "{\"model_name\":\"m\",\"prompt\":\"p\"}");
                assertEquals(status, answer.statusCode());
                assertEquals("{\"detail\":\"job not found\"}", answer.body());
            }
            service.house.failure = new JobRefusedException("Nomad sent us elsewhere.", 302, "");
            assertEquals(
                    502,
                    service.post("/dispatch-job", "{\"model_name\":\"m\",\"prompt\":\"p\"}")
                            .statusCode());
        }
    }

    @Test
    void tellsDevicesPlacesAndMachines() throws Exception {
        try (Service service = new Service(Map.of())) {
            service.house.lightIs(JsonObject.of("brightness", JsonNumber.of(40)));
            assertEquals(
                    "{\"as_of\":\"2026-11-22T12:00:00Z\",\"devices\":[{\"id\":\"kitchen_light\",\"name\":\"Kitchen"
                            + " light\",\"type\":\"light\",\"location\":\"kitchen\",\"state\":{\"brightness\":40},"
                            + "\"assumed\":[],\"commandable\":true},{\"id\":\"door_sensor\",\"name\":\"Door sensor\","
                            + "\"type\":\"sensor\",\"location\":null,\"state\":{},\"assumed\":[],\"commandable\":"
                            + "false}],\"locations\":[{\"id\":\"kitchen\",\"name\":\"Kitchen\",\"occupants\":[{"
                            + "\"name\":\"Ada\",\"type\":\"person\"}]}],\"nodes\":[{\"id\":\"n1\",\"name\":\"core\","
                            + "\"status\":\"ready\",\"detail\":{}}],\"agents\":[{\"id\":\"a1\",\"name\":\"pipecat\","
                            + "\"detail\":{\"port\":null}}]}",
                    service.get("/model").body());
        }
    }

    @Test
    void theAnswerIsMadeOnceForEachState() throws Exception {
        House house = new House();
        WholeState whole = new WholeState(house);
        house.update("a", JsonNumber.of(1));
        assertSame(whole.response(), whole.response());
        var before = whole.response();
        house.update("a", JsonNumber.of(2));
        assertNotSame(before, whole.response());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | 5678",
                "world_model_port=7 nomad_port_http=8 port=9 serve=world-model | 7",
                "nomad_port_http=8 port=9 serve=world-model     | 8",
                "port=9 serve=world-model                       | 9",
                "nomad_port_http=8 port=9 serve=web,world-model | 5678",
                "nomad_port_http=8 port=9                       | 5678",
            })
    void thePortOfTheProcessIsItsOwnOnlyWhereItIsAlone(String texts, int port) {
        Map<String, String> settings = new java.util.HashMap<>();
        for (String each : texts.split(" ", -1)) {
            if (!each.isEmpty()) {
                settings.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
            }
        }
        assertEquals(port, new WorldModelEndpointProvider().port(new TestSettings(DeploymentMode.MONOLITH, settings)));
    }
}
