package io.pipecat.node;

import io.pipecat.api.Nearest;
import io.pipecat.api.Topology;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.node.NodeSettings.ToolFallback;
import io.pipecat.node.NodeSettings.ToolLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Chooses for each tool whether the one here or the one elsewhere is used, by the settings and its placement. */
final class ToolRouter implements ToolCatalogue {
    private static final String NONE = "none";

    /** Tools of one provider. */
    record Origin(String provider, String module, boolean remote, ToolSource source) {
        static Origin of(ToolProvider provider, ToolSource source) {
            return new Origin(provider.name(), Providers.origin(provider), provider.remote(), source);
        }
    }

    private final SettingsStore settings;
    private final List<Origin> origins;
    private final ToolFallbacks fallbacks;
    private final ToolChoice choice;
    private volatile ToolTable table;

    ToolRouter(SettingsStore settings, List<Origin> origins, ToolFallbacks fallbacks) throws SettingsException {
        this.settings = settings;
        this.origins = List.copyOf(origins);
        this.fallbacks = fallbacks;
        this.choice = new ToolChoice(settings);
        refuseTwoOfOneName();
        refuseRemoteWithoutProxy();
        this.table = build();
    }

    private void refuseTwoOfOneName() throws SettingsException {
        Map<String, Origin> seen = new TreeMap<>();
        for (Origin origin : origins) {
            for (Tool tool : origin.remote() ? List.<Tool>of() : origin.source().tools()) {
                Origin other = seen.putIfAbsent(tool.spec().name(), origin);
                if (other != null) {
                    throw new SettingsException(
                            "Two jars offer a tool named '" + tool.spec().name() + "': " + other.module() + " and "
                                    + origin.module() + "; remove one of them from the path.");
                }
            }
        }
    }

    private void refuseRemoteWithoutProxy() throws SettingsException {
        if (origins.stream().anyMatch(Origin::remote)) {
            return;
        }
        String missing = " asks for tools on a tool server, which no jar on the path can reach; add"
                + " pipecat-tools-remote, or set it to local.";
        for (var spec : List.of(NodeSettings.TOOL_EXECUTION_MODE, NodeSettings.HEAVY_TOOLS_MODE)) {
            SettingValue<ToolLocation> value = settings.describe(spec);
            if (!value.isDefault() && value.value().equals(Optional.of(ToolLocation.REMOTE))) {
                throw new SettingsException(spec.name() + "=remote (" + value.source() + ")" + missing);
            }
        }
        SettingValue<Map<String, ToolLocation>> single = settings.describe(NodeSettings.TOOL_LOCATIONS);
        if (single.value().orElse(Map.of()).containsValue(ToolLocation.REMOTE)) {
            throw new SettingsException("tool_locations (" + single.source() + ")" + missing);
        }
    }

    @Override
    public List<Tool> tools() {
        return current().tools();
    }

    @Override
    public Optional<Tool> find(String name) {
        return current().find(name);
    }

    /** A call of a tool begins here, so what has not changed is not worked out again. */
    private ToolTable current() {
        ToolTable last = table;
        if (last.isOf(settings.version(), snapshots())) {
            return last;
        }
        ToolTable made = build();
        table = made;
        return made;
    }

    private List<ToolTable.Snapshot> snapshots() {
        List<ToolTable.Snapshot> snapshots = new ArrayList<>(origins.size());
        for (Origin origin : origins) {
            ToolSource source = origin.source();
            snapshots.add(new ToolTable.Snapshot(source.tools(), source.complete()));
        }
        return snapshots;
    }

    private ToolTable build() {
        long version = settings.version();
        List<ToolTable.Snapshot> snapshots = snapshots();
        boolean fallback = settings.get(NodeSettings.TOOL_FALLBACK) == ToolFallback.LOCAL;
        return ToolTable.build(
                version, snapshots, origins, choice, fallback ? Optional.of(fallbacks) : Optional.empty());
    }

    @Override
    public List<Tool> local() {
        List<Tool> here = new ArrayList<>();
        for (Origin origin : origins) {
            if (!origin.remote()) {
                here.addAll(origin.source().tools());
            }
        }
        here.sort(Comparator.comparing(tool -> tool.spec().name()));
        return here;
    }

    List<Topology.Role> roles() {
        List<Topology.Role> roles = new ArrayList<>();
        for (Origin origin : origins) {
            String place = origin.source().description();
            if (!place.isEmpty()) {
                roles.add(new Topology.Role(
                        "tool-server",
                        origin.provider(),
                        place,
                        origin.module(),
                        "where tools run that this node does not run itself",
                        List.of()));
            }
        }
        current().rows().forEach((name, row) -> roles.add(role(name, row)));
        unknownNames()
                .forEach((name, reason) ->
                        roles.add(new Topology.Role("tool:" + name, NONE, "", "", reason, List.of())));
        return roles;
    }

    private Topology.Role role(String name, ToolTable.Row row) {
        List<String> others = row.others().stream()
                .map(other -> other.provider() + " (" + other.module() + ")")
                .toList();
        if (row.origin().isEmpty()) {
            return new Topology.Role("tool:" + name, NONE, "", "", row.reason(), others);
        }
        Origin origin = row.origin().get();
        String placement = row.placement().name().toLowerCase(Locale.ROOT);
        return new Topology.Role(
                "tool:" + name,
                origin.provider(),
                origin.remote() && !origin.source().description().isEmpty()
                        ? placement + ", on the tool server"
                        : placement,
                origin.module(),
                row.reason() + (row.fallback() ? fallbackReason(name) : ""),
                others);
    }

    private String fallbackReason(String name) {
        return fallbacks
                .cause(name)
                .map(cause -> "; the one here took the last call: " + cause)
                .orElse("; the one here takes over if that cannot be reached (tool_fallback=local, "
                        + settings.describe(NodeSettings.TOOL_FALLBACK).source() + ")");
    }

    private Map<String, String> unknownNames() {
        SettingValue<Map<String, ToolLocation>> single = settings.describe(NodeSettings.TOOL_LOCATIONS);
        Map<String, ToolTable.Row> rows = current().rows();
        Map<String, String> unknown = new TreeMap<>();
        for (String name : single.value().orElse(Map.of()).keySet()) {
            if (!rows.containsKey(name)) {
                unknown.put(
                        name,
                        "tool_locations (" + single.source() + ") names it, but no tool is known by that name."
                                + Nearest.hint(name, rows.keySet()));
            }
        }
        return unknown;
    }

    /** What is worth telling the operator. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (Origin origin : origins) {
            if (!origin.source().complete()) {
                remarks.add("What the tool server offers is not known: "
                        + origin.source().description());
            }
        }
        unknownNames().forEach((name, reason) -> remarks.add(name + ": " + reason));
        return remarks;
    }
}
