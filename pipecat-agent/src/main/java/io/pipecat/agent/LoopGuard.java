package io.pipecat.agent;

import io.pipecat.api.json.JsonValue;

/** Notices that a model makes the same call again and again within one turn. */
final class LoopGuard {
    private static final int ALLOWED = 2;

    private record Made(String name, JsonValue arguments) {}

    private Made last = new Made("", io.pipecat.api.json.JsonNull.NULL);
    private int times;

    /** Notes a call; returns whether it is the third or later of equal ones in a row. */
    boolean isRepeated(String name, JsonValue arguments) {
        Made made = new Made(name, arguments);
        times = made.equals(last) ? times + 1 : 1;
        last = made;
        return times > ALLOWED;
    }
}
