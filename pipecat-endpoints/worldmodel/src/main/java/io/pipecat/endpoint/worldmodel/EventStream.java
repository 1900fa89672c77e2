package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.Subscription;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldState;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells one reader the state ({@code snapshot}) and then each change ({@code change}); if it asks for the model, also the devices,
 * places, nodes and agents ({@code model}, {@code device}). Who falls behind gets a {@code snapshot} again instead of what it missed.
 */
final class EventStream implements Response.Writer {

    /**
     * How long things may take.
     *
     * @param alive after so long without an event the reader is told that the connection still is one
     * @param model how long to wait after telling devices before they are told again, so that a thousand topics a second are
     *     not a thousand comparisons of all devices
     * @param look how often to look at devices though no topic changed
     * @param stall a reader that takes nothing for so long is given up
     */
    record Pace(Duration alive, Duration model, Duration look, Duration stall) {
        static final Pace USUAL =
                new Pace(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private static final long RETRY_MILLIS = 2000;

    private final WorldModel model;
    private final Clock clock;
    private final Readers readers;
    private final Pace pace;
    private final TopicFilter filter;
    private final boolean wholeModel;
    private final ChangeQueue queue = new ChangeQueue();
    private final ModelTeller teller = new ModelTeller();

    private final Object writing = new Object();
    private @Nullable Thread writer;
    private long writingSince;

    EventStream(WorldModel model, Clock clock, Readers readers, Pace pace, TopicFilter filter, boolean wholeModel) {
        this.model = model;
        this.clock = clock;
        this.readers = readers;
        this.pace = pace;
        this.filter = filter;
        this.wholeModel = wholeModel;
    }

    @Override
    public void write(OutputStream out) throws IOException, InterruptedException {
        if (!readers.enter(this)) {
            return;
        }
        // First the watch, then the look: what changes in between is told twice rather than never.
        Subscription watching = model.watch(filter.text(), queue::add);
        try {
            follow(new Events(new Watched(out)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            watching.close();
            readers.leave(this);
        }
    }

    private void follow(Events events) throws IOException, InterruptedException {
        events.retryAfter(RETRY_MILLIS);
        snapshot(events);
        long told = System.nanoTime();
        long toldModel = told;
        boolean modelDue = false;
        while (true) {
            long until = wholeModel
                    ? toldModel + (modelDue ? pace.model() : pace.look()).toNanos()
                    : told + pace.alive().toNanos();
            ChangeQueue.Batch batch = queue.take(Math.max(0, until - System.nanoTime()));
            if (batch.ended()) {
                return;
            }
            boolean tells = batch.lost() || !batch.changes().isEmpty();
            if (batch.lost()) {
                snapshot(events);
            }
            batch.changes().forEach(change -> events.event("change", json(change)));
            long now = System.nanoTime();
            modelDue |= tells;
            if (wholeModel && now - toldModel >= (modelDue ? pace.model() : pace.look()).toNanos()) {
                tells |= teller.tell(model.state(), events);
                toldModel = now;
                modelDue = false;
            }
            if (!tells && now - told >= pace.alive().toNanos()) {
                alive(events);
                tells = true;
            }
            if (tells) {
                events.flush();
                told = System.nanoTime();
            }
        }
    }

    private void snapshot(Events events) throws IOException {
        WorldState state = model.state();
        events.begin("snapshot");
        events.append("{\"as_of\":" + new JsonString(state.asOf().toString()) + ",\"age_ms\":" + age(state)
                + ",\"topics\":{");
        String[] separator = {""};
        state.forEachTopic((topic, value) -> {
            if (filter.matches(topic)) {
                events.append(separator[0] + new JsonString(topic) + ":" + value);
                separator[0] = ",";
            }
        });
        events.append("}}");
        events.end();
        if (wholeModel) {
            teller.tellAll(state, events);
        }
        events.flush();
    }

    private void alive(Events events) {
        if (wholeModel) {
            events.event(
                    "alive",
                    JsonObject.builder().put("age_ms", age(model.state())).build());
        } else {
            events.comment("alive");
        }
    }

    /** How old the state is. Told as a span: the reader's clock may be wrong, or this one. */
    private long age(WorldState state) {
        return Math.max(0, Duration.between(state.asOf(), clock.instant()).toMillis());
    }

    private static JsonObject json(StateChange change) {
        JsonObject.Builder json = JsonObject.builder().put("topic", change.topic());
        change.after().ifPresentOrElse(value -> json.put("value", value), () -> json.put("removed", JsonBool.TRUE));
        return json.put("time", change.time().toString()).build();
    }

    /** Lets the reader go. */
    void end() {
        queue.end();
    }

    /** Gives the reader up if it takes nothing; called every now and then. */
    void check(long now) {
        synchronized (writing) {
            if (writer != null && now - writingSince > pace.stall().toNanos()) {
                // A thread that is interrupted while it writes closes its connection.
                writer.interrupt();
            }
        }
    }

    /** Notes how long a write takes. */
    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        private void enter() {
            synchronized (writing) {
                writer = Thread.currentThread();
                writingSince = System.nanoTime();
            }
        }

        private void leave() {
            synchronized (writing) {
                writer = null;
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            enter();
            try {
                out.write(bytes, offset, length);
            } finally {
                leave();
            }
        }

        @Override
        public void flush() throws IOException {
            enter();
            try {
                out.flush();
            } finally {
                leave();
            }
        }
    }
}
