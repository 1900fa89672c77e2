package io.pipecat.launcher;

import io.pipecat.node.NodeSettings;
import io.pipecat.node.StateArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A node's state, in one file. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Copy what this node keeps in its state folder into one file; the node may run meanwhile.",
        footer = {
            "",
            "Caches and models are left out: a node makes or fetches them again. The file holds what",
            "people said to the node, so only its owner may read it.",
            "Example: pipecat backup pipecat-$(date +%%F).zip"
        })
final class BackupCommand implements Callable<Integer> {
    private final Launch launch;

    @Parameters(paramLabel = "FILE", description = "Where to write it; must not be there yet.")
    private Path file = Path.of("");

    BackupCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        Path stateDir = launch.builder("warn").effectiveSettings().get(NodeSettings.STATE_DIR);
        try (Progress progress = Progress.start(launch.console(), "copying " + stateDir)) {
            int count = StateArchive.write(stateDir, Instant.now(), file);
            progress.hide();
            launch.console().out().println(count + " files of " + stateDir + " are in " + file + ".");
            return ExitCode.OK;
        } catch (IOException e) {
            launch.console().err().println("pipecat: no backup was made: " + e.getMessage() + ".");
            return ExitCode.FAILED;
        }
    }
}
