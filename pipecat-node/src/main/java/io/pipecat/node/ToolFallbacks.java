package io.pipecat.node;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSpec;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Lets tools of this node take calls for their twins on a tool server that cannot be reached, and says so. Thread-safe. */
final class ToolFallbacks {
    private final Clock clock;
    private final Consumer<NodeEvent> publish;
    private final Map<String, String> fallen = new ConcurrentHashMap<>();

    ToolFallbacks(Clock clock, Consumer<NodeEvent> publish) {
        this.clock = clock;
        this.publish = publish;
    }

    /** Returns why the local twin took the last call; empty if it did not. */
    Optional<String> cause(String tool) {
        return Optional.ofNullable(fallen.get(tool));
    }

    /** Makes a tool of two of one name. */
    Tool behind(Tool remote, Tool local) {
        return new Twins(remote, local, spec(remote.spec(), local.spec()));
    }

    /** Somebody is asked if either of them wants it: which one will run is not known when the question is put. */
    private static ToolSpec spec(ToolSpec remote, ToolSpec local) {
        return new ToolSpec(
                remote.name(),
                remote.description(),
                remote.placement(),
                remote.methods().stream()
                        .map(method -> new MethodSpec(
                                method.name(),
                                method.description(),
                                method.parameters(),
                                method.sensitive()
                                        || local.method(method.name())
                                                .filter(MethodSpec::sensitive)
                                                .isPresent(),
                                method.timeout()))
                        .toList());
    }

    private void reached(String tool) {
        if (fallen.remove(tool) != null) {
            publish.accept(new NodeEvent.RoleSwitched(
                    clock.instant(),
                    "tool:" + tool,
                    "local",
                    "remote",
                    "The tool " + tool + " runs on the tool server again."));
        }
    }

    private void fell(String tool, String cause) {
        if (fallen.put(tool, cause) == null) {
            publish.accept(new NodeEvent.RoleSwitched(
                    clock.instant(),
                    "tool:" + tool,
                    "remote",
                    "local",
                    "The tool " + tool + " runs on this node instead of the tool server (tool_fallback=local): "
                            + cause));
        }
    }

    /** Closed by nobody: both of its tools are their sources'. */
    private final class Twins implements Tool {
        private final Tool remote;
        private final Tool local;
        private final ToolSpec spec;

        Twins(Tool remote, Tool local, ToolSpec spec) {
            this.remote = remote;
            this.local = local;
            this.spec = spec;
        }

        @Override
        public ToolSpec spec() {
            return spec;
        }

        @Override
        public JsonValue call(String method, JsonObject arguments, ToolContext context)
                throws ToolException, InterruptedException {
            try {
                JsonValue result = remote.call(method, arguments, context);
                reached(spec.name());
                return result;
            } catch (ToolException e) {
                if (e.reason() == ToolException.Reason.UNCERTAIN) {
                    // It broke off: whether the server is back is not known either.
                    throw e;
                }
                if (e.reason() != ToolException.Reason.UNAVAILABLE) {
                    reached(spec.name());
                    throw e;
                }
                if (local.spec().method(method).isEmpty()) {
                    throw e;
                }
                fell(spec.name(), e.getMessage());
                context.report(spec.name() + "." + method
                        + " runs on this node, because the tool server cannot be reached (tool_fallback=local).");
            }
            return local.call(method, arguments, context);
        }
    }
}
