package io.pipecat.api.setting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Compares in a time that does not tell how much of the secret was right. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        secret.text.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
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
