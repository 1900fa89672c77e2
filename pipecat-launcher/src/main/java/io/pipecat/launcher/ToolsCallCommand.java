package io.pipecat.launcher;

import io.pipecat.agent.AgentSettings;
import io.pipecat.agent.Approval;
import io.pipecat.agent.ApprovalMode;
import io.pipecat.agent.ApprovalRequest;
import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Calls a tool as the model would. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Call a tool method; the result goes to standard output as JSON.",
        footer = {"", "Example: pipecat tools call calculator.evaluate expression='17 * 23'"})
final class ToolsCallCommand implements Callable<Integer> {
    private final Launch launch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--yes", description = "Do not ask before a sensitive method.")
    private boolean yes;

    @Parameters(index = "0", paramLabel = "TOOL.METHOD", description = "What to call; 'pipecat tools' lists it.")
    private String method = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NAME=VALUE",
            description = "Arguments. A value is JSON where the parameter is not a string.")
    private List<String> arguments = List.of();

    ToolsCallCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        Console console = launch.console();
        try (Progress progress = Progress.start(console, "running " + method);
                Node node = launch.builder("warn").build()) {
            int dot = method.indexOf('.');
            String toolName = dot < 0 ? method : method.substring(0, dot);
            String methodName = dot < 0 ? "" : method.substring(dot + 1);
            Tool tool = find(node, toolName);
            MethodSpec called = tool.spec().method(methodName).orElseThrow(() -> unknownMethod(tool, methodName));
            JsonObject values = values(called);
            ApprovalRequest request = new ApprovalRequest("call", toolName, methodName, values, called.description());
            if (called.sensitive() && !allowed(node, request, console, progress)) {
                throw new ToolException(ToolException.Reason.DENIED, method + " was not allowed; nothing was run.");
            }
            Duration timeout = called.timeout().orElse(node.settings().get(AgentSettings.TOOL_TIMEOUT));
            ToolContext context = new ToolContext(
                    UUID.randomUUID().toString(),
                    node.context().clock().instant().plus(timeout),
                    progress::say);
            JsonValue result = Deadline.call(timeout, method, () -> tool.call(methodName, values, context));
            progress.hide();
            console.out().println(Json.pretty(result));
            console.out().flush();
            return ExitCode.OK;
        }
    }

    private Tool find(Node node, String toolName) throws ToolException {
        List<String> names =
                node.tools().tools().stream().map(tool -> tool.spec().name()).toList();
        return node.tools()
                .find(toolName)
                .orElseThrow(() -> new ToolException(
                        ToolException.Reason.UNKNOWN_TOOL,
                        "Tool '" + toolName + "' not found." + Nearest.hint(toolName, names) + " There is "
                                + String.join(", ", names) + "."));
    }

    private static ToolException unknownMethod(Tool tool, String methodName) {
        List<String> names =
                tool.spec().methods().stream().map(MethodSpec::name).toList();
        return new ToolException(
                ToolException.Reason.UNKNOWN_METHOD,
                "Method '" + methodName + "' not found on tool '" + tool.spec().name() + "'."
                        + Nearest.hint(methodName, names) + " It has " + String.join(", ", names) + ".");
    }

    private JsonObject values(MethodSpec called) {
        JsonObject properties = called.parameters().object("properties").orElse(JsonObject.EMPTY);
        JsonObject.Builder values = JsonObject.builder();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec.commandLine(), "an argument is NAME=VALUE, not '" + argument + "'");
            }
            String name = argument.substring(0, equals);
            String text = argument.substring(equals + 1);
            boolean isString = properties
                    .object(name)
                    .flatMap(schema -> schema.string("type"))
                    .filter("string"::equals)
                    .isPresent();
            values.put(name, isString ? new JsonString(text) : jsonOrText(text));
        }
        return values.build();
    }

    /** What is not JSON stays text: the tool then says what it wants instead. */
    private static JsonValue jsonOrText(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return new JsonString(text);
        }
    }

    private boolean allowed(Node node, ApprovalRequest request, Console console, Progress progress)
            throws InterruptedException {
        ApprovalMode mode = node.settings().get(AgentSettings.APPROVAL_MODE);
        List<String> exceptions = node.settings().get(AgentSettings.ALLOW_TOOLS);
        if (exceptions.contains(request.tool()) || exceptions.contains(request.tool() + "." + request.method())) {
            return true;
        }
        return switch (mode) {
            case ALLOW -> true;
            case DENY -> false;
            case ASK -> yes || TerminalApprover.at(console, progress).ask(request) != Approval.DENY;
        };
    }
}
