package io.pipecat.testkit.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Subscription;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Settings as somebody wrote them, and changes them. */
public final class TestSettings implements Settings {
    private record Watch(String name, Runnable listener) {}

    private final DeploymentMode mode;
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    /**
     * Makes settings.
     *
     * @param mode decides the defaults
     * @param texts what is set, by canonical name
     */
    public TestSettings(DeploymentMode mode, Map<String, String> texts) {
        this.mode = mode;
        this.texts.putAll(texts);
    }

    /**
     * Changes a setting and tells those who watch it.
     *
     * @param name its canonical name
     * @param text its new value
     */
    public void set(String name, String text) {
        texts.put(name, text);
        tell(name);
    }

    /**
     * Takes a setting back, so that its default holds, and tells those who watch it.
     *
     * @param name its canonical name
     */
    public void unset(String name) {
        texts.remove(name);
        tell(name);
    }

    private void tell(String name) {
        watches.stream()
                .filter(watch -> watch.name().equals(name))
                .forEach(watch -> watch.listener().run());
    }

    @Override
    public <T> SettingValue<T> describe(SettingSpec<T> spec) {
        String text = texts.get(spec.name());
        return text == null
                ? new SettingValue<>(spec, spec.defaultFor(mode, Optional.empty()), "default", true)
                : new SettingValue<>(spec, Optional.of(spec.type().parse(text)), "test", false);
    }

    @Override
    public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
        Watch watch = new Watch(spec.name(), () -> listener.accept(describe(spec)));
        watches.add(watch);
        return () -> watches.remove(watch);
    }
}
