package io.pipecat.api.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON object. Members keep the order in which they were given; two objects are equal if their members are,
 * whatever the order.
 *
 * @param members the members; an immutable copy is kept
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {

    /** The object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /** Copies the members. */
    public JsonObject {
        Map<String, JsonValue> copy = new LinkedHashMap<>(members);
        copy.forEach((name, value) -> {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, name);
        });
        members = Collections.unmodifiableMap(copy);
    }

    /**
     * Returns an object with one member.
     *
     * @param name its name
     * @param value its value
     * @return the object
     */
    public static JsonObject of(String name, JsonValue value) {
        return new JsonObject(Map.of(name, value));
    }

    /**
     * Returns an object with one member that is a string.
     *
     * @param name its name
     * @param value its text
     * @return the object
     */
    public static JsonObject of(String name, String value) {
        return of(name, new JsonString(value));
    }

    /**
     * Starts an object.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder that holds this object's members.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        members.forEach(builder::put);
        return builder;
    }

    /**
     * Returns whether a member is there, be it {@code null}.
     *
     * @param name its name
     * @return whether it is there
     */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /**
     * Returns a member.
     *
     * @param name its name
     * @return its value; empty if it is missing
     */
    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /**
     * Returns the text of a member.
     *
     * @param name its name
     * @return its text; empty if it is missing or not a string
     */
    public Optional<String> string(String name) {
        return as(name, JsonString.class).map(JsonString::value);
    }

    /**
     * Returns a member that is a number.
     *
     * @param name its name
     * @return the number; empty if it is missing or not a number
     */
    public Optional<JsonNumber> number(String name) {
        return as(name, JsonNumber.class);
    }

    /**
     * Returns a member that is a truth value.
     *
     * @param name its name
     * @return the truth value; empty if it is missing or not one
     */
    public Optional<Boolean> bool(String name) {
        return as(name, JsonBool.class).map(JsonBool::value);
    }

    /**
     * Returns a member that is an object.
     *
     * @param name its name
     * @return the object; empty if it is missing or not an object
     */
    public Optional<JsonObject> object(String name) {
        return as(name, JsonObject.class);
    }

    /**
     * Returns a member that is an array.
     *
     * @param name its name
     * @return the array; empty if it is missing or not an array
     */
    public Optional<JsonArray> array(String name) {
        return as(name, JsonArray.class);
    }

    private <T extends JsonValue> Optional<T> as(String name, Class<T> type) {
        JsonValue value = members.get(name);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    @Override
    public String toString() {
        return JsonText.write(this);
    }

    /** Collects members. A name that is put again keeps its place and takes the new value. Not thread-safe. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Puts a member.
         *
         * @param name its name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, JsonValue value) {
            members.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, name));
            return this;
        }

        /**
         * Puts a string.
         *
         * @param name the member's name
         * @param value its text
         * @return this builder
         */
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /**
         * Puts a whole number.
         *
         * @param name the member's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        /**
         * Puts a number.
         *
         * @param name the member's name
         * @param value its value; finite
         * @return this builder
         */
        public Builder put(String name, double value) {
            return put(name, JsonNumber.of(value));
        }

        /**
         * Puts a number of any size.
         *
         * @param name the member's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, BigDecimal value) {
            return put(name, JsonNumber.of(value));
        }

        /**
         * Puts a truth value.
         *
         * @param name the member's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, boolean value) {
            return put(name, JsonBool.of(value));
        }

        /**
         * Returns the object.
         *
         * @return an object with the members so far; the builder can go on
         */
        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
