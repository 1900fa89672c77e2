package io.pipecat.node;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSpec;
import io.pipecat.node.NodeSettings.ToolLocation;
import io.pipecat.node.ToolRouter.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which tool is used for each name, and why, as long as neither the settings nor what the sources offer changes. */
final class ToolTable {

    /** What a source said when the table was made. */
    record Snapshot(List<Tool> tools, boolean complete) {}

    /**
     * What was chosen for a name.
     *
     * @param tool what is called; empty if the tool is not to be used
     * @param origin whose it is; empty if the tool is not to be used
     * @param placement what the tool says of itself
     * @param reason why this one
     * @param others who else has one of that name
     * @param fallback whether the one here takes over if the one elsewhere cannot be reached
     */
    record Row(
            Optional<Tool> tool,
            Optional<Origin> origin,
            Placement placement,
            String reason,
            List<Origin> others,
            boolean fallback) {}

    private record Offer(Tool tool, Origin origin) {}

    private final long version;
    private final List<Snapshot> snapshots;
    private final Map<String, Row> rows;
    private final List<Tool> tools;

    private ToolTable(long version, List<Snapshot> snapshots, Map<String, Row> rows) {
        this.version = version;
        this.snapshots = snapshots;
        this.rows = Collections.unmodifiableMap(rows);
        this.tools = rows.values().stream().flatMap(row -> row.tool().stream()).toList();
    }

    static ToolTable build(
            long version,
            List<Snapshot> snapshots,
            List<Origin> origins,
            ToolChoice choice,
            Optional<ToolFallbacks> fallbacks) {
        Map<String, List<Offer>> offers = new TreeMap<>();
        boolean complete = true;
        for (int i = 0; i < origins.size(); i++) {
            Origin origin = origins.get(i);
            complete &= snapshots.get(i).complete();
            for (Tool tool : snapshots.get(i).tools()) {
                offers.computeIfAbsent(tool.spec().name(), n -> new ArrayList<>())
                        .add(new Offer(tool, origin));
            }
        }
        Optional<Origin> server = origins.stream().filter(Origin::remote).findFirst();
        Map<String, Row> rows = new TreeMap<>();
        for (Map.Entry<String, List<Offer>> entry : offers.entrySet()) {
            Rows made = new Rows(entry.getValue(), choice, fallbacks, server, complete);
            rows.put(entry.getKey(), made.row(entry.getKey()));
        }
        return new ToolTable(version, List.copyOf(snapshots), rows);
    }

    /** Returns whether nothing has changed. */
    // Immutable lists that are the same object have not changed; to compare their tools takes too long for each call.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(long settingsVersion, List<Snapshot> now) {
        if (version != settingsVersion) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).tools() != snapshots.get(i).tools()
                    || now.get(i).complete() != snapshots.get(i).complete()) {
                return false;
            }
        }
        return true;
    }

    List<Tool> tools() {
        return tools;
    }

    Optional<Tool> find(String name) {
        Row row = rows.get(name);
        return row == null ? Optional.empty() : row.tool();
    }

    Map<String, Row> rows() {
        return rows;
    }

    /** Chooses among the tools of one name. */
    private record Rows(
            List<Offer> offers,
            ToolChoice choice,
            Optional<ToolFallbacks> fallbacks,
            Optional<Origin> server,
            boolean complete) {

        Row row(String name) {
            Optional<Offer> local =
                    offers.stream().filter(offer -> !offer.origin().remote()).findFirst();
            Optional<Offer> remote =
                    offers.stream().filter(offer -> offer.origin().remote()).findFirst();
            Placement placement =
                    local.or(() -> remote).orElseThrow().tool().spec().placement();
            ToolChoice.Decision decision = choice.decide(name, placement, local.isPresent());
            boolean there = decision.location() == ToolLocation.REMOTE;
            if (local.isPresent() && remote.isPresent()) {
                return there
                        ? there(remote.get().tool(), remote.get().origin(), local.get(), decision.reason())
                        : here(local.get(), decision.reason());
            }
            if (local.isPresent()) {
                return there
                        ? onlyHere(name, local.get(), decision)
                        : here(local.get(), decision.kept() ? decision.reason() : "only this node has it");
            }
            Offer only = remote.orElseThrow();
            return decision.single() && !there
                    ? new Row(
                            Optional.empty(),
                            Optional.empty(),
                            placement,
                            decision.reason() + ", but this node has no such tool",
                            List.of(only.origin()),
                            false)
                    : new Row(
                            Optional.of(only.tool()),
                            Optional.of(only.origin()),
                            placement,
                            "only the tool server has it",
                            others(only.origin()),
                            false);
        }

        /** It is to run elsewhere, where it is not offered, perhaps because nobody could be asked yet. */
        private Row onlyHere(String name, Offer local, ToolChoice.Decision decision) {
            if (server.isEmpty() || (complete && !decision.single())) {
                return here(
                        local,
                        "only this node has it"
                                + (server.isEmpty() ? "" : "; " + decision.reason() + ", but the server has none"));
            }
            String why = complete ? "which does not offer it" : "which could not be asked yet what it offers";
            String reason = decision.reason() + ", " + why;
            Unreached tool = new Unreached(
                    local.tool().spec(),
                    "The tool " + name + " is to run on the tool server because " + decision.reason() + ", " + why,
                    server.get());
            return there(tool, server.get(), local, reason);
        }

        private Row here(Offer offer, String reason) {
            return new Row(
                    Optional.of(offer.tool()),
                    Optional.of(offer.origin()),
                    offer.tool().spec().placement(),
                    reason,
                    others(offer.origin()),
                    false);
        }

        private Row there(Tool tool, Origin origin, Offer local, String reason) {
            return new Row(
                    Optional.of(fallbacks
                            .<Tool>map(twins -> twins.behind(tool, local.tool()))
                            .orElse(tool)),
                    Optional.of(origin),
                    local.tool().spec().placement(),
                    reason,
                    others(origin),
                    fallbacks.isPresent());
        }

        private List<Origin> others(Origin chosen) {
            return offers.stream()
                    .map(Offer::origin)
                    .filter(origin -> !origin.equals(chosen))
                    .toList();
        }
    }

    /** Stands for a tool on a server of which nobody knows yet whether it has it. */
    private record Unreached(ToolSpec spec, String message, Origin server) implements Tool {
        @Override
        public JsonValue call(String method, JsonObject arguments, ToolContext context) throws ToolException {
            String place = server.source().description();
            throw new ToolException(
                    ToolException.Reason.UNAVAILABLE,
                    message + (place.isEmpty() ? "" : " (" + place + ")")
                            + "; nothing was run. To run it here instead, set tool_locations to " + spec.name()
                            + "=local, or tool_fallback to local.");
        }
    }
}
