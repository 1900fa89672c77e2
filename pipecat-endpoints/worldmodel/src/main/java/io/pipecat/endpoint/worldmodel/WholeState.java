package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.WorldModel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The answer to {@code GET /state}, made once for each state: writing it costs more than all the rest, and most ask again while nothing changed. */
final class WholeState {
    private record Made(JsonObject state, Response response) {
        @SuppressWarnings("ReferenceEquality") // comparing whole states would cost what is to be saved
        boolean isOf(JsonObject other) {
            return state == other;
        }
    }

    private final WorldModel model;
    /** Ten readers at once make it once; each gets one that is no older than its question. */
    private final ReentrantLock making = new ReentrantLock();

    private volatile @Nullable Made made;

    WholeState(WorldModel model) {
        this.model = model;
    }

    Response response() {
        Made last = made;
        if (last != null && last.isOf(model.state().toJson())) {
            return last.response();
        }
        making.lock();
        try {
            JsonObject state = model.state().toJson();
            last = made;
            if (last == null || !last.isOf(state)) {
                last = new Made(state, Response.json(200, state));
                made = last;
            }
            return last.response();
        } finally {
            making.unlock();
        }
    }
}
