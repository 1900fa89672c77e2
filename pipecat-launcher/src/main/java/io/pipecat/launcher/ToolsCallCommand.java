package io.pipecat.launcher;

import io.pipecat.agent.Approval;
import io.pipecat.agent.ToolCaller;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.node.Node;
import java.util.List;
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
                Node node = launch.builder("warn").withoutWaiting().build()) {
            int dot = method.indexOf('.');
            String toolName = dot < 0 ? method : method.substring(0, dot);
            String methodName = dot < 0 ? "" : method.substring(dot + 1);
            ToolCaller caller = ToolCaller.builder(node.context())
                    .approver(yes ? request -> Approval.ALLOW : TerminalApprover.at(console, progress))
                    .client("pipecat tools call")
                    .build();
            JsonObject schema = node.tools()
                    .find(toolName)
                    .flatMap(tool -> tool.spec().method(methodName))
                    .map(MethodSpec::parameters)
                    .orElse(JsonObject.EMPTY);
            JsonValue result =
                    caller.call(toolName, methodName, values(schema), line -> progress.say(console.safe(line)));
            progress.hide();
            console.out().println(Json.pretty(result));
            console.out().flush();
            return ExitCode.OK;
        }
    }

    private JsonObject values(JsonObject schema) {
        JsonObject properties = schema.object("properties").orElse(JsonObject.EMPTY);
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
                    .flatMap(property -> property.string("type"))
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
}
