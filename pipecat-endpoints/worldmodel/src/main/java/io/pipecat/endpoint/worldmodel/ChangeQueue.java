package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The changes that one reader has yet to be told. Who reads too slowly does not make it grow: beyond the bounds all of it is
 * thrown away, and the reader gets the whole state again when it is ready. Thread-safe.
 */
final class ChangeQueue {
    private static final int MAX_CHANGES = 10_000;
    private static final long MAX_WEIGHT = 8L << 20;
    private static final int WEIGHT_OF_ONE = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private List<StateChange> waiting = new ArrayList<>();
    private long weight;
    private boolean lost;
    private boolean ended;

    /**
     * What came since the last time.
     *
     * @param changes the changes in order
     * @param lost there were too many, so they are not here
     * @param ended nothing more is to be told
     */
    record Batch(List<StateChange> changes, boolean lost, boolean ended) {}

    /** Never waits for the reader. */
    void add(StateChange change) {
        long more =
                change.topic().length() + change.after().map(ChangeQueue::weigh).orElse(0L) + WEIGHT_OF_ONE;
        lock.lock();
        try {
            if (lost) {
                return;
            }
            waiting.add(change);
            weight += more;
            if (waiting.size() > MAX_CHANGES || weight > MAX_WEIGHT) {
                waiting = new ArrayList<>();
                weight = 0;
                lost = true;
            }
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: the reader learns at its next look. */
    void end() {
        lock.lock();
        try {
            ended = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all there is, and waits for something if there is nothing; after so long it takes nothing. */
    Batch take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (waiting.isEmpty() && !lost && !ended && left > 0) {
                left = something.awaitNanos(left);
            }
            Batch batch = new Batch(waiting, lost, ended);
            waiting = new ArrayList<>();
            weight = 0;
            lost = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Roughly how much memory it holds. */
    private static long weigh(JsonValue value) {
        return switch (value) {
            case JsonString text -> text.value().length();
            case JsonNumber number -> number.text().length();
            case JsonBool b -> 0;
            case JsonNull n -> 0;
            case JsonArray array -> {
                long sum = 0;
                for (JsonValue element : array) {
                    sum += WEIGHT_OF_ONE + weigh(element);
                }
                yield sum;
            }
            case JsonObject object -> {
                long sum = 0;
                for (var member : object.members().entrySet()) {
                    sum += WEIGHT_OF_ONE + member.getKey().length() + weigh(member.getValue());
                }
                yield sum;
            }
        };
    }
}
