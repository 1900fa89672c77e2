package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of the events of a conversation. */
class EventLogTest {
    private final EventLog log = new EventLog();

    private static JsonObject of(String turn, String delta) {
        return JsonObject.builder().put("turn", turn).put("delta", delta).build();
    }

    private void turn(String name, int deltas) {
        log.begin(JsonObject.of("turn", name));
        for (int i = 0; i < deltas; i++) {
            log.add("text", of(name, "x"));
        }
        log.end(JsonObject.of("turn", name));
    }

    private static int length(List<EventLog.Event> events) {
        return events.stream()
                .mapToInt(event -> event.data().string("delta").orElse("").length())
                .sum();
    }

    @Test
    void theTurnBeforeTheLastIsForgotten() throws Exception {
        turn("a", 1);
        turn("b", 1);
        turn("c", 1);
        EventLog.Batch all = log.await(3, 0);
        assertEquals(6, all.events().size());
        assertTrue(log.await(1, 0).lost());
        assertEquals(Optional.empty(), log.after(log.id(1)));
        assertEquals(Optional.of(9L), log.after(log.id(9)));
        assertEquals(Optional.empty(), log.after(log.id(10)));
        assertEquals(Optional.empty(), log.after("x-3"));
        assertEquals(Optional.empty(), log.after(log.id(1) + "999999999999999999999"));
    }

    @Test
    void aLongTurnIsKeptInFewerEvents() throws Exception {
        log.begin(JsonObject.of("turn", "a"));
        for (int i = 0; i < 20_000; i++) {
            log.add("text", of("a", "x"));
        }
        EventLog.Batch all = log.await(0, 0);
        assertTrue(all.events().size() < 8192, all.events().size() + " events");
        assertEquals(20_000, length(all.events()));
        assertEquals(Optional.empty(), log.after(log.id(500)), "in the middle of what was put together");
        assertEquals(Optional.of(19_999L), log.after(log.id(19_999)));
        assertEquals(2, log.await(19_999, 0).events().size());
    }

    @Test
    void ofAToolThatTalksALotTheNewestLinesAreKept() throws Exception {
        log.begin(JsonObject.of("turn", "a"));
        log.add("tool_call", JsonObject.of("turn", "a"));
        for (int i = 0; i < 20_001; i++) {
            log.add(
                    "tool_progress",
                    JsonObject.builder()
                            .put("turn", "a")
                            .put("line", String.valueOf(i))
                            .build());
        }
        EventLog.Batch all = log.await(0, 0);
        assertTrue(
                !all.lost() && all.events().size() < 2 + 2 * EventLog.PROGRESS,
                all.events().size() + " events");
        assertEquals(
                List.of("turn_start", "tool_call", "tool_progress"),
                all.events().stream().map(EventLog.Event::name).distinct().toList());
        List<EventLog.Event> newest = all.events()
                .subList(all.events().size() - EventLog.PROGRESS, all.events().size());
        assertEquals("19801", newest.getFirst().data().string("line").orElseThrow());
        assertEquals("20000", newest.getLast().data().string("line").orElseThrow());
        assertEquals(Optional.of(500L), log.after(log.id(500)));
    }

    @Test
    void settledIsWhatLiesBeforeTheTurnThatRuns() {
        turn("a", 2);
        assertEquals(new EventLog.Position(log.id(4), Optional.empty()), log.settled());
        log.begin(JsonObject.of("turn", "b"));
        log.add("text", of("b", "x"));
        assertEquals(new EventLog.Position(log.id(4), Optional.of("b")), log.settled());
        assertEquals(4, log.start());
    }
}
