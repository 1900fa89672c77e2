package io.pipecat.node;

import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers from {@code <SERVICE>_URL_OVERRIDE} first; only what is not overridden is looked up further. */
final class OverrideDiscovery implements ServiceDiscovery {
    private final Settings settings;
    private final Clock clock;
    private final Optional<ServiceDiscovery> next;
    private final Map<ServiceName, SettingSpec<URI>> specs = new ConcurrentHashMap<>();

    OverrideDiscovery(Settings settings, Clock clock, Optional<ServiceDiscovery> next) {
        this.settings = settings;
        this.clock = clock;
        this.next = next;
    }

    private Optional<Endpoint> override(ServiceName name) {
        SettingSpec<URI> spec = specs.computeIfAbsent(name, n -> SettingsCheck.urlOverride(n.urlOverrideSetting()));
        SettingValue<URI> value = settings.describe(spec);
        return value.value().map(uri -> new Endpoint(uri, spec.name().toUpperCase(Locale.ROOT), clock.instant()));
    }

    @Override
    public Optional<Endpoint> find(ServiceName name) throws DiscoveryException, InterruptedException {
        Optional<Endpoint> override = override(name);
        return override.isPresent() || next.isEmpty() ? override : next.get().find(name);
    }

    @Override
    public List<Endpoint> findAll(ServiceName name) throws DiscoveryException, InterruptedException {
        Optional<Endpoint> override = override(name);
        if (override.isPresent()) {
            return List.of(override.get());
        }
        return next.isEmpty() ? List.of() : next.get().findAll(name);
    }

    @Override
    public void reportFailure(ServiceName name, Endpoint endpoint) {
        if (next.isPresent() && override(name).isEmpty()) {
            next.get().reportFailure(name, endpoint);
        }
    }

    @Override
    public String absence(ServiceName name) throws InterruptedException {
        return next.isPresent() ? next.get().absence(name) : description() + " know no address of " + name;
    }

    @Override
    public String description() {
        return next.map(ServiceDiscovery::description).orElse("<SERVICE>_URL_OVERRIDE settings, and nowhere else");
    }

    @Override
    public void close() {
        next.ifPresent(ServiceDiscovery::close);
    }
}
