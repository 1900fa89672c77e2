package io.pipecat.worldmodel.state;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic. Immutable: a change gives another tree, which shares with this one all but the path to what changed, and
 * costs the logarithm of the number of neighbours at each level.
 *
 * <p>A topic may have a value and topics below it. The {@value #MAX_LEVELS}nd level of a topic holds all that follows, slashes
 * included, so that no topic makes a tree that is deeper than a stack, and no JSON that a reader refuses.
 */
public final class TopicTree {
    /** The most levels of a tree. */
    public static final int MAX_LEVELS = 32;

    /** The tree without topics. */
    public static final TopicTree EMPTY = new TopicTree(null, 0);

    private final @Nullable Level root;
    private final int size;
    private @Nullable JsonObject json;

    private TopicTree(@Nullable Level root, int size) {
        this.root = root;
        this.size = size;
    }

    /**
     * Returns how many topics have a value.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /**
     * Returns the value of a topic itself.
     *
     * @param topic the topic
     * @return its value, without what is below it
     */
    public Optional<JsonValue> value(String topic) {
        Level level = level(topic);
        return level == null ? Optional.empty() : Optional.ofNullable(level.value);
    }

    /**
     * Returns the value of a topic with what is below it.
     *
     * @param topic the topic
     * @return its value; if there are topics below it, an object of them in which its own value has the key {@code ""}, and an
     *     empty level below it the key {@code ""} too, or {@code "/"} where both are there. The same instance each time, and in
     *     later trees while nothing in it changes
     */
    public Optional<JsonValue> get(String topic) {
        Level level = level(topic);
        return level == null ? Optional.empty() : Optional.of(level.json());
    }

    private @Nullable Level level(String topic) {
        return level(levels(topic));
    }

    /**
     * Returns everything.
     *
     * @return nested objects by level, in the order of the names; see {@link #get}. The same instance each time
     */
    public JsonObject toJson() {
        JsonObject made = json;
        if (made == null) {
            made = Level.object(root, null);
            json = made;
        }
        return made;
    }

    /**
     * Returns this tree with a value.
     *
     * @param topic its topic
     * @param value the value
     * @return the tree; this one if it has that value already
     */
    public TopicTree with(String topic, JsonValue value) {
        String[] path = levels(topic);
        Level present = level(path);
        JsonValue old = present == null ? null : present.value;
        if (value.equals(old)) {
            return this;
        }
        return new TopicTree(Level.put(root, path, 0, value), old == null ? size + 1 : size);
    }

    /**
     * Returns this tree without the value of a topic. What is below it stays.
     *
     * @param topic the topic
     * @return the tree; this one if there is no such value
     */
    public TopicTree without(String topic) {
        String[] path = levels(topic);
        Level present = level(path);
        if (root == null || present == null || present.value == null) {
            return this;
        }
        Level rest = Level.remove(root, path, 0);
        return rest == null ? EMPTY : new TopicTree(rest, size - 1);
    }

    private @Nullable Level level(String[] path) {
        Level level = null;
        Level siblings = root;
        for (String name : path) {
            level = Level.find(siblings, name);
            if (level == null) {
                return null;
            }
            siblings = level.below;
        }
        return level;
    }

    /**
     * Calls for each topic that has a value, in the order of the levels.
     *
     * @param action gets topic and value
     */
    public void forEach(BiConsumer<String, JsonValue> action) {
        Level.forEach(root, "", action);
    }

    /**
     * Calls for a topic and each one below it that has a value.
     *
     * @param topic the topic
     * @param action gets topic and value
     */
    public void forEach(String topic, BiConsumer<String, JsonValue> action) {
        Level level = level(topic);
        if (level == null) {
            return;
        }
        if (level.value != null) {
            action.accept(topic, level.value);
        }
        Level.forEach(level.below, topic + "/", action);
    }

    /**
     * Calls for each level right below a topic, in order.
     *
     * @param topic the topic
     * @param action gets the name of the level
     */
    public void forEachBelow(String topic, Consumer<String> action) {
        Level level = level(topic);
        if (level != null) {
            Level.forEachName(level.below, action);
        }
    }

    private static String[] levels(String topic) {
        int count = 1;
        for (int slash = topic.indexOf('/'); slash >= 0 && count < MAX_LEVELS; slash = topic.indexOf('/', slash + 1)) {
            count++;
        }
        String[] levels = new String[count];
        int from = 0;
        for (int i = 0; i < count - 1; i++) {
            int slash = topic.indexOf('/', from);
            levels[i] = topic.substring(from, slash);
            from = slash + 1;
        }
        levels[count - 1] = topic.substring(from);
        return levels;
    }

    boolean sound() {
        return Level.sound(root);
    }
}
