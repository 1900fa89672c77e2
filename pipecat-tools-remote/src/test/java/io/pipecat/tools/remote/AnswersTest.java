package io.pipecat.tools.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.json.Json;
import io.pipecat.testkit.node.TestNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tool servers answer to a call. The bodies are recorded answers of the predecessor where it has them. */
class AnswersTest {
    static final String CATALOGUE = "{\"calculator\":{\"add\":{\"doc\":\"Adds two numbers.\",\"args\":[\"a\",\"b\"]}}}";

    @TempDir
    private Path folder;

    private final MockWebServer server = new MockWebServer();
    private TestTools tools;

    @BeforeEach
    void start() throws Exception {
        server.start();
        server.enqueue(json(200, CATALOGUE));
        tools = TestTools.at(server.url("/").uri(), folder);
        assertEquals("/tools/", server.takeRequest().getTarget());
    }

    @AfterEach
    void stop() {
        tools.close();
        server.close();
    }

    static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private ToolException refused(int status, String body) {
        server.enqueue(json(status, body));
        return tools.refused();
    }

    @Test
    void sendsWhatTheContractSays() throws Exception {
        server.enqueue(json(200, "{\"result\":5}"));
        assertEquals(JsonNumber.of(5), tools.add());
        RecordedRequest request = server.takeRequest();
        assertEquals("POST", request.getMethod());
        assertEquals("/run_tool/", request.getTarget());
        assertEquals("Bearer testkey", request.getHeaders().get("Authorization"));
        assertEquals(TestNode.INSTANCE, request.getHeaders().get("X-Pipecat-Instance"));
        String id = String.valueOf(request.getHeaders().get("X-Call-Id"));
        assertTrue(id.matches("call_1-[0-9a-f]{16}"), id);
        assertEquals("application/json", request.getHeaders().get("Content-Type"));
        assertEquals(
                Json.parseObject("{\"tool\":\"calculator\",\"method\":\"add\",\"args\":{\"a\":2,\"b\":3}}"),
                Json.parseObject(request.getBody().utf8()));
    }

