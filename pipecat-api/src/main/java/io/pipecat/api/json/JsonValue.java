package io.pipecat.api.json;

import org.jspecify.annotations.Nullable;

/**
 * A JSON value (RFC 8259). Immutable, and safe to share between threads.
 *
 * <p>{@link #toString()} returns compact JSON text that a parser reads back to an equal value. A lone surrogate is written
 * as an escape, so the text can always be encoded as UTF-8; some parsers, the one of {@code io.pipecat.json} among them,
 * refuse such an escape in the name of a member.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBool, JsonNull {

    /** The deepest nesting that {@link #from(Object)} follows; what lies deeper is taken for a cycle. */
    int MAX_DEPTH = 100;

    /**
     * Makes a JSON value of a plain Java object.
     *
     * <p>Understood are {@code null}, JSON values, {@link CharSequence}, {@link Character}, {@link Boolean}, the boxed
     * number types, {@link java.math.BigInteger}, {@link java.math.BigDecimal}, enums (as their name in lower case),
     * {@link java.util.Optional} and its siblings for numbers (empty is null), {@link java.util.Map} (a key is its
     * {@code toString()}, an enum's its name in lower case), {@link Iterable}, arrays, records (components in
     * {@code snake_case}), and as text {@link java.time.temporal.TemporalAccessor}, {@link java.time.Duration},
     * {@link java.nio.file.Path}, {@link java.net.URI}, {@link java.net.URL} and {@link java.util.UUID}. A record's
     * package must be open to the module {@code io.pipecat.api} unless both are exported and public.
     *
     * @param object the object, or {@code null} for JSON's null
     * @return the value
     * @throws IllegalArgumentException if JSON cannot hold it: NaN, an infinity, a cycle or more than
     *     {@value #MAX_DEPTH} levels, two keys that are one name, or a type that is not in the list; the message names
     *     which
     */
    static JsonValue from(@Nullable Object object) {
        return JavaToJson.convert(object, 0);
    }

    /**
     * Returns this value as compact JSON text.
     *
     * @return JSON text without line breaks
     */
    @Override
    String toString();
}
