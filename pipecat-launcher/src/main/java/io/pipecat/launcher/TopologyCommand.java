package io.pipecat.launcher;

import io.pipecat.api.Topology;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.node.Node;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What serves each role. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Show each role of the node: what serves it, from which jar, why, and what else was there.")
final class TopologyCommand implements Callable<Integer> {
    private final Launch launch;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    TopologyCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        try (Node node = launch.builder("warn").withoutWaiting().build()) {
            if (json) {
                launch.console().out().println(Json.pretty(toJson(node.topology())));
            } else {
                print(node.topology(), launch.console());
            }
        }
        return ExitCode.OK;
    }

    static void print(Topology topology, Console console) {
        console.out()
                .println(topology.node().name() + ": "
                        + topology.node().mode().name().toLowerCase(Locale.ROOT)
                        + topology.node()
                                .tier()
                                .map(tier -> ", " + tier.name().toLowerCase(Locale.ROOT))
                                .orElse("")
                        + ", version " + topology.node().version());
        Table table = new Table().row("ROLE", "BY", "FROM", "WHAT", "WHY");
        for (Topology.Role role : topology.roles()) {
            String others = role.others().isEmpty() ? "" : "; also there: " + String.join(", ", role.others());
            table.row(role.role(), role.implementation(), role.module(), role.detail(), role.reason() + others);
        }
        table.print(console.out());
    }

    private static JsonObject toJson(Topology topology) {
        return JsonObject.builder()
                .put("node", JsonValue.from(topology.node()))
                .put("roles", JsonValue.from(topology.roles()))
                .build();
    }
}
