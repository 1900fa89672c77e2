package io.pipecat.api.setting;

import java.util.Arrays;
import java.util.List;

/** A value that is never printed or logged. Get the text by {@link #reveal()}, as late as possible. */
public final class Secret {
    private final String text;

    /**
     * Wraps a secret.
     *
     * @param text the secret
     */
    public Secret(String text) {
        this.text = text;
    }

    /**
     * Returns the secret.
     *
     * @return the text
     */
    public String reveal() {
        return text;
    }

    /**
     * Returns the parts of a comma-separated list of keys, as they stand while keys are rotated. A client sends the
     * first.
     *
     * @return the keys, without blanks around them and without empty ones
     */
    public List<Secret> split() {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Secret::new)
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /**
     * Returns a mask.
     *
     * @return always the same text
     */
    @Override
    public String toString() {
        return "********";
    }
}
