package io.pipecat.api.setting;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeTier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting: its name, what it takes, what it is if nobody says anything. Declare it as a constant:
 *
 * {@snippet :
 * static final SettingSpec<Duration> TIMEOUT = SettingSpec.duration(
 *                 "tool_timeout", Duration.ofSeconds(1), Duration.ofHours(1))
 *         .defaultValue(Duration.ofSeconds(30))
 *         .description("How long a tool call may take if the tool does not say.")
 *         .build();
 * }
 *
 * @param <T> the type of its value
 */
public final class SettingSpec<T> {

    /**
     * A default that holds under some condition.
     *
     * @param mode the deployment mode, or empty for any
     * @param tier the tier, or empty for any
     * @param value the default
     * @param <T> the type of the value
     */
    public record Default<T>(Optional<DeploymentMode> mode, Optional<NodeTier> tier, T value) {
        boolean holds(DeploymentMode nodeMode, Optional<NodeTier> nodeTier) {
            return (mode.isEmpty() || mode.get() == nodeMode) && (tier.isEmpty() || tier.equals(nodeTier));
        }
    }

    private final String name;
    private final SettingType<T> type;
    private final List<Default<T>> defaults;
    private final String description;
    private final boolean secret;
    private final boolean live;
    private final boolean shared;

    private SettingSpec(Builder<T> builder) {
        this.name = builder.name;
        this.type = builder.type;
        this.defaults = List.copyOf(builder.defaults);
        this.description = builder.description;
        this.secret = builder.secret;
        this.live = builder.live;
        this.shared = builder.shared;
    }

    /**
     * Returns the canonical name.
     *
     * @return snake case: {@code tool_timeout}
     */
    public String name() {
        return name;
    }

    /**
     * Returns how text becomes a value.
     *
     * @return the type
     */
    public SettingType<T> type() {
        return type;
    }

    /**
     * Returns the defaults. The last one that holds counts.
     *
     * @return the defaults with their conditions
     */
    public List<Default<T>> defaults() {
        return defaults;
    }

    /**
     * Returns the default of a node.
     *
     * @param mode the node's mode
     * @param tier the node's tier, if it has one
     * @return the default; empty if there is none
     */
    public Optional<T> defaultFor(DeploymentMode mode, Optional<NodeTier> tier) {
        return defaults.reversed().stream()
                .filter(d -> d.holds(mode, tier))
                .findFirst()
                .map(Default::value);
    }

    /**
     * Returns what the setting means.
     *
     * @return one or two sentences
     */
    public String description() {
        return description;
    }

    /**
     * Returns whether the value is never printed or logged, nor taken from Consul unless it is {@linkplain #shared()
     * shared}. A secret can also be given as {@code <name>_file}, the path of a file that holds it.
     *
     * @return whether it is a secret
     */
    public boolean secret() {
        return secret;
    }

    /**
     * Returns whether a change takes effect while the node runs.
     *
     * @return whether it is live
     */
    public boolean live() {
        return live;
    }