    @Test
    void keepsTheConnectionForTheNextCall() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.enqueue(json(200, "{\"result\":" + i + "}"));
            assertEquals(JsonNumber.of(i), tools.add());
            RecordedRequest request = server.takeRequest();
            assertEquals(0, request.getConnectionIndex());
            assertEquals(i + 1, request.getExchangeIndex());
        }
    }

    @Test
    void resultsKeepTheirDigitsAndTheirForm() throws Exception {
        for (String result : List.of("1180591620717411303425", "\"éü\"", "null", "[1,{\"a\":[]}]", "0.10")) {
            server.enqueue(json(200, "{\"result\":" + result + "}"));
            assertEquals(Json.parse(result), tools.add());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | INVALID_ARGUMENTS | Tool argument validation failed: CalculatorTool.add() missing 1 required positional argument: 'b'.",
                "422 | INVALID_ARGUMENTS | Tool argument validation failed: The parameter `body.args` has an invalid type.",
                "403 | NOT_OFFERED       | Method '_secret' is not a public callable method.",
                "404 | UNKNOWN_TOOL      | Tool 'nope' not found.",
                "404 | UNKNOWN_METHOD    | Method 'nope' not found on tool 'calculator'."
            })
    void givesTheDetailToTheCaller(int status, Reason reason, String detail) {
        ToolException e = refused(status, JsonObject.of("detail", detail).toString());
        assertEquals(reason, e.reason());
        assertEquals(detail, e.getMessage());
    }

    @Test
    void whatWasCancelledOverThereCountsAsBegun() {
        ToolException e = refused(409, "{\"detail\":\"Call 'call_1' was cancelled.\"}");
        assertEquals(Reason.FAILED, e.reason());
        assertTrue(e.getMessage().contains("was cancelled. What it did until then stays done"), e.getMessage());
    }

    @Test
    void failureOfTheToolIsToldWithoutTheFrameAroundIt() {
        ToolException e = refused(500, "{\"detail\":\"Error executing tool: kaboom\"}");
        assertEquals(Reason.FAILED, e.reason());
        assertEquals("kaboom", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Authorization header is missing. | refuses the key in TOOL_SERVER_API_KEY",
                "401 | Invalid authorization header format. | refuses the key in TOOL_SERVER_API_KEY",
                "403 | Invalid credentials. | refuses the key in TOOL_SERVER_API_KEY",
                "500 | API key not configured on server. | set TOOL_SERVER_API_KEY there",
                "403 | Method ssh.run_command is sensitive; TOOL_SERVER_ALLOW does not list it. | TOOL_SERVER_ALLOW"
            })
    void denialNamesTheRemedy(int status, String detail, String remedy) {
        ToolException e = refused(status, JsonObject.of("detail", detail).toString());
        assertEquals(Reason.DENIED, e.reason());
        assertTrue(e.getMessage().contains(remedy), e.getMessage());
        assertTrue(e.getMessage().contains("(TOOL_SERVER_URL)"), e.getMessage());
    }

    @Test
    void missingKeyIsNamed() throws Exception {
        server.enqueue(json(401, "{\"detail\":\"Authorization header is missing.\"}"));
        server.enqueue(json(401, "{\"detail\":\"Authorization header is missing.\"}"));
        TestNode node = TestTools.node(
                DeploymentMode.MONOLITH,
                Map.of("tool_server_url", server.url("/").toString(), "remote_tools", "calculator.add"),
                folder.resolve("other"),
                new Registry("nobody"));
        try (TestTools keyless = new TestTools(node)) {
            keyless.asked(1);
            ToolException e = keyless.refused();
            assertTrue(e.getMessage().contains("it wants a key: set TOOL_SERVER_API_KEY"), e.getMessage());
            assertEquals(null, server.takeRequest().getHeaders().get("Authorization"));
        }
    }

    @Test
    void keyThatTheServerRepeatsIsTakenOut() {
        ToolException e = refused(403, "{\"detail\":\"no such key: testkey\"}");
        assertFalse(e.getMessage().contains("testkey"), e.getMessage());
        e = refused(500, "{\"detail\":\"Error executing tool: Bearer testkey\"}");
        assertFalse(e.getMessage().contains("testkey"), e.getMessage());
        e = refused(302, "");
        assertFalse(e.getMessage().contains("testkey"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":5",
                "{\"resultat\":5}",
                "[5]",
                "",
                "{\"result\":NaN}",
                "<html><head><title>Welcome</title></head><body>Log in to the guest network</body></html>",
            })
    void successThatIsNoResultIsUncertain(String body) {
        ToolException e = refused(200, body);
        assertEquals(Reason.UNCERTAIN, e.reason(), e.getMessage());
        assertTrue(e.getMessage().contains("not known"), e.getMessage());
        assertEquals(2, server.getRequestCount());
    }

    @Test
    void pagesAreQuotedAsText() {
        ToolException e = refused(
                500,
                "<html><head><title>x</title><style>b{}</style></head><body><h1>Server Error</h1>\u0007</body></html>");
        assertEquals(Reason.FAILED, e.reason());
        assertTrue(e.getMessage().contains("answered 500 \"Server Error\""), e.getMessage());
        e = refused(404, "<html><body>nginx</body></html>");
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertTrue(e.getMessage().contains("Check TOOL_SERVER_URL"), e.getMessage());
        e = refused(400, "<html><body>Bad Request</body></html>");
        assertEquals(Reason.UNAVAILABLE, e.reason());
    }

    @ParameterizedTest
    @CsvSource({"502", "503", "504", "500", "599"})
    void gatewayThatLostTheServerIsNeverAskedAgain(int status) {
        ToolException e = refused(status, "upstream went away");
        assertEquals(status == 500 ? Reason.FAILED : Reason.UNCERTAIN, e.reason());
        assertEquals(2, server.getRequestCount());
        assertEquals(List.of(), tools.waits);
    }

    @Test
    void deadlineOfTheServerIsATimeout() {
        ToolException e = refused(504, "{\"detail\":\"The answer took too long and was given up.\"}");
        assertEquals(Reason.TIMEOUT, e.reason());
    }

    @Test
    void oversizedResultIsNotRead() {
        Buffer body = new Buffer().writeUtf8("{\"result\":\"");
        body.write(new byte[Http.MAX_BODY]);
        server.enqueue(new MockResponse.Builder().code(200).body(body).build());
        ToolException e = tools.refused();
        assertEquals(Reason.FAILED, e.reason());
        assertTrue(e.getMessage().contains("more than 16 MiB"), e.getMessage());
    }

    @Test
    void rateLimitIsWaitedFor() throws Exception {
        server.enqueue(json(429, "{\"detail\":\"Rate limit exceeded. Try again in 7 seconds.\"}"));
        server.enqueue(json(429, "{\"detail\":\"Rate limit exceeded.\"}")
                .newBuilder()
                .setHeader("Retry-After", "3")
                .build());
        server.enqueue(json(503, "{\"detail\":\"Too many requests at once.\"}")
                .newBuilder()
                .setHeader("Retry-After", "1")
                .build());
        server.enqueue(json(200, "{\"result\":5}"));
        assertEquals(JsonNumber.of(5), tools.add());
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(3), Duration.ofSeconds(1)), tools.waits);
        assertEquals(3, tools.reports.size());
        assertTrue(tools.reports.getFirst().contains("wait 7 s"), tools.reports.toString());
    }

    @Test
    void rateLimitBeyondTheDeadlineIsToldAtOnce() {
        ToolException e = refused(429, "{\"detail\":\"Rate limit exceeded. Try again in 59 seconds.\"}");
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertTrue(e.getMessage().contains("again in 59 s"), e.getMessage());
        assertEquals(List.of(), tools.waits);
    }

    @Test
    void redirectWithinTheServerIsFollowed() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .setHeader("Location", server.url("/v2/run_tool/"))
                .build());
        server.enqueue(json(200, "{\"result\":5}"));
        assertEquals(JsonNumber.of(5), tools.add());
        server.takeRequest();
        RecordedRequest second = server.takeRequest();
        assertEquals("POST /v2/run_tool/", second.getMethod() + " " + second.getTarget());
        assertEquals("Bearer testkey", second.getHeaders().get("Authorization"));
        assertTrue(second.getBody().utf8().contains("\"calculator\""));
    }

    @Test
    void redirectToAnotherHostNeverCarriesTheKeyThere() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            server.enqueue(new MockResponse.Builder()
                    .code(307)
                    .setHeader("Location", other.url("/run_tool/?key=testkey"))
                    .build());
            ToolException e = tools.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(
                    e.getMessage().contains("not followed") && e.getMessage().contains("TOOL_SERVER_URL"),
                    e.getMessage());
            assertFalse(e.getMessage().contains("testkey"), e.getMessage());
            assertEquals(0, other.getRequestCount());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void redirectThatWouldTurnTheCallIntoAGetIsNotFollowed(int status) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .setHeader("Location", server.url("/login"))
                .build());
        assertEquals(Reason.UNAVAILABLE, tools.refused().reason());
        assertEquals(2, server.getRequestCount());
    }

    @Test
    void redirectsThatNeverEndAreGivenUp() {
        for (int i = 0; i < 5; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(307)
                    .setHeader("Location", server.url("/run_tool/"))
                    .build());
        }
        assertEquals(Reason.UNAVAILABLE, tools.refused().reason());
        assertEquals(5, server.getRequestCount());
    }
}
