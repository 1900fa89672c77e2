package io.pipecat.api.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON array.
 *
 * @param elements the elements in order; an immutable copy is kept
 */
public record JsonArray(List<JsonValue> elements) implements JsonValue, Iterable<JsonValue> {

    /** The array without elements. */
    public static final JsonArray EMPTY = new JsonArray(List.of());

    /** Copies the elements. */
    public JsonArray {
        elements = List.copyOf(elements);
    }

    /**
     * Returns an array of the given values.
     *
     * @param elements the elements in order
     * @return the array
     */
    public static JsonArray of(JsonValue... elements) {
        return new JsonArray(List.of(elements));
    }

    /**
     * Returns an array of strings.
     *
     * @param strings the texts in order
     * @return the array
     */
    public static JsonArray ofStrings(Iterable<String> strings) {
        List<JsonValue> values = new ArrayList<>();
        strings.forEach(s -> values.add(new JsonString(s)));
        return new JsonArray(values);
    }

    /**
     * Returns the number of elements.
     *
     * @return the size
     */
    public int size() {
        return elements.size();
    }

    /**
     * Returns the element at a position.
     *
     * @param index from 0
     * @return the element
     * @throws IndexOutOfBoundsException if there is none
     */
    public JsonValue get(int index) {
        return elements.get(index);
    }

    /**
     * Returns the elements that are objects, in order.
     *
     * @return the objects
     */
    public Stream<JsonObject> objects() {
        return elements.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /**
     * Returns the texts of the elements that are strings, in order.
     *
     * @return the texts
     */
    public Stream<String> strings() {
        return elements.stream()
                .filter(JsonString.class::isInstance)
                .map(JsonString.class::cast)
                .map(JsonString::value);
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return elements.iterator();
    }

    @Override
    public String toString() {
        return JsonText.write(this);
    }
}
