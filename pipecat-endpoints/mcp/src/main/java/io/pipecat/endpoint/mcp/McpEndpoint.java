package io.pipecat.endpoint.mcp;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /mcp}: streamable HTTP (Model Context Protocol, "Transports"). A client introduces itself, gets a session, and names it with each
 * further request.
 */
final class McpEndpoint implements HttpEndpoint {
    private static final String PATH = "/mcp";
    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";

    /** Newest first. To a client that wants none of them the newest is offered. */
    private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private static final Json JSON = Json.within(JsonLimits.DEFAULT);

    private final NodeContext context;
    private final Authenticator authenticator;
    private final Origins origins;
    private final ClientSessions sessions;
    private final ToolRequests tools;

    McpEndpoint(NodeContext context) {
        this(context, McpEndpoint.randomIds());
    }

    McpEndpoint(NodeContext context, Supplier<String> sessionIds) {
        this.context = context;
        this.authenticator = KeyAuthenticator.of(context.settings());
        this.origins = new Origins(context.settings().get(McpEndpointSettings.ALLOWED_ORIGINS));
        this.sessions = new ClientSessions(
                context.steadyClock(), context.settings().get(McpEndpointSettings.SESSION_IDLE), sessionIds);
        this.tools = new ToolRequests(context);
    }

