package io.pipecat.endpoint.mcp;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Subscription;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings as somebody wrote them. */
record TestSettings(Map<String, String> texts) implements Settings {

    @Override
    public <T> SettingValue<T> describe(SettingSpec<T> spec) {
        String text = texts.get(spec.name());
        return text == null
                ? new SettingValue<>(spec, spec.defaultFor(DeploymentMode.MONOLITH, Optional.empty()), "default", true)
                : new SettingValue<>(spec, Optional.of(spec.type().parse(text)), "test", false);
    }

    @Override
    public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
        return () -> {};
    }
}
