package io.pipecat.api.setting;

import java.util.Optional;

/**
 * A setting's value and where it comes from.
 *
 * @param spec the setting
 * @param value the value; empty if it is not set and has no default
 * @param source such as {@code command line}, {@code environment TOOL_TIMEOUT}, {@code /etc/pipecat/pipecat.yaml:12},
 *     {@code default}
 * @param isDefault whether nobody set it
 * @param <T> the type of the value
 */
public record SettingValue<T>(SettingSpec<T> spec, Optional<T> value, String source, boolean isDefault) {

    /**
     * Returns the value for people.
     *
     * @return its text, masked if it is a secret; empty if there is no value
     */
    public Optional<String> display() {
        return value.map(
                v -> spec.secret() ? new Secret("").toString() : spec.type().format(v));
    }
}