    private static Supplier<String> randomIds() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[24];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }

    @Override
    public List<Route> routes() {
        // A call has a deadline of its own, which a tool may set higher than any other request's.
        return List.of(
                Route.of("POST", PATH, this::post)
                        .withSummary("Takes one message of MCP's streamable HTTP and answers it.")
                        .withMaxBody(JsonLimits.DEFAULT.maxLength())
                        .withTimeout(Duration.ZERO),
                Route.of("DELETE", PATH, this::delete).withSummary("Ends a session."));
    }

    @Override
    public Authenticator authenticator() {
        return authenticator;
    }

    private Response post(Request request) throws IOException {
        Optional<Response> refusal = refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String type = request.header("Content-Type")
                .orElse("")
                .replaceFirst(";.*", "")
                .strip();
        if (!type.equalsIgnoreCase("application/json")) {
            return Rpc.refusal(415, Rpc.SERVER_ERROR, "Send a message as Content-Type: application/json.");
        }
        if (!accepts(request, "application", "json")) {
            return Rpc.refusal(
                    406,
                    Rpc.SERVER_ERROR,
                    "Send Accept: application/json, text/event-stream; answers are of these kinds.");
        }
        JsonValue body;
        try {
            body = JSON.read(request.readBody());
        } catch (JsonException e) {
            return Rpc.refusal(400, Rpc.PARSE_ERROR, "The body is not JSON: " + e.getMessage() + ".");
        }
        if (!(body instanceof JsonObject message) || !message.string("jsonrpc").equals(Optional.of("2.0"))) {
            return Rpc.refusal(
                    400,
                    Rpc.INVALID_REQUEST,
                    "The body is no message of JSON-RPC 2.0: one object with \"jsonrpc\":\"2.0\" was expected.");
        }
        return message(request, message);
    }

    private Optional<Response> refusal(Request request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !origins.admits(origin.get())) {
            return Optional.of(Rpc.refusal(
                    403,
                    Rpc.SERVER_ERROR,
                    "Pages of " + new JsonString(origin.get())
                            + " may not call this server: mcp_allowed_origins does not list it."));
        }
        Optional<String> version = request.header(VERSION);
        if (version.isPresent() && !VERSIONS.contains(version.get())) {
            return Optional.of(Rpc.refusal(
                    400,
                    Rpc.SERVER_ERROR,
                    "This server speaks the versions " + String.join(", ", VERSIONS) + ", not the one in " + VERSION
                            + "."));
        }
        return Optional.empty();
    }

    /** A client that names no kind takes every kind. */
    private static boolean accepts(Request request, String type, String subtype) {
        List<String> headers = request.headers("Accept");
        String accept = String.join(",", headers).toLowerCase(Locale.ROOT);
        return headers.isEmpty()
                || accept.contains(type + "/" + subtype)
                || accept.contains(type + "/*")
                || accept.contains("*/*");
    }

    private Response message(Request request, JsonObject message) {
        Optional<String> method = message.string("method");
        Optional<JsonValue> id =
                message.get("id").filter(value -> value instanceof JsonString || value instanceof JsonNumber);
        JsonObject params = message.object("params").orElse(JsonObject.EMPTY);
        if (method.equals(Optional.of("initialize"))) {
            return id.isPresent()
                    ? initialize(request, id.get(), params)
                    : Rpc.refusal(400, Rpc.INVALID_REQUEST, "An initialize request needs an id.");
        }
        Optional<String> sessionId = request.header(SESSION);
        if (sessionId.isEmpty()) {
            return noSession();
        }
        Optional<ClientSession> session = sessions.find(sessionId.get(), request.principal());
        if (session.isEmpty()) {
            return sessionNotFound();
        }
        if (method.isPresent() && id.isPresent()) {
            return request(request, session.get(), method.get(), id.get(), params);
        }
        if (method.isPresent() && message.has("id")) {
            return Rpc.refusal(400, Rpc.INVALID_REQUEST, "The id of a request is a string or a number.");
        }
        if (method.equals(Optional.of("notifications/cancelled"))) {
            params.get("requestId").ifPresent(session.get()::cancel);
        }
        // Other notifications, and answers to questions that this server never asks, change nothing.
        return accepted();
    }

    private Response initialize(Request request, JsonValue id, JsonObject params) {
        String wanted = params.string("protocolVersion").orElse("");
        String version = VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst();
        ClientSession session = sessions.open(request.principal(), version);
        JsonObject result = JsonObject.builder()
                .put("protocolVersion", version)
                .put("capabilities", JsonObject.of("tools", JsonObject.EMPTY))
                .put(
                        "serverInfo",
                        JsonObject.builder()
                                .put("name", "pipecat")
                                .put("title", "pipecat node " + context.node().name())
                                .put("version", context.node().version())
                                .build())
                .build();
        return Response.json(200, Rpc.result(id, result)).withHeader(SESSION, session.id());
    }

    private Response request(Request request, ClientSession session, String method, JsonValue id, JsonObject params) {
        return switch (method) {
            case "ping" -> Response.json(200, Rpc.result(id, JsonObject.EMPTY));
            case "tools/list" -> Response.json(200, tools.list(id, params));
            case "tools/call" -> tools.call(session, id, params, accepts(request, "text", "event-stream"));
            default ->
                Response.json(
                        200,
                        Rpc.error(
                                id,
                                Rpc.METHOD_NOT_FOUND,
                                "This server has no method " + new JsonString(method) + ": it offers tools alone."));
        };
    }

    private Response delete(Request request) {
        Optional<Response> refusal = refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<String> sessionId = request.header(SESSION);
        if (sessionId.isEmpty()) {
            return noSession();
        }
        Optional<ClientSession> session = sessions.find(sessionId.get(), request.principal());
        if (session.isEmpty()) {
            return sessionNotFound();
        }
        sessions.end(session.get());
        return new Response(204, Map.of(), new Response.Body.Bytes(new byte[0]));
    }

    private static Response noSession() {
        return Rpc.refusal(
                400,
                Rpc.SERVER_ERROR,
                "The header " + SESSION + " is missing: send initialize first, then its session.");
    }

    private static Response sessionNotFound() {
        return Rpc.refusal(404, Rpc.SESSION_NOT_FOUND, "Session not found: send initialize again.");
    }

    private static Response accepted() {
        return new Response(202, Map.of(), new Response.Body.Bytes(new byte[0]));
    }

    @Override
    public void close() {
        sessions.close();
        tools.close();
    }
}
