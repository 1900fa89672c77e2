package io.pipecat.node;

import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.tool.Placement;
import io.pipecat.node.NodeSettings.ToolLocation;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the settings say about where a tool runs. */
final class ToolChoice {

    /**
     * Where a tool is to run.
     *
     * @param location where
     * @param reason why, in words that name the setting
     * @param single whether that was said of this tool in particular
     * @param kept whether something else was said, which does not count here
     */
    record Decision(ToolLocation location, String reason, boolean single, boolean kept) {}

    private final SettingsStore settings;

    ToolChoice(SettingsStore settings) {
        this.settings = settings;
    }

    /**
     * Decides.
     *
     * @param tool its name
     * @param placement what the tool says of itself
     * @param own whether this node has it
     */
    Decision decide(String tool, Placement placement, boolean own) {
        SettingValue<Map<String, ToolLocation>> locations = settings.describe(NodeSettings.TOOL_LOCATIONS);
        Optional<ToolLocation> single = locations.value().map(map -> map.get(tool));
        if (single.isPresent()) {
            String said = "tool_locations says " + tool + "=" + word(single.get()) + " (" + locations.source() + ")";
            return keepOwn(locations, single.get(), own) ? kept(said) : new Decision(single.get(), said, true, false);
        }
        if (placement == Placement.LIGHT) {
            return new Decision(ToolLocation.LOCAL, "light tools always run here", false, false);
        }
        SettingValue<ToolLocation> mode = mode(placement);
        ToolLocation location = mode.value().orElse(ToolLocation.LOCAL);
        String said = mode.spec().name() + "=" + word(location) + " (" + mode.source() + ")";
        return keepOwn(mode, location, own) ? kept(said) : new Decision(location, said, false, false);
    }

    private SettingValue<ToolLocation> mode(Placement placement) {
        boolean heavy = placement == Placement.HEAVY
                && settings.find(NodeSettings.HEAVY_TOOLS_MODE).isPresent();
        return settings.describe(heavy ? NodeSettings.HEAVY_TOOLS_MODE : NodeSettings.TOOL_EXECUTION_MODE);
    }

    /** A node that serves tools would send their callers round in circles if what is said to the whole cluster held for it. */
    private boolean keepOwn(SettingValue<?> value, ToolLocation location, boolean own) {
        return own && location == ToolLocation.REMOTE && isNotSaidToThisNode(value) && servesTools();
    }

    private boolean isNotSaidToThisNode(SettingValue<?> value) {
        SettingSpec<?> spec = value.spec();
        return value.isDefault() || settings.isShared(spec);
    }

    private boolean servesTools() {
        return settings.get(NodeSettings.SERVE).contains("tools");
    }

    private static Decision kept(String said) {
        return new Decision(
                ToolLocation.LOCAL,
                "this node serves tools, so it runs its own here; " + said + " does not count",
                false,
                true);
    }

    private static String word(ToolLocation location) {
        return location.name().toLowerCase(Locale.ROOT);
    }
}
