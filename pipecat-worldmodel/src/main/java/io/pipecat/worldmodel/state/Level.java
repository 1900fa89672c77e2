package io.pipecat.worldmodel.state;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One level of a topic, and a node in the weight-balanced search tree of its siblings by name. Immutable; a change copies
 * the path to it. A search tree and no hash table, because strangers choose the names: no set of names makes it slow, and it
 * comes out in order.
 */
final class Level {
    /** A side may have at most so many times the nodes of the other (Adams' balance, as in Haskell's Data.Map). */
    private static final int DELTA = 3;

    private static final int RATIO = 2;

    /** Where a topic with a value of its own also has an empty level below it, both cannot have the key "". */
    private static final String EMPTY_LEVEL_BESIDE_VALUE = "/";

    final String name;
    final @Nullable JsonValue value;
    final @Nullable Level below;
    private final @Nullable Level left;
    private final @Nullable Level right;
    private final int weight;
    /** Made when asked for; two threads at once make it twice, to the same effect. */
    private @Nullable JsonValue json;

    private Level(
            String name,
            @Nullable JsonValue value,
            @Nullable Level below,
            @Nullable Level left,
            @Nullable Level right) {
        this.name = name;
        this.value = value;
        this.below = below;
        this.left = left;
        this.right = right;
        this.weight = 1 + weight(left) + weight(right);
    }

    private Level with(@Nullable Level newLeft, @Nullable Level newRight) {
        Level copy = new Level(name, value, below, newLeft, newRight);
        copy.json = json;
        return copy;
    }

    private static int weight(@Nullable Level level) {
        return level == null ? 0 : level.weight;
    }

    static @Nullable Level find(@Nullable Level siblings, String name) {
        Level level = siblings;
        while (level != null) {
            int order = name.compareTo(level.name);
            if (order == 0) {
                return level;
            }
            level = order < 0 ? level.left : level.right;
        }
        return null;
    }

    static Level put(@Nullable Level siblings, String[] path, int depth, JsonValue value) {
        if (siblings == null) {
            boolean last = depth == path.length - 1;
            return new Level(
                    path[depth], last ? value : null, last ? null : put(null, path, depth + 1, value), null, null);
        }
        int order = path[depth].compareTo(siblings.name);
        if (order < 0) {
            return balanced(siblings, put(siblings.left, path, depth, value), siblings.right);
        }
        if (order > 0) {
            return balanced(siblings, siblings.left, put(siblings.right, path, depth, value));
        }
        if (depth == path.length - 1) {
            return new Level(siblings.name, value, siblings.below, siblings.left, siblings.right);
        }
        return new Level(
                siblings.name,
                siblings.value,
                put(siblings.below, path, depth + 1, value),
                siblings.left,
                siblings.right);
    }

    /** Takes away the value at a path, and the levels that hold nothing any more. It must be there. */
    static @Nullable Level remove(Level siblings, String[] path, int depth) {
        int order = path[depth].compareTo(siblings.name);
        if (order < 0) {
            return balanced(siblings, remove(there(siblings.left), path, depth), siblings.right);
        }
        if (order > 0) {
            return balanced(siblings, siblings.left, remove(there(siblings.right), path, depth));
        }
        boolean last = depth == path.length - 1;
        JsonValue value = last ? null : siblings.value;
        Level below = last ? siblings.below : remove(there(siblings.below), path, depth + 1);
        return value == null && below == null
                ? joined(siblings.left, siblings.right)
                : new Level(siblings.name, value, below, siblings.left, siblings.right);
    }

    private static Level there(@Nullable Level level) {
        if (level == null) {
            throw new IllegalStateException("the topic to remove is not there");
        }
        return level;
    }

    private static @Nullable Level joined(@Nullable Level left, @Nullable Level right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.weight > right.weight) {
            Level last = left;
            while (last.right != null) {
                last = last.right;
            }
            return balanced(last, withoutLast(left), right);
        }
        Level first = right;
        while (first.left != null) {
            first = first.left;
        }
        return balanced(first, left, withoutFirst(right));
    }

    private static @Nullable Level withoutLast(Level level) {
        return level.right == null ? level.left : balanced(level, level.left, withoutLast(level.right));
    }

    private static @Nullable Level withoutFirst(Level level) {
        return level.left == null ? level.right : balanced(level, withoutFirst(level.left), level.right);
    }

    /** The level between these two sides, of which one may have gained or lost a node. */
    private static Level balanced(Level level, @Nullable Level left, @Nullable Level right) {
        int leftWeight = weight(left);
        int rightWeight = weight(right);
        if (leftWeight + rightWeight > 1) {
            if (right != null && rightWeight > DELTA * leftWeight) {
                return weight(right.left) < RATIO * weight(right.right)
                        ? right.with(level.with(left, right.left), right.right)
                        : rotatedTwice(level, left, there(right.left), right);
            }
            if (left != null && leftWeight > DELTA * rightWeight) {
                return weight(left.right) < RATIO * weight(left.left)
                        ? left.with(left.left, level.with(left.right, right))
                        : rotatedTwiceBack(level, left, there(left.right), right);
            }
        }
        return level.with(left, right);
    }

    private static Level rotatedTwice(Level level, @Nullable Level left, Level middle, Level right) {
        return middle.with(level.with(left, middle.left), right.with(middle.right, right.right));
    }

    private static Level rotatedTwiceBack(Level level, Level left, Level middle, @Nullable Level right) {
        return middle.with(left.with(left.left, middle.left), level.with(middle.right, right));
    }

    /** The value, or an object of what is below. */
    JsonValue json() {
        JsonValue made = json;
        if (made == null) {
            made = below == null && value != null ? value : object(below, value);
            json = made;
        }
        return made;
    }

    static JsonObject object(@Nullable Level siblings, @Nullable JsonValue own) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (own != null) {
            members.put("", own);
        }
        collect(siblings, own == null ? "" : EMPTY_LEVEL_BESIDE_VALUE, members);
        return new JsonObject(members);
    }

    private static void collect(@Nullable Level level, String emptyName, Map<String, JsonValue> members) {
        if (level != null) {
            collect(level.left, emptyName, members);
            members.put(level.name.isEmpty() ? emptyName : level.name, level.json());
            collect(level.right, emptyName, members);
        }
    }

    static void forEach(@Nullable Level siblings, String prefix, BiConsumer<String, JsonValue> action) {
        if (siblings == null) {
            return;
        }
        forEach(siblings.left, prefix, action);
        String topic = prefix + siblings.name;
        if (siblings.value != null) {
            action.accept(topic, siblings.value);
        }
        if (siblings.below != null) {
            forEach(siblings.below, topic + "/", action);
        }
        forEach(siblings.right, prefix, action);
    }

    static void forEachName(@Nullable Level siblings, Consumer<String> action) {
        if (siblings != null) {
            forEachName(siblings.left, action);
            action.accept(siblings.name);
            forEachName(siblings.right, action);
        }
    }

    /** For tests: whether the sides are in order and in balance here and below. */
    static boolean sound(@Nullable Level level) {
        if (level == null) {
            return true;
        }
        int sides = weight(level.left) + weight(level.right);
        boolean balanced = sides <= 1
                || (weight(level.left) <= DELTA * weight(level.right)
                        && weight(level.right) <= DELTA * weight(level.left));
        boolean ordered = (level.left == null || level.left.name.compareTo(level.name) < 0)
                && (level.right == null || level.right.name.compareTo(level.name) > 0);
        return balanced
                && ordered
                && (level.value != null || level.below != null)
                && sound(level.left)
                && sound(level.right)
                && sound(level.below);
    }
}
