package io.pipecat.launcher;

import io.pipecat.node.Node;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Without a command: a conversation. */
@Command(
        name = "pipecat",
        mixinStandardHelpOptions = true,
        description = "An assistant that runs whole on one machine, or split over several.",
        versionProvider = PipecatCommand.Version.class,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    success",
            "  1    it started and then failed",
            "  2    the command line is wrong",
            "  3    a setting is wrong, or asks for what no jar provides",
            "  4    the language model, or what finds it, cannot be reached",
            "  130  interrupted by Ctrl-C; 143 ended by SIGTERM",
            "",
            "Without a command it starts a node and lets you talk to it, as 'pipecat chat' does."
        })
final class PipecatCommand implements Callable<Integer> {
    private final Launch launch;

    PipecatCommand(Launch launch) {
        this.launch = launch;
    }

    /** The version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "pipecat " + Node.version() + " (Java " + Runtime.version().feature() + ")"
            };
        }
    }

    @Override
    public Integer call() throws Exception {
        return new ChatCommand(launch).call();
    }
}
