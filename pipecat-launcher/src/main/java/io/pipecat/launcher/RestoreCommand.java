package io.pipecat.launcher;

import io.pipecat.node.NodeSettings;
import io.pipecat.node.StateArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A node's state, from one file. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description =
                "Put a backup into this node's state folder, which must be empty or missing; stop the node first.",
        footer = {"", "Example: STATE_DIR=/var/lib/pipecat pipecat restore pipecat-2026-11-24.zip"})
final class RestoreCommand implements Callable<Integer> {
    private final Launch launch;

    @Parameters(paramLabel = "FILE", description = "What 'pipecat backup' wrote.")
    private Path file = Path.of("");

    RestoreCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        Path stateDir = launch.builder("warn").effectiveSettings().get(NodeSettings.STATE_DIR);
        try (Progress progress = Progress.start(launch.console(), "restoring " + stateDir)) {
            int count = StateArchive.restore(file, stateDir);
            progress.hide();
            launch.console().out().println(count + " files of " + file + " are in " + stateDir + ".");
            return ExitCode.OK;
        } catch (IOException e) {
            launch.console().err().println("pipecat: nothing was restored: " + e.getMessage() + ".");
            return ExitCode.FAILED;
        }
    }
}
