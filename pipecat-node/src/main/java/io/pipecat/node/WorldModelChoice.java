package io.pipecat.node;

import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.SettingsException;
import java.util.List;

/**
 * Which world model a node uses. One that serves the world model holds it, whatever the mode is by default or for the cluster: if it
 * asked another node, that one might ask it.
 *
 * @param mode the setting
 * @param provider the name of the provider
 * @param reason why, for people
 */
record WorldModelChoice(SettingValue<String> mode, String provider, String reason) {
    private static final String SERVICE = "world-model";
    private static final String LOCAL = "local";

    static WorldModelChoice decide(SettingsStore settings, Providers providers) throws SettingsException {
        SettingValue<String> mode = settings.describe(NodeSettings.WORLD_MODEL_MODE);
        String name = mode.value().orElseThrow();
        SettingValue<List<String>> serve = settings.describe(NodeSettings.SERVE);
        boolean serves = serve.value().orElse(List.of()).contains(SERVICE)
                && providers.endpoints().stream().anyMatch(p -> p.name().equals(SERVICE));
        if (!serves || name.equals(LOCAL)) {
            return new WorldModelChoice(mode, name, Assembly.because(mode));
        }
        if (!mode.isDefault() && !settings.isShared(NodeSettings.WORLD_MODEL_MODE)) {
            throw new SettingsException("serve (" + serve.source() + ") names " + SERVICE
                    + ", and who serves it holds it,"
                    + " but " + Assembly.because(mode) + " asks for another node's. Unset world_model_mode, or take "
                    + SERVICE + " out of serve.");
        }
        return new WorldModelChoice(mode, LOCAL, "serve names " + SERVICE + ", and who serves it holds it");
    }
}
