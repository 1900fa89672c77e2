package io.pipecat.node;

import io.pipecat.api.Topology;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Chooses for each tool whether the one here or the one elsewhere is used, by its placement and the settings. */
final class ToolRouter implements ToolCatalogue {

    /** Tools of one provider. */
    record Origin(String provider, String module, boolean remote, ToolSource source) {
        static Origin of(ToolProvider provider, ToolSource source) {
            return new Origin(provider.name(), Providers.origin(provider), provider.remote(), source);
        }
    }

    private record Offer(Tool tool, Origin origin) {}

    private record Chosen(Offer offer, String reason, List<Offer> others) {}

    private final Settings settings;
    private final List<Origin> origins;

    ToolRouter(Settings settings, List<Origin> origins) throws SettingsException {
        this.settings = settings;
        this.origins = List.copyOf(origins);
        refuseTwoOfOneName();
        refuseRemoteWithoutProxy();
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
        for (var spec : List.of(NodeSettings.TOOL_EXECUTION_MODE, NodeSettings.HEAVY_TOOLS_MODE)) {
            SettingValue<NodeSettings.ToolLocation> value = settings.describe(spec);
            if (!value.isDefault() && value.value().equals(Optional.of(NodeSettings.ToolLocation.REMOTE))) {
                throw new SettingsException(spec.name() + "=remote (" + value.source() + ") asks for tools on a tool"
                        + " server, which no jar on the path can reach; add pipecat-tools-remote, or set it to local.");
            }
        }
    }

    @Override
    public List<Tool> tools() {
        return choose().values().stream().map(chosen -> chosen.offer().tool()).toList();
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
        choose().forEach((name, chosen) -> roles.add(new Topology.Role(
                "tool:" + name,
                chosen.offer().origin().provider(),
                chosen.offer().tool().spec().placement().name().toLowerCase(Locale.ROOT),
                chosen.offer().origin().module(),
                chosen.reason(),
                chosen.others().stream()
                        .map(other -> other.origin().provider() + " ("
                                + other.origin().module() + ")")
                        .toList())));
        return roles;
    }

    private Map<String, Chosen> choose() {
        Map<String, List<Offer>> offers = new TreeMap<>();
        for (Origin origin : origins) {
            for (Tool tool : origin.source().tools()) {
                offers.computeIfAbsent(tool.spec().name(), n -> new ArrayList<>())
                        .add(new Offer(tool, origin));
            }
        }
        Map<String, Chosen> chosen = new TreeMap<>();
        offers.forEach((name, candidates) -> chosen.put(name, choose(candidates)));
        return chosen;
    }

    private Chosen choose(List<Offer> candidates) {
        Offer first = candidates.getFirst();
        if (candidates.size() == 1) {
            String reason = first.origin().remote() ? "only the tool server has it" : "only this node has it";
            return new Chosen(first, reason, List.of());
        }
        Offer here = candidates.stream()
                .filter(offer -> !offer.origin().remote())
                .findFirst()
                .orElse(first);
        Placement placement = here.tool().spec().placement();
        boolean remote = placement != Placement.LIGHT && location(placement) == NodeSettings.ToolLocation.REMOTE;
        Offer offer = candidates.stream()
                .filter(candidate -> candidate.origin().remote() == remote)
                .findFirst()
                .orElse(first);
        List<Offer> others = candidates.stream()
                .filter(candidate -> !candidate.equals(offer))
                .toList();
        return new Chosen(offer, reason(placement), others);
    }

    private NodeSettings.ToolLocation location(Placement placement) {
        NodeSettings.ToolLocation normal = settings.get(NodeSettings.TOOL_EXECUTION_MODE);
        return placement == Placement.HEAVY
                ? settings.find(NodeSettings.HEAVY_TOOLS_MODE).orElse(normal)
                : normal;
    }

    private String reason(Placement placement) {
        if (placement == Placement.LIGHT) {
            return "light tools always run here";
        }
        boolean heavy = placement == Placement.HEAVY
                && settings.find(NodeSettings.HEAVY_TOOLS_MODE).isPresent();
        SettingValue<NodeSettings.ToolLocation> value =
                settings.describe(heavy ? NodeSettings.HEAVY_TOOLS_MODE : NodeSettings.TOOL_EXECUTION_MODE);
        return value.spec().name() + "=" + value.display().orElse("") + " (" + value.source() + ")";
    }
}
