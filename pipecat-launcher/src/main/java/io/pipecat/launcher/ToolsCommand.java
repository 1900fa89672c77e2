package io.pipecat.launcher;

import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.node.Node;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What can be called. */
@Command(
        name = "tools",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "List the tools that the model can call, or call one.")
final class ToolsCommand implements Callable<Integer> {
    private final Launch launch;

    ToolsCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        try (Node node = launch.builder("warn").withoutWaiting().build()) {
            Table table = new Table().row("METHOD", "PLACEMENT", "ASKS FIRST", "WHAT IT DOES");
            for (Tool tool : node.tools().tools()) {
                for (MethodSpec method : tool.spec().methods()) {
                    table.row(
                            tool.spec().name() + "." + method.name() + "(" + String.join(", ", method.parameterNames())
                                    + ")",
                            tool.spec().placement().name().toLowerCase(Locale.ROOT),
                            method.sensitive() ? "yes" : "no",
                            method.description());
                }
            }
            table.print(launch.console().out());
        }
        return ExitCode.OK;
    }
}
