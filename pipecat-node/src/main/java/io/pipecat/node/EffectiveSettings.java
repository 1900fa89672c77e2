package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeTier;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import java.util.List;
import java.util.Optional;

/** The settings of a node, with everything that can be said about them. Thread-safe. */
public interface EffectiveSettings extends Settings {

    /**
     * Returns every setting that a module on the path knows.
     *
     * @return the settings, ordered by name
     */
    List<SettingSpec<?>> known();

    /**
     * Returns every known setting with its value and where that comes from.
     *
     * @return the values, ordered by name
     */
    List<SettingValue<?>> all();

    /**
     * Returns the mode that decides the defaults.
     *
     * @return the mode
     */
    DeploymentMode mode();

    /**
     * Returns the tier that decides the defaults.
     *
     * @return the tier; empty in a distributed node that does not say
     */
    Optional<NodeTier> tier();

    /**
     * Returns what is worth telling the operator about the settings, such as a shared value that a higher source hides.
     *
     * @return sentences
     */
    List<String> remarks();
}
