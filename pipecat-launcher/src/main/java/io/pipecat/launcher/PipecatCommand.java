package io.pipecat.launcher;

import io.pipecat.api.Topology;
import io.pipecat.api.http.Listener;
import io.pipecat.node.Node;
import io.pipecat.node.NodeBuilder;
import io.pipecat.node.NodeSettings;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Without a command: a node with its web UI. */
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
            "Without a command it starts a node and prints the address of its web UI (web_port, 8000 unless set);",
            "'pipecat chat' talks to a node in the terminal instead."
        })
final class PipecatCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PipecatCommand.class);

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
        Console console = launch.console();
        NodeBuilder builder = launch.builder("warn");
        try (Progress progress = Progress.start(console, "starting");
                Node node = builder.build()) {
            List<Listener> listeners = node.serve();
            Optional<String> address = webAddress(node);
            if (listeners.isEmpty() && !node.settings().isSet(NodeSettings.SERVE)) {
                return ChatCommand.run(node, console, progress);
            }
            launch.signals().allow(node.settings().get(LauncherSettings.DRAIN_TIMEOUT));
            progress.hide();
            try (ReadyFile ready = ReadyFile.write(node.context().stateDir(), listeners)) {
                LOG.debug("{} says where this node listens", ready.file());
                tell(node, listeners, address);
                ServeCommand.waitUntilStopped(node);
            }
        }
        return ExitCode.OK;
    }

    private static Optional<String> webAddress(Node node) {
        return node.topology().roles().stream()
                .filter(role -> role.role().equals("endpoint:web"))
                .map(Topology.Role::detail)
                .findFirst();
    }

    private void tell(Node node, List<Listener> listeners, Optional<String> address) {
        PrintStream out = launch.console().out();
        if (address.isPresent()) {
            // An address that stands for all of this machine's is none that a browser can be sent to.
            String url = address.get()
                    .replace("//0.0.0.0:", "//" + node.context().node().name() + ":")
                    .replace(
                            "//[0:0:0:0:0:0:0:0]:", "//" + node.context().node().name() + ":");
            out.println("pipecat is ready: " + url + "/");
        } else {
            listeners.forEach(listener -> out.println("pipecat is ready: " + listener.address()));
        }
        out.println("It answers with " + node.llm().description()
                + ". Ctrl-C stops it; 'pipecat chat' talks in the terminal.");
        out.flush();
    }
}
