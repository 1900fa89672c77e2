package io.pipecat.launcher;

import io.pipecat.api.http.Listener;
import io.pipecat.node.Node;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** A node in the foreground. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Run a node in the foreground until SIGTERM or Ctrl-C; needs no terminal.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Launch launch;

    ServeCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        try (Node node = launch.builder("info").build()) {
            launch.signals().allow(node.settings().get(LauncherSettings.DRAIN_TIMEOUT));
            List<Listener> listeners = node.serve();
            listeners.forEach(listener -> LOG.info("Listening on {}", listener.address()));
            LOG.info(
                    "Ready: {} answers with {}",
                    node.context().node().name(),
                    node.llm().description());
            if (listeners.isEmpty()) {
                LOG.warn("Nothing is listened for: no jar on the path serves any of 'serve'. The node runs, but only"
                        + " what is inside this process can talk to it.");
            }
            try (ReadyFile ready = ReadyFile.write(node.context().stateDir(), listeners)) {
                LOG.debug("{} says where this node listens", ready.file());
                waitUntilStopped(node);
            }
        }
        return ExitCode.OK;
    }

    /** Waits for the end of the process, and then until the requests under way have ended. */
    static void waitUntilStopped(Node node) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            LOG.info("Stopping");
            node.drain(node.settings().get(LauncherSettings.DRAIN_TIMEOUT));
            throw e;
        }
    }
}
