package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations: what is said in them, who hears it, and what is kept. */
@Timeout(60)
class ConversationTest {
    @TempDir
    private Path state;

    private static List<JsonObject> messages(Face face, String id) throws Exception {
        HttpResponse<String> answer = face.get("/api/conversations/" + id);
        assertEquals(200, answer.statusCode(), answer.body());
        return Face.json(answer).array("messages").orElseThrow().objects().toList();
    }

    private static String said(JsonObject message) {
        return Stored.parts(message).getFirst().string("text").orElseThrow();
    }

    private static List<JsonObject> list(Face face, String query) throws Exception {
        return Face.json(face.get("/api/conversations" + query))
                .array("conversations")
                .orElseThrow()
                .objects()
                .toList();
    }

    @Test
    void answersStreamAndSurviveARestart() throws Exception {
        String id;
        try (Face face = new Face(state, Map.of())) {
            face.model.does((context, pen) -> pen.think("Hm. ").say("Hello ").say("there."));
            id = face.begin();
            try (Events events = face.follow("/api/conversations/" + id + "/events")) {
                assertEquals(202, face.say(id, "Good morning").statusCode());
                List<Events.Event> turn = events.turn();
                assertEquals(List.of("turn_start", "reasoning", "text", "text", "turn_end"), Events.names(turn));
                assertEquals(
                        "Good morning", turn.getFirst().data().string("text").orElseThrow());
                assertEquals("Hello there.", Events.text(turn));
                assertEquals("completed", turn.getLast().data().string("finish").orElseThrow());
            }
        }
        try (Face face = new Face(state, Map.of())) {
            List<JsonObject> kept = messages(face, id);
            assertEquals("Good morning", kept.get(0).string("text").orElseThrow());
            assertEquals(
                    "Hello there.",
                    Stored.parts(kept.get(1)).get(1).string("text").orElseThrow());
            assertEquals(
                    "Good morning", list(face, "").getFirst().string("title").orElseThrow());
            try (Events again = face.chat("{\"text\":\"And now?\",\"conversation\":\"" + id + "\"}")) {
                again.turn();
            }
            assertTrue(
                    face.model.asked().getLast().messages().stream()
                            .anyMatch(message -> message.text().equals("Hello there.")),
                    "the model is told what was said before the restart");
        }
    }

    @Test
    void whatWasWrittenBeforeAKillIsKept() throws Exception {
        String id;
        try (Face face = new Face(state, Map.of())) {
            try (Events events = face.chat("{\"text\":\"First\"}")) {
                id = events.turn().getFirst().data().string("conversation").orElseThrow();
            }
        }
        Path file = state.resolve("conversations").resolve(id + ".jsonl");
        String user = Stored.userLine(JsonObject.builder()
                        .put("role", "user")
                        .put("turn", "t2")
                        .put("time", "2026-11-22T12:00:00Z")
                        .put("text", "Second")
                        .build())
                .toString();
        Files.writeString(file, user + "\n{\"type\":\"answer\",\"mess", StandardOpenOption.APPEND);
        try (Face face = new Face(state, Map.of())) {
            List<JsonObject> kept = messages(face, id);
            assertEquals(4, kept.size(), kept.toString());
            assertEquals("Hello.", said(kept.get(1)));
            assertEquals("Second", kept.get(2).string("text").orElseThrow());
            assertEquals("lost", kept.get(3).string("finish").orElseThrow());
            try (Events events = face.chat("{\"text\":\"Third\",\"conversation\":\"" + id + "\"}")) {
                events.turn();
            }
        }
        try (Face face = new Face(state, Map.of())) {
            assertEquals(6, messages(face, id).size());
            assertEquals("Third", messages(face, id).get(4).string("text").orElseThrow());
        }
    }

