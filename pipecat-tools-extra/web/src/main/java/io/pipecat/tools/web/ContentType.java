package io.pipecat.tools.web;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * What a server says that it sends.
 *
 * @param kind how it is read
 * @param name the type for people: {@code text/html}; empty if the server does not say
 * @param charset what the text is written in, if the server says so and it is known here
 */
record ContentType(Kind kind, String name, Optional<Charset> charset) {
    private static final Set<String> TEXTS = Set.of(
            "application/xml",
            "application/yaml",
            "application/x-yaml",
            "application/toml",
            "application/javascript",
            "application/x-ndjson");

    /** How something is read. */
    enum Kind {
        /** A page. */
        HTML,
        /** Text as it is, JSON included. */
        TEXT,
        /** The server does not say; the beginning tells a page from text. */
        UNKNOWN,
        /** Nothing that could be read as text. */
        OTHER
    }

    static ContentType of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new ContentType(Kind.UNKNOWN, "", Optional.empty());
        }
        MediaType type = MediaType.parse(header.strip());
        if (type == null) {
            return new ContentType(Kind.OTHER, header.strip(), Optional.empty());
        }
        String name = (type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT);
        return new ContentType(kind(name), name, Charsets.find(type.parameter("charset")));
    }

    private static Kind kind(String name) {
        if (name.equals("text/html") || name.equals("application/xhtml+xml")) {
            return Kind.HTML;
        }
        boolean isText = name.startsWith("text/")
                || name.equals("application/json")
                || name.endsWith("+json")
                || (name.endsWith("+xml") && !name.startsWith("image/"))
                || TEXTS.contains(name);
        return isText ? Kind.TEXT : Kind.OTHER;
    }

    /** Whether a text of this type is a page. */
    boolean isPage(String text) {
        String start =
                text.substring(0, Math.min(text.length(), 1000)).stripLeading().toLowerCase(Locale.ROOT);
        return kind == Kind.HTML
                || (kind == Kind.UNKNOWN && (start.startsWith("<!doctype html") || start.startsWith("<html")));
    }
}
