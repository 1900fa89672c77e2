package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.Message;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Questions whether a tool may run, and their answers. */
@Timeout(60)
class ApprovalTest {
    @TempDir
    private Path state;

    /** A model that opens a door and then says what came of it. */
    private static void opens(Face face) {
        face.model.does((context, pen) -> {
            if (context.messages().getLast() instanceof Message.ToolResult result) {
                pen.say(result.error() ? "It stays shut." : "It is open.");
            } else {
                pen.call("c1", "doors__open", "{\"door\":\"front\"}");
            }
        });
    }

    private static HttpResponse<String> decide(Face face, Events.Event question, String decision) throws Exception {
        return face.post(
                "/api/approvals/" + question.data().string("id").orElseThrow(),
                JsonObject.of("decision", decision).toString());
    }

    @Test
    void grantedRunsTheTool() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            opens(face);
            String id = face.begin();
            try (Events events = face.follow("/api/conversations/" + id + "/events")) {
                face.say(id, "Open the door");
                JsonObject call = events.next("tool_call").data();
                assertEquals("doors.open", call.string("name").orElseThrow());
                Events.Event question = events.next("approval");
                assertEquals("doors.open", question.data().string("tool").orElseThrow());
                assertEquals(call.string("id"), question.data().string("call"));
                assertEquals(0, face.doors.opened());
                assertEquals(200, decide(face, question, "once").statusCode());
                assertEquals(
                        "once",
                        events.next("approval_done").data().string("decision").orElseThrow());
                assertTrue(events.next("tool_result").data().bool("ok").orElseThrow());
                assertEquals("It is open.", Events.text(events.turn()));
                assertEquals(1, face.doors.opened());
                HttpResponse<String> twice = decide(face, question, "deny");
                assertEquals(409, twice.statusCode());
                assertTrue(Face.detail(twice).contains("answered already: once"), twice.body());
            }
            JsonObject answer = Face.json(face.get("/api/conversations/" + id))
                    .array("messages")
                    .orElseThrow()
                    .objects()
                    .toList()
                    .get(1);
            JsonObject tool = Stored.parts(answer).getFirst();
            assertEquals("once", tool.string("approval").orElseThrow());
            assertEquals("\"front is open\"", tool.string("result").orElseThrow());
        }
    }

    private static boolean isAsking(Face face) throws Exception {
        return Face.json(face.get("/api/conversations"))
                .array("conversations")
                .orElseThrow()
                .objects()
                .findFirst()
                .orElseThrow()
                .bool("asking")
                .orElseThrow();
    }

    private static List<String> changes(Events list, String last) throws Exception {
        List<String> changes = new ArrayList<>();
        do {
            changes.add(list.next("conversation").data().string("change").orElseThrow());
        } while (!changes.getLast().equals(last));
        return changes;
    }

    @Test
    void theListTellsWhichConversationAsks() throws Exception {
        try (Face face = new Face(state, Map.of());
                Events list = face.follow("/api/events?topics=conversation,health")) {
            list.next("health");
            opens(face);
            try (Events events = face.chat("{\"text\":\"Open the door\"}")) {
                Events.Event question = events.next("approval");
                List<String> changes = changes(list, "asking");
                assertTrue(isAsking(face));
                assertEquals(200, decide(face, question, "deny").statusCode());
                changes.addAll(changes(list, "idle"));
                // When it gets its title has to do with none of these.
                changes.remove("updated");
                assertEquals(List.of("created", "running", "asking", "answered", "idle"), changes);
                assertFalse(isAsking(face));
            }
        }
    }

    @Test
    void alwaysAsksOnlyOnce() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            opens(face);
            String id = face.begin();
            try (Events events = face.follow("/api/conversations/" + id + "/events")) {
                face.say(id, "Open the door");
                decide(face, events.next("approval"), "always");
                events.turn();
                face.say(id, "Open it again");
                List<Events.Event> turn = events.turn();
                assertTrue(turn.stream().noneMatch(event -> event.name().equals("approval")), turn.toString());
                assertEquals(2, face.doors.opened());
            }
        }
    }

    @Test
    void deniedDoesNotRunTheTool() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            opens(face);
            try (Events events = face.chat("{\"text\":\"Open the door\"}")) {
                Events.Event question = events.next("approval");
                assertEquals(422, decide(face, question, "perhaps").statusCode());
                assertEquals(200, decide(face, question, "deny").statusCode());
                assertEquals("It stays shut.", Events.text(events.turn()));
                assertEquals(0, face.doors.opened());
            }
        }
    }

    @Test
    void aQuestionEndsWithItsTurn() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            opens(face);
            String id = face.begin();
            try (Events events = face.follow("/api/conversations/" + id + "/events")) {
                face.say(id, "Open the door");
                Events.Event question = events.next("approval");
                face.post("/api/conversations/" + id + "/cancel", "");
                assertEquals(
                        "withdrawn",
                        events.next("approval_done").data().string("decision").orElseThrow());
                assertEquals(
                        "interrupted",
                        events.next("turn_end").data().string("finish").orElseThrow());
                assertEquals(409, decide(face, question, "once").statusCode());
                assertEquals(0, face.doors.opened());
            }
            assertEquals(
                    404,
                    face.post("/api/approvals/none", "{\"decision\":\"once\"}").statusCode());
        }
    }

    @Test
    void whoDoesNotAnswerDenies() throws Exception {
        try (Face face = new Face(state, Map.of("web_approval_timeout", "1s"))) {
            opens(face);
            try (Events events = face.chat("{\"text\":\"Open the door\"}")) {
                assertEquals(
                        "expired",
                        events.next("approval_done").data().string("decision").orElseThrow());
                assertEquals("It stays shut.", Events.text(events.turn()));
            }
        }
    }
}
