package io.pipecat.worldmodel.state;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.StateChange;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tree that is current. Readers take it by one volatile read and are never held up; writers come one after the other, and
 * those who watch hear of changes in the order in which they were made. Thread-safe.
 */
public final class TopicStore {
    /** What an entry costs beside the characters of topic and value, about. */
    private static final int OVERHEAD = 200;

    /**
     * How much is kept. What would go beyond is refused; what is there can still change as long as it does not grow.
     *
     * @param topics the most topics
     * @param bytes the most memory, by a rough estimate
     */
    public record Limits(int topics, long bytes) {}

    /** What became of a change. */
    public enum Outcome {
        /** It is so now, and was not before. */
        CHANGED,
        /** It was so already. */
        SAME,
        /** There are too many topics. */
        TOO_MANY,
        /** The values take too much memory. */
        TOO_LARGE
    }

    private final Limits limits;
    private final Watchers watchers;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile TopicTree tree = TopicTree.EMPTY;
    private volatile long bytes;

    /**
     * Makes a store without topics.
     *
     * @param limits how much it keeps
     * @param watchers who hears of changes
     */
    public TopicStore(Limits limits, Watchers watchers) {
        this.limits = limits;
        this.watchers = watchers;
    }

    /**
     * Returns what is known.
     *
     * @return the tree of this moment; never blocks
     */
    public TopicTree tree() {
        return tree;
    }

    /**
     * Returns about how much memory it takes.
     *
     * @return an estimate in bytes
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Puts a value.
     *
     * @param topic a topic that was checked, or came from a broker
     * @param value its value
     * @param time when it came
     * @return what became of it
     */
    public Outcome put(String topic, JsonValue value, Instant time) {
        writing.lock();
        try {
            TopicTree before = tree;
            TopicTree after = before.with(topic, value);
            if (after == before) {
                return Outcome.SAME;
            }
            Optional<JsonValue> old = before.value(topic);
            long grown = bytes
                    + cost(topic, value)
                    - old.map(gone -> cost(topic, gone)).orElse(0L);
            if (grown > limits.bytes() && grown > bytes) {
                return Outcome.TOO_LARGE;
            }
            if (after.size() > limits.topics() && after.size() > before.size()) {
                return Outcome.TOO_MANY;
            }
            bytes = grown;
            tree = after;
            watchers.tell(new StateChange(topic, old, Optional.of(value), time));
            return Outcome.CHANGED;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Takes a value away. Topics below it stay.
     *
     * @param topic its topic
     * @param time when it came
     * @return what became of it
     */
    public Outcome remove(String topic, Instant time) {
        writing.lock();
        try {
            TopicTree before = tree;
            TopicTree after = before.without(topic);
            if (after == before) {
                return Outcome.SAME;
            }
            JsonValue old = before.value(topic).orElseThrow();
            long shrunk = bytes - cost(topic, old);
            bytes = shrunk;
            tree = after;
            watchers.tell(new StateChange(topic, Optional.of(old), Optional.empty(), time));
            return Outcome.CHANGED;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Puts what is known of a whole tree in place of all that was, as one change to a reader; those who watch hear of each topic
     * that is different.
     *
     * @param next the tree
     * @param time when it came
     */
    public void replace(TopicTree next, Instant time) {
        writing.lock();
        try {
            TopicTree before = tree;
            long[] sum = {0};
            next.forEach((topic, value) -> sum[0] += cost(topic, value));
            bytes = sum[0];
            tree = next;
            before.forEach((topic, old) -> {
                if (next.value(topic).isEmpty()) {
                    watchers.tell(new StateChange(topic, Optional.of(old), Optional.empty(), time));
                }
            });
            next.forEach((topic, value) -> {
                Optional<JsonValue> old = before.value(topic);
                if (!old.equals(Optional.of(value))) {
                    watchers.tell(new StateChange(topic, old, Optional.of(value), time));
                }
            });
        } finally {
            writing.unlock();
        }
    }

    private static long cost(String topic, JsonValue value) {
        return OVERHEAD + topic.length() + size(value);
    }

    private static long size(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.value().length();
            case JsonNumber number -> number.text().length();
            case JsonObject object -> {
                long sum = 0;
                for (var member : object.members().entrySet()) {
                    sum += OVERHEAD + member.getKey().length() + size(member.getValue());
                }
                yield sum;
            }
            case JsonArray array -> {
                long sum = 0;
                for (JsonValue element : array) {
                    sum += OVERHEAD / 4 + size(element);
                }
                yield sum;
            }
            case JsonBool b -> 0;
            case JsonNull n -> 0;
        };
    }
}
