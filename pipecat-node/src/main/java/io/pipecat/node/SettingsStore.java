package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeTier;
import io.pipecat.api.Subscription;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The settings of a node over its inputs, highest first, with shared ones below. */
final class SettingsStore implements EffectiveSettings {
    private static final String DEFAULT_SOURCE = "default";

    /** Where one raw text comes from. */
    private record Raw(String text, String source) {}

    private record Watch<T>(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
        void tell(SettingsStore store) {
            listener.accept(store.describe(spec));
        }
    }

    /** Ordered by name. */
    private final Map<String, SettingSpec<?>> known;

    private final Map<String, Raw> own;
    private final DeploymentMode mode;
    private final Optional<NodeTier> tier;
    private final List<Watch<?>> watches = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Raw>> bySource = new LinkedHashMap<>();
    private final Map<String, List<String>> remarksBySource = new LinkedHashMap<>();
    private volatile Map<String, Raw> shared = Map.of();
    private volatile Optional<Map<String, Raw>> frozen = Optional.empty();
    private final AtomicLong version = new AtomicLong();

    SettingsStore(List<SettingSpec<?>> specs, List<SettingsInput> inputs) throws SettingsException {
        this.known = SettingsCheck.index(specs);
        this.own = new ConcurrentHashMap<>();
        SettingsCheck check = new SettingsCheck(known);
        for (SettingsInput input : inputs) {
            check.accept(input).forEach((name, text) -> own.putIfAbsent(name, new Raw(text, input.locate(name))));
        }
        this.mode = decideMode();
        this.tier = describeFor(NodeSettings.NODE_TIER, Optional.empty()).value();
        for (SettingSpec<?> spec : known.values()) {
            describe(spec);
        }
    }

    private DeploymentMode decideMode() throws SettingsException {
        Raw mode = own.get(NodeSettings.DEPLOYMENT_MODE.name());
        Raw role = own.get(NodeSettings.NODE_ROLE.name());
        if (mode == null && role == null) {
            return DeploymentMode.MONOLITH;
        }
        DeploymentMode fromMode =
                mode == null ? null : NodeSettings.DEPLOYMENT_MODE.type().parse(mode.text());
        DeploymentMode fromRole =
                role == null ? null : NodeSettings.NODE_ROLE.type().parse(role.text());
        if (mode != null && role != null && fromMode != fromRole) {
            throw new SettingsException("deployment_mode is '" + mode.text() + "' (" + mode.source()
                    + ") and node_role is '" + role.text() + "' (" + role.source()
                    + "); they mean the same, so give one of them only.");
        }
        DeploymentMode decided = fromMode == null ? fromRole : fromMode;
        if (decided == null) {
            throw new IllegalStateException("neither deployment_mode nor node_role has a value");
        }
        // Whoever asks for either gets the one that was decided.
        Raw raw = mode == null ? role : mode;
        own.put(NodeSettings.DEPLOYMENT_MODE.name(), raw);
        return decided;
    }

