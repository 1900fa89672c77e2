package io.pipecat.node;

import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.tool.ToolSpec;
import java.util.List;
import java.util.Optional;

/** The tools of a tool server, of which none waits for a server that is known to be away. Thread-safe. */
final class GuardedTools implements ToolSource {
    private static final String ROLE = "tool-server";

    private record Wrapped(List<Tool> of, List<Tool> tools) {}

    private final ToolSource source;
    private final Breaker breaker;
    private final Prober prober;
    private final Subscription gauge;
    private volatile Wrapped wrapped = new Wrapped(List.of(), List.of());

    /**
     * Makes a source.
     *
     * @param source the tools, closed with this
     * @param provider where they come from
     * @param node the node
     * @param pause waits between probes
     */
    GuardedTools(ToolSource source, String provider, NodeContext node, Prober.Pause pause) {
        this.source = source;
        this.breaker = new Breaker(node.clock());
        this.prober = new Prober(ROLE, breaker, this::probe, pause);
        this.gauge = breaker.show(node.metrics(), ROLE, provider);
    }

    private void probe() throws PipecatException, InterruptedException {
        try {
            source.check();
        } catch (ToolException e) {
            // Whoever refuses is there.
            if (e.reason() == ToolException.Reason.UNAVAILABLE) {
                throw e;
            }
        }
    }

    /** Returns the same list as long as the source does. */
    @Override
    @SuppressWarnings("ReferenceEquality") // Immutable lists that are the same object have not changed.
    public List<Tool> tools() {
        List<Tool> now = source.tools();
        Wrapped last = wrapped;
        if (last.of() != now) {
            last = new Wrapped(now, now.stream().<Tool>map(Guarded::new).toList());
            wrapped = last;
        }
        return last.tools();
    }

    @Override
    public String description() {
        String description = source.description();
        Breaker.Status status = breaker.status();
        return status.state() == Breaker.State.OPEN
                ? description + "; away since " + status.since() + ", and looked for"
                : description;
    }

    @Override
    public boolean complete() {
        return source.complete();
    }

    @Override
    public void check() throws ToolException, InterruptedException {
        source.check();
    }

    @Override
    public void close() {
        gauge.close();
        prober.close();
        source.close();
    }

    private final class Guarded implements Tool {
        private final Tool tool;

        Guarded(Tool tool) {
            this.tool = tool;
        }

        @Override
        public ToolSpec spec() {
            return tool.spec();
        }

        @Override
        public boolean hides(String method) {
            return tool.hides(method);
        }

        @Override
        public JsonValue call(String method, JsonObject arguments, ToolContext context)
                throws ToolException, InterruptedException {
            Breaker.Status status = breaker.status();
            if (status.state() == Breaker.State.OPEN) {
                throw new ToolException(
                        ToolException.Reason.UNAVAILABLE,
                        "The tool server is away since " + status.since() + " and is used again as soon as it is back: "
                                + status.cause());
            }
            try {
                JsonValue result = tool.call(method, arguments, context);
                breaker.succeeded();
                return result;
            } catch (ToolException e) {
                judge(e);
                throw e;
            }
        }

        private void judge(ToolException e) {
            switch (e.reason()) {
                case UNAVAILABLE, UNCERTAIN -> {
                    breaker.failed(e.getMessage(), Optional.empty());
                    prober.wake();
                }
                // A tool that takes too long says nothing of its server.
                case TIMEOUT -> {}
                case UNKNOWN_TOOL, UNKNOWN_METHOD, NOT_OFFERED, INVALID_ARGUMENTS, DENIED, FAILED ->
                    breaker.succeeded();
            }
        }
    }
}