    @Test
    void twoTabsHearTheSame() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            face.model.does((context, pen) -> pen.say("One ").say("two ").say("three."));
            String id = face.begin();
            try (Events one = face.follow("/api/conversations/" + id + "/events");
                    Events other = face.follow("/api/conversations/" + id + "/events")) {
                face.say(id, "Count");
                assertEquals(one.turn(), other.turn());
                face.say(id, "Again");
                assertEquals(one.turn(), other.turn());
            }
        }
    }

    @Test
    void whoComesBackGoesOnWhereTheyStopped() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            CountDownLatch goOn = new CountDownLatch(1);
            face.model.does((context, pen) -> {
                pen.say("One ").say("two ");
                goOn.await();
                pen.say("three.");
            });
            String id = face.begin();
            String path = "/api/conversations/" + id + "/events";
            String last;
            try (Events events = face.follow(path)) {
                face.say(id, "Count");
                assertEquals("One ", events.next("text").data().string("delta").orElseThrow());
                last = events.next("text").id();
            }
            JsonObject history = Face.json(face.get("/api/conversations/" + id));
            assertTrue(history.string("running").isPresent(), history.toString());
            assertEquals(0, history.array("messages").orElseThrow().size());
            try (Events resumed = face.follow(path, "Last-Event-ID", last);
                    Events late = face.follow(
                            path + "?after=" + history.string("last_event").orElseThrow());
                    Events plain = face.follow(path);
                    Events stranger = face.follow(path, "Last-Event-ID", "another-7")) {
                assertEquals("reset", stranger.next().name());
                goOn.countDown();
                assertEquals("three.", Events.text(resumed.turn()));
                assertEquals("One two three.", Events.text(late.turn()));
                assertEquals("One two three.", Events.text(plain.turn()));
                assertEquals("One two three.", Events.text(stranger.turn()));
            }
        }
    }

    @Test
    void aTurnCanBeCancelled() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            face.model.does((context, pen) -> {
                pen.say("It begins ");
                new CountDownLatch(1).await();
            });
            String id = face.begin();
            assertEquals(
                    "{\"cancelled\":false}",
                    face.post("/api/conversations/" + id + "/cancel", "").body());
            try (Events events = face.follow("/api/conversations/" + id + "/events")) {
                face.say(id, "Talk");
                events.next("text");
                HttpResponse<String> cancelled = face.post("/api/conversations/" + id + "/cancel", "");
                assertEquals("{\"cancelled\":true}", cancelled.body());
                assertEquals(
                        "interrupted",
                        events.next("turn_end").data().string("finish").orElseThrow());
            }
            JsonObject answer = messages(face, id).get(1);
            assertEquals("interrupted", answer.string("finish").orElseThrow());
            assertEquals("It begins ", said(answer));
        }
    }

    @Test
    void aNewMessageInterruptsTheTurnThatRuns() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            face.model.does((context, pen) -> {
                if (context.messages().getLast().text().equals("Slow")) {
                    pen.say("Well ");
                    new CountDownLatch(1).await();
                }
                pen.say("Done.");
            });
            String id = face.begin();
            try (Events events = face.follow("/api/conversations/" + id + "/events")) {
                face.say(id, "Slow");
                events.next("text");
                face.say(id, "Quick");
                assertEquals(
                        "interrupted",
                        events.next("turn_end").data().string("finish").orElseThrow());
                assertEquals("Done.", Events.text(events.turn()));
            }
        }
    }

    @Test
    void aModelThatFailsIsToldAsASentence() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            face.model.does((context, pen) -> {
                throw new LLMException(LLMException.Reason.UNAVAILABLE, "The model at http://core/v1 is away.");
            });
            try (Events events = face.chat("{\"text\":\"Hello\"}")) {
                Events.Event end = events.next("turn_end");
                assertEquals("error", end.data().string("finish").orElseThrow());
                assertEquals(
                        "The model at http://core/v1 is away.",
                        end.data().string("error").orElseThrow());
            }
        }
    }

    @Test
    void conversationsAreFoundRenamedExportedAndDeleted() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            face.model.does((context, pen) -> pen.say("The **cellar** is ```damp```."));
            String id;
            try (Events events = face.chat("{\"text\":\"How is the cellar?\"}")) {
                id = events.turn().getFirst().data().string("conversation").orElseThrow();
            }
            face.begin();
            assertEquals(2, list(face, "").size());
            JsonObject hit = list(face, "?query=DAMP+how").getFirst();
            assertEquals(id, hit.string("id").orElseThrow());
            assertTrue(hit.string("snippet").orElseThrow().contains("damp"), hit.toString());
            assertEquals(0, list(face, "?query=attic").size());
            HttpResponse<String> renamed = face.send("PATCH", "/api/conversations/" + id, "{\"title\":\"Cellar\"}");
            assertEquals("Cellar", Face.json(renamed).string("title").orElseThrow());
            HttpResponse<String> markdown = face.get("/api/conversations/" + id + "/export");
            assertTrue(markdown.body().startsWith("# Cellar\n"), markdown.body());
            assertTrue(markdown.body().contains("How is the cellar?"), markdown.body());
            assertTrue(markdown.headers()
                    .firstValue("Content-Disposition")
                    .orElseThrow()
                    .startsWith("attachment"));
            JsonObject json = Face.json(face.get("/api/conversations/" + id + "/export?format=json"));
            assertEquals(2, json.array("messages").orElseThrow().size());
            assertEquals(
                    422,
                    face.get("/api/conversations/" + id + "/export?format=pdf").statusCode());
            assertEquals(
                    204, face.send("DELETE", "/api/conversations/" + id, "").statusCode());
            assertEquals(404, face.get("/api/conversations/" + id).statusCode());
            assertFalse(Files.exists(state.resolve("conversations").resolve(id + ".jsonl")));
            assertEquals(
                    404, face.send("DELETE", "/api/conversations/" + id, "").statusCode());
        }
    }

    @Test
    void badInputIsAnsweredInWordsAndLosesNothing() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            String id = face.begin();
            assertEquals(
                    422,
                    face.post("/api/conversations/" + id + "/messages", "{\"text\":\" \"}")
                            .statusCode());
            assertEquals(
                    422,
                    face.post("/api/conversations/" + id + "/messages", "{\"text\":7}")
                            .statusCode());
            assertEquals(
                    422,
                    face.post("/api/conversations/" + id + "/messages", "not json")
                            .statusCode());
            String long1 = "x".repeat(200_001);
            assertEquals(422, face.say(id, long1).statusCode());
            assertEquals(413, face.say(id, long1.repeat(6)).statusCode());
            assertEquals(404, face.say("nothing", "Hello").statusCode());
            assertEquals(
                    404, face.get("/api/conversations/..%2f..%2fetc%2fpasswd").statusCode());
            assertEquals(422, face.get("/api/conversations?limit=many").statusCode());
            assertEquals(0, messages(face, id).size());
        }
    }
}
