package io.pipecat.api.setting;

import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * How a setting's text becomes a value.
 *
 * @param label what is expected, for the reference and for errors: {@code 1 to 65535}, {@code a URL}
 * @param choices all valid texts if they can be listed, else empty
 * @param parser turns the text into a value; throws {@link IllegalArgumentException} whose message says what is wrong
 *     with it, such as {@code must be 1 to 65535; the nearest is 65535}
 * @param formatter turns a value into text that the parser reads
 * @param <T> the type of the value
 */
public record SettingType<T>(
        String label, List<String> choices, Function<String, T> parser, Function<T, String> formatter) {

    /** Copies the choices. */
    public SettingType {
        choices = List.copyOf(choices);
    }

    /**
     * Returns the type of settings that take an http or https URL with a host, for types that take more than that.
     *
     * @return the type
     */
    public static SettingType<URI> httpUrl() {
        return SettingTypes.httpUrl();
    }

    /**
     * Reads a value.
     *
     * @param text the text
     * @return the value
     * @throws IllegalArgumentException if the text is not valid; the message says why and what would be
     */
    public T parse(String text) {
        return parser.apply(text);
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its text
     */
    public String format(T value) {
        return formatter.apply(value);
    }
}
