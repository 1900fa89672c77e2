package io.pipecat.endpoint.tools;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.BearerAuthenticator;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.RequestHandler;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.json.JsonLimits;
import java.time.Duration;
import java.util.List;

/** The tool server's routes. */
final class ToolsEndpoint implements HttpEndpoint {
    private final NodeContext context;
    private final Authenticator authenticator;
    private final ToolCalls calls;
    private final RunTool runTool;

    ToolsEndpoint(NodeContext context) {
        this.context = context;
        this.authenticator = BearerAuthenticator.of(ToolServerSettings.API_KEY, context.settings());
        this.calls = new ToolCalls(context);
        this.runTool = new RunTool(context, calls);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                // Each call has the deadline of its tool.
                Route.of("POST", "/run_tool/", runTool)
                        .withSummary("Runs a method of a tool and answers with its result.")
                        .withTimeout(Duration.ZERO)
                        .withMaxBody(JsonLimits.DEFAULT.maxLength()),
                Route.of("DELETE", "/run_tool/{id}", RequestHandler.always(this::cancel))
                        .withSummary("Ends the call that was sent with this X-Call-Id."),
                Route.of("GET", "/tools/", request -> list())
                        .withSummary("Lists the tools with their methods, arguments and schemas."));
    }

    private Response cancel(Request request) {
        String id = request.pathParameter("id");
        return calls.cancel(id)
                ? Response.json(200, Outcomes.CANCELLED)
                : Response.error(404, "No call '" + id + "' is running.");
    }

    private Response list() {
        return Response.json(200, ToolList.of(context.tools().local()));
    }

    @Override
    public Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public void close() {
        calls.close();
    }
}
