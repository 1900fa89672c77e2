package io.pipecat.launcher;

import io.pipecat.api.PipecatException;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and exits with its code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        Thread.setDefaultUncaughtExceptionHandler(
                new DeadThreads(console.err(), Runtime.getRuntime().maxMemory(), Runtime.getRuntime()::halt));
        Signals signals = new Signals();
        int code = signals.runUnder(() -> run(console, signals, args));
        if (console.out().checkError() && code == ExitCode.OK) {
            console.err()
                    .println("pipecat: what was to be written to standard output could not be: the disk is full, or"
                            + " whoever reads it has gone.");
            code = ExitCode.FAILED;
        }
        // Native code leaves a thread behind that would keep the process alive.
        System.exit(code);
    }

    /**
     * Returns the commands with their options, for whoever writes a reference of them.
     *
     * @return a command line that has parsed nothing
     * @throws SettingsException if the modules on the path contradict one another
     */
    public static CommandLine commands() throws SettingsException {
        return commandLine(new Launch(Console.ofProcess(), new Signals()));
    }

    /**
     * Returns the settings, for whoever writes a reference of them.
     *
     * @return every setting that the modules on the path know
     * @throws SettingsException if they contradict one another
     */
    public static List<SettingSpec<?>> settings() throws SettingsException {
        return Launch.knownSettings();
    }

    /** Runs a command; returns its exit code. */
    static int run(Console console, Signals signals, String... args) {
        try {
            return commandLine(new Launch(console, signals)).execute(args);
        } catch (SettingsException e) {
            return fail(console, e);
        }
    }

    private static CommandLine commandLine(Launch launch) throws SettingsException {
        CommandLine root = new CommandLine(new PipecatCommand(launch));
        SettingOptions.addTo(root, launch, Launch.knownSettings());
        root.addSubcommand(new AskCommand(launch))
                .addSubcommand(new ChatCommand(launch))
                .addSubcommand(new ServeCommand(launch))
                .addSubcommand(new ToolServerCommand(launch))
                .addSubcommand(new WorldModelCommand(launch))
                .addSubcommand(new TopologyCommand(launch))
                .addSubcommand(new CommandLine(new ToolsCommand(launch)).addSubcommand(new ToolsCallCommand(launch)))
                .addSubcommand(new ConfigCommand(launch))
                .addSubcommand(new DoctorCommand(launch))
                .addSubcommand(new BackupCommand(launch))
                .addSubcommand(new RestoreCommand(launch))
                .addSubcommand(new AotTrainingCommand(launch))
                .addSubcommand(new CommandLine.HelpCommand());
        Console console = launch.console();
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        root.setUsageHelpAutoWidth(true);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colored() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        root.setExecutionExceptionHandler((e, command, result) -> fail(console, e));
        root.setParameterExceptionHandler((e, args) -> UsageError.tell(e, console));
        return root;
    }

    private static int fail(Console console, Exception e) {
        if (e instanceof PipecatException) {
            String.valueOf(e.getMessage()).lines().forEach(line -> console.err().println("pipecat: " + line));
        } else if (!(e instanceof InterruptedException)) {
            console.err().println("pipecat: this should not have happened: " + e);
            console.err().println("pipecat: run it again with --log-level debug, and report what it prints.");
            LoggerFactory.getLogger(Main.class).debug("Unexpected failure", e);
        }
        return ExitCode.of(e);
    }
}
