package io.pipecat.endpoint.tools;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.RequestHandler;
import io.pipecat.api.http.Response;
import io.pipecat.api.shared.RateLimit;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Answers {@code POST /run_tool/}. */
final class RunTool implements RequestHandler {
    private static final String CALL_ID = "X-Call-Id";
    private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** The tools by name, and the list from which that was made. */
    private record Index(List<Tool> tools, Map<String, Tool> byName) {
        static Index of(List<Tool> tools) {
            return new Index(
                    tools,
                    tools.stream()
                            .collect(Collectors.toMap(tool -> tool.spec().name(), Function.identity(), (a, b) -> a)));
        }
    }

    private final NodeContext context;
    private final ToolCalls calls;
    private final RateLimit limit;
    private final Set<String> allowed;
    private volatile Index index = Index.of(List.of());

    RunTool(NodeContext context, ToolCalls calls) {
        this.context = context;
        this.calls = calls;
        this.limit = new RateLimit(context.settings().get(ToolServerSettings.RATE_LIMIT), context.clock());
        this.allowed = new HashSet<>(context.settings().get(ToolServerSettings.ALLOW));
    }

    @Override
    public Response handle(Request request) throws IOException {
        Optional<Response> refusal = limit.refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            Optional<String> id = callId(request);
            Response response = run(CallForm.read(request), id, request);
            return id.isPresent() ? response.withHeader(CALL_ID, id.get()) : response;
        } catch (CallForm.Malformed e) {
            return Response.error(422, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> callId(Request request) throws CallForm.Malformed {
        Optional<String> id = request.header(CALL_ID);
        if (id.isPresent() && !VALID_ID.matcher(id.get()).matches()) {
            throw new CallForm.Malformed("The header `" + CALL_ID + "` is 1 to 128 letters, digits, '.', '_', ':' and"
                    + " '-', not " + Outcomes.quoted(id.get()) + ".");
        }
        return id;
    }

    private Response run(CallForm form, Optional<String> id, Request request) {
        Tool tool = find(form.tool());
        if (tool == null) {
            return Outcomes.unknownTool(form.tool());
        }
        Optional<MethodSpec> method = tool.spec().method(form.method());
        if (method.isEmpty()) {
            return tool.hides(form.method())
                    ? Outcomes.notOffered(form.method())
                    : Outcomes.unknownMethod(form.tool(), form.method());
        }
        if (method.get().sensitive() && !isAllowed(form)) {
            return Outcomes.notAllowed(form.tool(), form.method());
        }
        return calls.run(tool, method.get(), form, id, request);
    }

    private boolean isAllowed(CallForm form) {
        return allowed.contains(form.tool()) || allowed.contains(form.tool() + "." + form.method());
    }

    /** A tool's proxy is never served: two nodes that serve each other's would pass a call back and forth for ever. */
    private @org.jspecify.annotations.Nullable Tool find(String name) {
        List<Tool> now = context.tools().local();
        Index known = index;
        if (!known.tools().equals(now)) {
            known = Index.of(now);
            index = known;
        }
        return known.byName().get(name);
    }
}
