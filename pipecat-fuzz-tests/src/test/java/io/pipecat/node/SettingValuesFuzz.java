package io.pipecat.node;

import io.pipecat.api.Provider;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.ListenerProvider;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.fuzz.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The text of every setting of every provider: a value, or a reason; and the value written is read again. */
public final class SettingValuesFuzz {
    private static final List<SettingSpec<?>> SPECS = specs();

    private SettingValuesFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        SettingSpec<?> spec = SPECS.get((data[0] & 0xff) % SPECS.size());
        check(spec, Input.text(java.util.Arrays.copyOfRange(data, 1, data.length)));
    }

    private static <T> void check(SettingSpec<T> spec, String text) {
        T value;
        try {
            value = spec.type().parse(text);
        } catch (IllegalArgumentException e) {
            Input.check("a reason", e.getMessage() != null && !e.getMessage().isBlank());
            return;
        }
        String written = spec.type().format(value);
        Input.check(
                spec.name() + " again: " + written,
                spec.secret() || spec.type().format(spec.type().parse(written)).equals(written));
    }

    private static List<SettingSpec<?>> specs() {
        List<SettingSpec<?>> specs = new ArrayList<>(NodeSettings.all());
        List<Class<? extends Provider>> roles = List.of(
                LLMProvider.class,
                ToolProvider.class,
                EndpointProvider.class,
                ListenerProvider.class,
                DiscoveryProvider.class);
        for (Class<? extends Provider> role : roles) {
            ServiceLoader.load(role).forEach(provider -> specs.addAll(provider.settings()));
        }
        return List.copyOf(specs);
    }
}
