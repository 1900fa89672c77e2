package io.pipecat.launcher;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.node.Finding;
import io.pipecat.node.NodeBuilder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What would stop this node. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Find out what would stop this node, with the remedy. Exits with 1 if anything would.")
final class DoctorCommand implements Callable<Integer> {
    private final Launch launch;

    DoctorCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        Console console = launch.console();
        List<Finding> findings;
        try (Progress progress = Progress.start(console, "examining the settings")) {
            NodeBuilder builder = launch.builder("error");
            progress.say("examining the node");
            findings = builder.diagnose();
        } catch (SettingsException e) {
            findings = List.of(new Finding(Finding.Level.PROBLEM, "settings", e.getMessage()));
        }
        Table table = new Table();
        findings.forEach(finding ->
                table.row(finding.level().name().toLowerCase(Locale.ROOT), finding.subject(), finding.message()));
        table.print(console.out());
        boolean problem = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.PROBLEM);
        console.out().println(problem ? "This node would not work as it is." : "Nothing would stop this node.");
        console.out().flush();
        return problem ? ExitCode.FAILED : ExitCode.OK;
    }
}
