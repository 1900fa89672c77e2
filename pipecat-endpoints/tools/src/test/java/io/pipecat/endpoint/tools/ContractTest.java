package io.pipecat.endpoint.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the contract, against the real server. */
class ContractTest {
    private static final String PLEASE = " Please verify the required tool parameters.";

    private static String detail(HttpResponse<String> answer) throws Exception {
        return Json.parseObject(answer.body()).string("detail").orElseThrow();
    }

    @Test
    void isFoundAsAProvider() {
        assertTrue(ServiceLoader.load(EndpointProvider.class).stream()
                .anyMatch(provider -> provider.type() == ToolsEndpointProvider.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calculator | add | {\"a\":2,\"b\":3} | {\"result\":5}",
                "calculator | add | {\"a\":1180591620717411303424,\"b\":1} | {\"result\":1180591620717411303425}",
                "calculator | echo | {\"text\":\"éü\"} | {\"result\":\"éü\"}",
                "calculator | echo | {\"text\":\"\\ud800\"} | {\"result\":\"\\ud800\"}",
            })
    void answersWithTheResult(String tool, String method, String args, String body) throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpResponse<String> answer = server.call(tool, method, args);
            assertEquals(200, answer.statusCode());
            assertEquals(body, answer.body());
            assertEquals(
                    "application/json",
                    answer.headers().firstValue("Content-Type").orElse(""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope       | add            | {}      | 404 | Tool 'nope' not found.",
                "calculator | nope           | {}      | 404 | Method 'nope' not found on tool 'calculator'.",
                "calculator | _nope          | {}      | 404 | Method '_nope' not found on tool 'calculator'.",
                "calculator | attr           | {}      | 403 | Method 'attr' is not a public callable method.",
                "calculator | endless        | {}      | 403 | Method 'endless' is not a public callable method.",
                "calculator | boom           | {}      | 500 | Error executing tool: kaboom",
                "calculator | typeboom       | {}      | 500 | Error executing tool: inner type error",
                "calculator | trace          | {}      | 500 | Error executing tool: it failed",
            })
    void answersWithWhatWentWrong(String tool, String method, String args, int status, String detail) throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpResponse<String> answer = server.call(tool, method, args);
            assertEquals(status, answer.statusCode());
            assertEquals(detail, detail(answer));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1}                | missing the required argument 'b'",
                "{\"a\":1,\"b\":2,\"c\":3} | got an unexpected argument 'c'",
                "{\"a\":1,\"b\":\"x\"}    | wants a number for 'b'",
            })
    void wrongArgumentsAreAnsweredSoThatAModelCanCorrectThem(String args, String problem) throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpResponse<String> answer = server.call("calculator", "add", args);
            assertEquals(400, answer.statusCode());
            String detail = detail(answer);
            assertTrue(detail.startsWith("Tool argument validation failed: calculator.add() "), detail);
            assertTrue(detail.contains(problem), detail);
            assertTrue(detail.contains("Available parameters: a (number), b (number)"), detail);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tool\":\"t\",\"method\":\"m\",\"args\":null} | The parameter `body.args` has an invalid type: Input should be a valid dictionary.",
                "{\"tool\":\"t\",\"method\":\"m\",\"args\":[]}   | The parameter `body.args` has an invalid type: Input should be a valid dictionary.",
                "{\"tool\":\"t\",\"method\":\"m\",\"args\":\"\"} | The parameter `body.args` has an invalid type: Input should be a valid dictionary.",
                "{\"method\":\"m\"} | The required parameter `body.tool` is missing.",
                "{} | The required parameter `body.tool` is missing. The required parameter `body.method` is missing.",
                "{\"tool\":1,\"method\":\"m\"} | The parameter `body.tool` has an invalid type: Input should be a valid string.",
                "[] | The parameter `body` has an invalid type: Input should be a valid dictionary or object to extract fields from.",
                "'' | The required parameter `body` is missing.",
            })
    void aBodyNotOfTheFormIsAnsweredInThePredecessorsWords(String body, String problem) throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpResponse<String> answer = server.call(body);
            assertEquals(422, answer.statusCode());
            assertEquals("Tool argument validation failed: " + problem + PLEASE, detail(answer));
        }
    }

    @Test
    void whatIsNoJsonIsAnsweredWithWhereAndWhy() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            String call = ToolServer.body("calculator", "echo", "{\"text\":%s}");
            Map<String, String> bad = Map.of(
                    "{x",
                    "`body.1`: JSON decode error",
                    call.formatted("NaN"),
                    "NaN",
                    call.formatted("\"a\",\"text\":\"b\""),
                    "stands twice",
                    call.formatted("[".repeat(100_000)),
                    "nested more than 64 levels",
                    call.formatted("1".repeat(1000)),
                    "1000 characters",
                    "{\"\\ud800\":1}",
                    "surrogate");
            for (Map.Entry<String, String> each : bad.entrySet()) {
                HttpResponse<String> answer = server.call(each.getKey());
                assertEquals(422, answer.statusCode(), each.getKey());
                String detail = detail(answer);
                assertTrue(
                        detail.startsWith("Tool argument validation failed: Validation error on `body.")
                                && detail.contains(each.getValue()),
                        detail);
            }
        }
    }

    @Test
    void onlyJsonIsTakenForJson() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            String body = ToolServer.body("calculator", "add", "{\"a\":2,\"b\":3}");
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
                HttpRequest request = server.request("/run_tool")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                HttpResponse<String> answer = server.send(request);
                assertEquals(422, answer.statusCode());
                assertTrue(detail(answer).contains("`body` has an invalid type"), detail(answer));
            }
            HttpRequest request = server.request("/run_tool")
                    .header("Content-Type", "application/json; charset=utf-8")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            assertEquals(200, server.send(request).statusCode());
        }
    }

    @Test
    void withoutAKeyNothingIsServed() throws Exception {
        try (ToolServer server = new ToolServer(Map.of("tool_server_api_key", ""), new Tools.Calculator())) {
            for (HttpResponse<String> answer :
                    List.of(server.call("calculator", "add", "{\"a\":2,\"b\":3}"), server.get("/tools/"))) {
                assertEquals(500, answer.statusCode());
                assertEquals("API key not configured on server.", detail(answer));
            }
            assertEquals(200, server.get("/health").statusCode());
        }
    }

    @Test
    void theKeyIsAskedForBeforeTheBodyIsLookedAt() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpRequest wrong = HttpRequest.newBuilder(
                            server.request("/run_tool/").build().uri())
                    .header("Authorization", "Bearer other")
                    .POST(HttpRequest.BodyPublishers.ofString("no json"))
                    .build();
            assertEquals(403, server.send(wrong).statusCode());
            HttpRequest none = HttpRequest.newBuilder(
                            server.request("/tools").build().uri())
                    .build();
            assertEquals(401, server.send(none).statusCode());
        }
    }

    @Test
    void eachOfTheKeysIsTakenWhileTheyAreRotated() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            for (String key : List.of("testkey", "next")) {
                HttpRequest request = HttpRequest.newBuilder(
                                server.request("/tools/").build().uri())
                        .header("Authorization", "bearer " + key)
                        .build();
                assertEquals(200, server.send(request).statusCode());
            }
        }
    }

    @Test
    void listsToolsWithTheirSchemas() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            JsonObject tools = Json.parseObject(server.get("/tools/").body());
            JsonObject add =
                    tools.object("calculator").orElseThrow().object("add").orElseThrow();
            assertEquals("Adds two numbers.", add.string("doc").orElse(""));
            assertEquals("[\"a\",\"b\"]", add.array("args").orElseThrow().toString());
            assertEquals(
                    "object", add.object("schema").orElseThrow().string("type").orElse(""));
            assertEquals("normal", add.string("placement").orElse(""));
            assertFalse(add.bool("sensitive").orElseThrow());
            assertTrue(tools.object("calculator")
                    .orElseThrow()
                    .object("dangerous")
                    .orElseThrow()
                    .bool("sensitive")
                    .orElseThrow());
        }
    }

    @Test
    void sensitiveMethodsAreServedOnlyIfTheyAreNamed() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpResponse<String> answer = server.call("calculator", "dangerous", "{}");
            assertEquals(403, answer.statusCode());
            assertTrue(detail(answer).contains("calculator.dangerous in TOOL_SERVER_ALLOW"), detail(answer));
        }
        for (String allow : List.of("calculator", "calculator.dangerous")) {
            try (ToolServer server = new ToolServer(Map.of("tool_server_allow", allow), new Tools.Calculator())) {
                assertEquals(200, server.call("calculator", "dangerous", "{}").statusCode());
            }
        }
    }
}