    /**
     * Takes in what a cluster shares; called again whenever that changes. Of a setting that is not live, the value at
     * {@link #freeze} stays.
     *
     * @return the live settings whose value is another now
     */
    synchronized List<SettingValue<?>> share(SettingsSource source) {
        Map<String, Raw> accepted = new TreeMap<>();
        List<String> remarks = new ArrayList<>(source.problems());
        source.values().forEach((name, text) -> {
            SettingSpec<?> spec = known.get(name);
            if (spec == null) {
                remarks.add(source.name() + " holds '" + name + "', which no module here knows; it is ignored.");
            } else if (!spec.shared()) {
                remarks.add(
                        source.name() + " holds '" + name + "', which is never taken from there; set it on the node.");
            } else if (!SettingsCheck.isValid(spec, text)) {
                remarks.add(SettingsCheck.problem(spec, text, source.name()) + " It is ignored.");
            } else {
                accepted.put(name, new Raw(text, source.name()));
                if (own.containsKey(name)) {
                    remarks.add(source.name() + " sets " + name + ", but "
                            + own.get(name).source() + " comes first.");
                } else if (spec.secret()) {
                    remarks.add(
                            source.name() + " holds '" + name + "', a secret that whoever reads it there can use; it is"
                                    + " taken, but set it on the node instead.");
                }
            }
        });
        Map<String, Raw> before = shared;
        bySource.put(source.name(), accepted);
        remarksBySource.put(source.name(), remarks);
        Map<String, Raw> merged = new TreeMap<>();
        bySource.values().forEach(values -> values.forEach(merged::putIfAbsent));
        shared = Map.copyOf(merged);
        version.incrementAndGet();
        List<SettingValue<?>> changed = new ArrayList<>();
        for (SettingSpec<?> spec : known.values()) {
            boolean another = !Objects.equals(before.get(spec.name()), merged.get(spec.name()));
            if (another && !own.containsKey(spec.name()) && spec.live()) {
                changed.add(describe(spec));
            } else if (!own.containsKey(spec.name()) && !spec.live() && isOtherThanFrozen(spec, merged)) {
                remarks.add(source.name() + " changed " + spec.name() + ", which takes effect at the next start.");
            }
        }
        for (Watch<?> watch : watches) {
            if (changed.stream()
                    .anyMatch(value -> value.spec().name().equals(watch.spec().name()))) {
                watch.tell(this);
            }
        }
        return changed;
    }

    /** As long as it is another one, and not only when it becomes one. */
    private boolean isOtherThanFrozen(SettingSpec<?> spec, Map<String, Raw> merged) {
        return frozen.isPresent() && !Objects.equals(frozen.get().get(spec.name()), merged.get(spec.name()));
    }

    /** From now on only live settings change. */
    synchronized void freeze() {
        frozen = Optional.of(shared);
    }

    static String describeChange(SettingValue<?> change) {
        return change.spec().name() + " is now " + change.display().orElse("not set") + " (" + change.source() + ")";
    }

    /** Returns whether the value is one that a cluster shares, and not the node's own or a default. */
    boolean isShared(SettingSpec<?> spec) {
        return !own.containsKey(spec.name()) && shared.containsKey(spec.name());
    }

    /** Returns a number that is another one whenever a value may be another one. */
    long version() {
        return version.get();
    }

    @Override
    public <T> SettingValue<T> describe(SettingSpec<T> spec) {
        return describeFor(spec, tier);
    }

    private <T> SettingValue<T> describeFor(SettingSpec<T> spec, Optional<NodeTier> nodeTier) {
        Raw raw = own.get(spec.name());
        if (raw == null) {
            raw = (spec.live() ? shared : frozen.orElse(shared)).get(spec.name());
        }
        if (raw == null) {
            return new SettingValue<>(spec, spec.defaultFor(mode, nodeTier), DEFAULT_SOURCE, true);
        }
        return new SettingValue<>(spec, Optional.of(spec.type().parse(raw.text())), raw.source(), false);
    }

    @Override
    public List<Secret> secrets() {
        return known.values().stream()
                .filter(SettingSpec::secret)
                .flatMap(spec -> describe(spec).value().stream())
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .flatMap(secret -> secret.split().stream())
                .toList();
    }

    @Override
    public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
        Watch<T> watch = new Watch<>(spec, listener);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    @Override
    public List<SettingSpec<?>> known() {
        return List.copyOf(known.values());
    }

    @Override
    public List<SettingValue<?>> all() {
        List<SettingValue<?>> values = new ArrayList<>();
        known.values().forEach(spec -> values.add(describe(spec)));
        // Overrides of services by name are known by their form and not in the list.
        own.keySet().stream()
                .filter(name -> !known.containsKey(name))
                .sorted()
                .forEach(name -> values.add(describe(SettingsCheck.urlOverride(name))));
        return List.copyOf(values);
    }

    @Override
    public DeploymentMode mode() {
        return mode;
    }

    @Override
    public Optional<NodeTier> tier() {
        return tier;
    }

    @Override
    public synchronized List<String> remarks() {
        return remarksBySource.values().stream().flatMap(List::stream).toList();
    }
}
