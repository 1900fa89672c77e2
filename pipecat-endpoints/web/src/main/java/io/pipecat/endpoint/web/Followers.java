package io.pipecat.endpoint.web;

import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/** Tells those who follow a conversation what happens in it. */
final class Followers {
    private final Streams streams;
    private final Chat.Listener listener;

    Followers(Streams streams, Chat.Listener listener) {
        this.streams = streams;
        this.listener = listener;
    }

    void changed(String id, String change) {
        listener.changed(id, change);
    }

    /** A conversation, from an event on or from the start of the turn that runs. */
    Response conversation(Chat chat, Optional<String> after) {
        return streams.open(out -> {
            chat.follow();
            try {
                follow(chat.events(), after, out);
            } finally {
                chat.unfollow();
            }
        });
    }

    private void follow(EventLog events, Optional<String> after, Sse out) throws IOException, InterruptedException {
        Optional<Long> known = after.flatMap(events::after);
        long at = known.orElseGet(events::start);
        if (after.isPresent() && known.isEmpty()) {
            out.event("reset", JsonObject.EMPTY);
        }
        out.flush();
        while (!out.isOver()) {
            EventLog.Batch batch = events.await(at, streams.alive().toNanos());
            if (batch.lost()) {
                out.event("reset", JsonObject.EMPTY);
                at = events.start();
                continue;
            }
            for (EventLog.Event event : batch.events()) {
                out.raw(Sse.frame(event.name(), events.id(event.seq()), event.data()));
                at = event.seq();
            }
            if (batch.ended()) {
                return;
            }
            if (batch.events().isEmpty()) {
                out.alive();
            }
            out.flush();
        }
    }

    /** Whether nobody more can follow now; to be asked before a turn is begun that is to be followed. */
    Optional<Response> refusal() {
        return streams.refusal();
    }

    /** One turn, to its end. */
    Response turn(Chats.Said said) {
        return streams.admitted(out -> {
            said.chat().follow();
            try {
                follow(said, out);
            } finally {
                said.chat().unfollow();
            }
        });
    }

    private void follow(Chats.Said said, Sse out) throws IOException, InterruptedException {
        EventLog events = said.chat().events();
        String turn = said.asked().turn();
        long at = said.before();
        while (true) {
            EventLog.Batch batch = events.await(at, streams.alive().toNanos());
            if (batch.lost()) {
                at = events.start();
                continue;
            }
            for (EventLog.Event event : batch.events()) {
                at = event.seq();
                if (event.data().string("turn").filter(turn::equals).isPresent()) {
                    boolean start = event.name().equals("turn_start");
                    JsonObject data = start
                            ? event.data().toBuilder()
                                    .put("conversation", said.chat().id())
                                    .build()
                            : event.data();
                    out.raw(Sse.frame(event.name(), events.id(event.seq()), data));
                    if (event.name().equals("turn_end")) {
                        return;
                    }
                }
            }
            if (batch.ended()) {
                return;
            }
            // What comes may be of the turn before.
            if (batch.events().isEmpty() || out.quiet() >= streams.alive().toNanos()) {
                out.alive();
            }
            out.flush();
        }
    }
}
