package io.pipecat.api.setting;

import io.pipecat.api.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The effective settings of a node. Values were checked when the node was built, so reading one never fails on what
 * somebody wrote. Thread-safe; a {@linkplain SettingSpec#live() live} setting may give another value each time.
 */
public interface Settings {

    /**
     * Returns a setting with where it comes from.
     *
     * @param spec the setting
     * @param <T> the type of its value
     * @return value and source
     */
    <T> SettingValue<T> describe(SettingSpec<T> spec);

    /**
     * Returns a value.
     *
     * @param spec the setting
     * @param <T> the type of its value
     * @return the value, else the default of this node; empty if there is neither
     */
    default <T> Optional<T> find(SettingSpec<T> spec) {
        return describe(spec).value();
    }

    /**
     * Returns the value of a setting that has a default.
     *
     * @param spec the setting
     * @param <T> the type of its value
     * @return the value
     * @throws IllegalStateException if it is not set and has no default; use {@link #find} for such a setting
     */
    default <T> T get(SettingSpec<T> spec) {
        return find(spec)
                .orElseThrow(() -> new IllegalStateException(
                        "the setting " + spec.name() + " is not set and has no default here"));
    }

    /**
     * Returns whether somebody set it, be it to its default.
     *
     * @param spec the setting
     * @return whether it comes from a source
     */
    default boolean isSet(SettingSpec<?> spec) {
        return !describe(spec).isDefault();
    }

    /**
     * Returns the secrets that are set, so that what writes logs can blank them wherever they stand.
     *
     * @return the secrets; an implementation that cannot list them returns none
     */
    default List<Secret> secrets() {
        return List.of();
    }

    /**
     * Listens for changes of a live setting.
     *
     * @param spec the setting
     * @param listener gets each new value, in order, on a thread of the node; must return quickly
     * @param <T> the type of the value
     * @return closing it ends the listening
     */
    <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener);
}
