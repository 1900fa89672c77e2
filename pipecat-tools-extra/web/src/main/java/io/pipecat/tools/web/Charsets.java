package io.pipecat.tools.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds character sets by the names that the web gives them. */
final class Charsets {
    /** What pages that say nothing are written in, if not in UTF-8. */
    static final Charset WESTERN = Charset.forName("windows-1252");

    private Charsets() {}

    /** Finds one as browsers do: the web says ISO-8859-1 where it means the larger windows-1252. */
    static Optional<Charset> find(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        String plain = name.strip().replace("\"", "").replace("'", "").toLowerCase(Locale.ROOT);
        try {
            return switch (plain) {
                case "iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii" -> Optional.of(WESTERN);
                case "utf8" -> Optional.of(StandardCharsets.UTF_8);
                default -> Optional.of(Charset.forName(plain));
            };
        } catch (IllegalArgumentException e) {
            // Nobody knows it. There are other signs.
            return Optional.empty();
        }
    }
}