    /**
     * Returns whether the value may come from the settings that a cluster shares (Consul).
     *
     * @return whether it may
     */
    public boolean shared() {
        return shared;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Starts a setting that takes any text.
     *
     * @param name its canonical name
     * @return a builder
     */
    public static Builder<String> string(String name) {
        return of(name, SettingTypes.string());
    }

    /**
     * Starts a setting that is a secret.
     *
     * @param name its canonical name
     * @return a builder
     */
    public static Builder<Secret> secret(String name) {
        Builder<Secret> builder = of(name, SettingTypes.secret());
        builder.secret = true;
        builder.shared = false;
        return builder;
    }

    /**
     * Starts a setting that is true or false; {@code 1}, {@code yes}, {@code on} and their opposites are understood.
     *
     * @param name its canonical name
     * @return a builder
     */
    public static Builder<Boolean> bool(String name) {
        return of(name, SettingTypes.bool());
    }

    /**
     * Starts a setting that takes a whole number.
     *
     * @param name its canonical name
     * @param min the smallest valid number
     * @param max the largest valid number
     * @return a builder
     */
    public static Builder<Integer> integer(String name, int min, int max) {
        return of(name, SettingTypes.integer(min, max));
    }

    /**
     * Starts a setting that takes a number.
     *
     * @param name its canonical name
     * @param min the smallest valid number
     * @param max the largest valid number
     * @return a builder
     */
    public static Builder<Double> decimal(String name, double min, double max) {
        return of(name, SettingTypes.decimal(min, max));
    }

    /**
     * Starts a setting that takes a duration: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}, or a bare
     * number of seconds.
     *
     * @param name its canonical name
     * @param min the shortest valid duration
     * @param max the longest valid duration
     * @return a builder
     */
    public static Builder<Duration> duration(String name, Duration min, Duration max) {
        return of(name, SettingTypes.duration(min, max));
    }

    /**
     * Starts a setting that takes an http or https URL, with a host and without user name or password.
     *
     * @param name its canonical name
     * @return a builder
     */
    public static Builder<URI> httpUrl(String name) {
        return of(name, SettingTypes.httpUrl());
    }

    /**
     * Starts a setting that takes a path, which is not empty.
     *
     * @param name its canonical name
     * @return a builder
     */
    public static Builder<Path> path(String name) {
        return of(name, SettingTypes.path());
    }

    /**
     * Starts a setting that takes a comma-separated list.
     *
     * @param name its canonical name
     * @return a builder
     */
    public static Builder<List<String>> list(String name) {
        return of(name, SettingTypes.list());
    }

    /**
     * Starts a setting that takes one of an enum's constants, written in lower case with {@code -} for {@code _}.
     *
     * @param name its canonical name
     * @param type the enum
     * @param <E> the enum
     * @return a builder
     */
    public static <E extends Enum<E>> Builder<E> choice(String name, Class<E> type) {
        return of(name, SettingTypes.choice(type));
    }

    /**
     * Starts a setting that takes one of some words.
     *
     * @param name its canonical name
     * @param choices the words, in lower case
     * @return a builder
     */
    public static Builder<String> choice(String name, List<String> choices) {
        return of(name, SettingTypes.choice(choices));
    }

    /**
     * Starts a setting of a type of its own.
     *
     * @param name its canonical name
     * @param type how text becomes a value
     * @param <T> the type of the value
     * @return a builder
     */
    public static <T> Builder<T> of(String name, SettingType<T> type) {
        return new Builder<>(name, type);
    }

    /**
     * Collects what a setting is.
     *
     * @param <T> the type of its value
     */
    public static final class Builder<T> {
        private final String name;
        private final SettingType<T> type;
        private final List<Default<T>> defaults = new ArrayList<>();
        private String description = "";
        private boolean secret;
        private boolean live;
        private boolean shared = true;

        private Builder(String name, SettingType<T> type) {
            if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
                throw new IllegalArgumentException("a setting's name is in snake case; not '" + name + "'");
            }
            this.name = name;
            this.type = type;
        }

        /**
         * Sets the default that holds everywhere. Call it before the conditional ones.
         *
         * @param value the default
         * @return this builder
         */
        public Builder<T> defaultValue(T value) {
            return defaultWhen(null, null, value);
        }

        /**
         * Adds a default for one deployment mode.
         *
         * @param mode the mode
         * @param value the default in that mode
         * @return this builder
         */
        public Builder<T> defaultIn(DeploymentMode mode, T value) {
            return defaultWhen(mode, null, value);
        }

        /**
         * Adds a default for one mode, one tier or one of each. The last one added that holds counts.
         *
         * @param mode the mode, or {@code null} for any
         * @param tier the tier, or {@code null} for any
         * @param value the default there
         * @return this builder
         */
        public Builder<T> defaultWhen(@Nullable DeploymentMode mode, @Nullable NodeTier tier, T value) {
            defaults.add(new Default<>(Optional.ofNullable(mode), Optional.ofNullable(tier), value));
            return this;
        }

        /**
         * Says what the setting means.
         *
         * @param text one or two sentences
         * @return this builder
         */
        public Builder<T> description(String text) {
            this.description = text;
            return this;
        }

        /**
         * Makes a change take effect while the node runs.
         *
         * @return this builder
         */
        public Builder<T> live() {
            this.live = true;
            return this;
        }

        /**
         * Keeps the setting out of what a cluster shares: where this process listens or writes, and how it reaches the
         * cluster.
         *
         * @return this builder
         */
        public Builder<T> ownOnly() {
            this.shared = false;
            return this;
        }

        /**
         * Lets the value come from what a cluster shares although it is a secret, as predecessor clusters have it. A node
         * warns when it takes one from there: whoever reads the cluster's settings can read it.
         *
         * @return this builder
         */
        public Builder<T> alsoShared() {
            this.shared = true;
            return this;
        }

        /**
         * Returns the setting.
         *
         * @return the setting
         * @throws IllegalStateException if it has no description, or a default that its type would refuse
         */
        public SettingSpec<T> build() {
            if (description.isEmpty()) {
                throw new IllegalStateException("the setting " + name + " needs a description");
            }
            for (Default<T> each : defaults) {
                try {
                    type.parse(type.format(each.value()));
                } catch (IllegalArgumentException e) {
                    throw new IllegalStateException("the default of the setting " + name + " " + e.getMessage(), e);
                }
            }
            return new SettingSpec<>(this);
        }
    }
}
