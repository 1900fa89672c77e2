package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The events of one conversation, of the turn that runs and the one before it, numbered, so that whoever was away can go on where they
 * stopped. Writing is one addition however many follow it. Thread-safe.
 */
final class EventLog {
    /** A turn with more events than this has its older pieces of text put together. */
    private static final int MANY = 4096;

    /** Of the lines that the tools of a turn tell of their progress at least so many of the newest are kept, and at most twice as many. */
    static final int PROGRESS = 200;

    private static final String PROGRESS_NAME = "tool_progress";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /**
     * An event.
     *
     * @param from the number of the first of the events that were put together to this
     * @param seq its number
     * @param name its kind
     * @param data what it tells
     */
    record Event(long from, long seq, String name, JsonObject data) {}

    /**
     * What has come.
     *
     * @param events the events
     * @param lost whether some before them are gone
     * @param ended whether no more will come
     */
    record Batch(List<Event> events, boolean lost, boolean ended) {}

    /** Names this log: the numbers of another one mean nothing here. */
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);

    private final List<Event> events = new ArrayList<>();
    private long next = 1;
    private long turnStart = 1;
    private long previousTurnStart = 1;
    private Optional<String> running = Optional.empty();
    private long putTogetherTo;
    private int progress;
    private boolean ended;

    /** Adds the first event of a turn; those of the turn before the last are forgotten. */
    synchronized void begin(JsonObject data) {
        previousTurnStart = turnStart;
        turnStart = next;
        events.removeIf(event -> event.seq() < previousTurnStart);
        running = data.string("turn");
        progress = 0;
        add("turn_start", data);
    }

    synchronized void end(JsonObject data) {
        running = Optional.empty();
        add("turn_end", data);
    }

    synchronized void add(String name, JsonObject data) {
        events.add(new Event(next, next, name, data));
        next++;
        if (name.equals(PROGRESS_NAME) && ++progress >= 2 * PROGRESS) {
            forgetProgress();
        }
        if (events.size() > MANY && next % (MANY / 4) == 0) {
            putTogether();
        }
        notifyAll();
    }

    /** Who has missed these need not be told that anything is lost: what a tool gave comes with its result. */
    private void forgetProgress() {
        int most = progress - PROGRESS;
        int[] forgotten = {0};
        events.removeIf(
                event -> event.seq() >= turnStart && event.name().equals(PROGRESS_NAME) && forgotten[0]++ < most);
        progress = PROGRESS;
    }

    private void putTogether() {
        List<Event> all = new ArrayList<>();
        int fresh = events.size() - MANY / 4;
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            Event last = all.isEmpty() ? event : all.getLast();
            if (i > 0 && i < fresh && belong(last, event)) {
                all.set(all.size() - 1, together(last, event));
                putTogetherTo = event.seq();
            } else {
                all.add(event);
            }
        }
        events.clear();
        events.addAll(all);
    }

    private static boolean belong(Event one, Event other) {
        return one.name().equals(other.name())
                && one.data().has("delta")
                && one.data().get("turn").equals(other.data().get("turn"));
    }

    private static Event together(Event one, Event other) {
        String text = one.data().string("delta").orElse("")
                + other.data().string("delta").orElse("");
        return new Event(
                one.from(),
                other.seq(),
                one.name(),
                one.data().toBuilder().put("delta", text).build());
    }

    /** Names an event, for {@link #after}. */
    String id(long seq) {
        return epoch + "-" + seq;
    }

    /**
     * How far things are settled.
     *
     * @param event the last event before the turn that runs, or the last one: who has seen all that is stored goes on from there
     * @param running the turn that runs
     */
    record Position(String event, Optional<String> running) {}

    synchronized Position settled() {
        return new Position(id((running.isPresent() ? turnStart : next) - 1), running);
    }

    /** Where to go on after an event, by its name; empty if what follows it is not here any more. */
    synchronized Optional<Long> after(String id) {
        String prefix = epoch + "-";
        if (!id.startsWith(prefix)
                || !NUMBER.matcher(id.substring(prefix.length())).matches()) {
            return Optional.empty();
        }
        long seq = Long.parseLong(id.substring(prefix.length()));
        return seq < next && isWhole(seq) ? Optional.of(seq) : Optional.empty();
    }

    private boolean isWhole(long seq) {
        long oldest = events.isEmpty() ? next : events.getFirst().from();
        return seq >= oldest - 1
                // Who keeps up need not look through what lies behind.
                && (seq >= putTogetherTo
                        || events.stream().noneMatch(event -> event.from() <= seq && seq < event.seq()));
    }

    /** Where to begin to see the turn that runs as a whole, or only what comes. */
    synchronized long start() {
        return (running.isPresent() ? turnStart : next) - 1;
    }

    synchronized long last() {
        return next - 1;
    }

    /** Waits for events after a number; none if there are none in time. */
    synchronized Batch await(long after, long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (next - 1 <= after && !ended) {
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        if (next - 1 <= after) {
            return new Batch(List.of(), false, ended);
        }
        if (!isWhole(after)) {
            return new Batch(List.of(), true, ended);
        }
        int first = events.size();
        while (first > 0 && events.get(first - 1).seq() > after) {
            first--;
        }
        return new Batch(List.copyOf(events.subList(first, events.size())), false, ended);
    }

    /** Lets everybody who follows go. */
    synchronized void close() {
        ended = true;
        notifyAll();
    }
}
