package io.pipecat.tools.local.summarizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummarizerToolTest {
    private final EchoModel model = new EchoModel(4096);
    private final Map<String, String> settings = new HashMap<>();

    private ToolSource source(EchoModel llm) {
        return new SummarizerProvider().create(new ModelNode(llm, settings));
    }

    private JsonValue summary(EchoModel llm, String query, JsonValue history) throws Exception {
        Tool tool = source(llm).tools().getFirst();
        JsonObject arguments = JsonObject.builder()
                .put("query", query)
                .put("conversation_history", history)
                .build();
        return tool.call("get_summary", arguments, new ToolContext("test", Instant.MAX, line -> {}));
    }

    private String failure(EchoModel llm, String query, JsonValue history) {
        ToolException e = assertThrows(ToolException.class, () -> summary(llm, query, history));
        assertEquals(ToolException.Reason.FAILED, e.reason());
        return e.getMessage();
    }

    @Test
    void isFoundByServiceLoader() {
        assertEquals(
                1,
                ServiceLoader.load(ToolProvider.class).stream()
                        .filter(p -> p.type() == SummarizerProvider.class)
                        .count());
    }

    @Test
    void isThereUnlessSwitchedOff() {
        ToolSource source = source(model);
        Tool tool = source.tools().getFirst();
        assertEquals("summarizer", tool.spec().name());
        assertEquals(Placement.LIGHT, tool.spec().placement());
        assertFalse(tool.spec().method("get_summary").orElseThrow().sensitive());
        settings.put("use_summarizer", "false");
        assertEquals(List.of(), source.tools());
    }

    @Test
    void asksTheNodesModel() throws Exception {
        assertEquals(new JsonString("summary 1"), summary(model, "Which lamp?", new JsonString("User: the red one\n")));
        assertEquals(1, model.requests.size());
        assertEquals(
                "Question: Which lamp?\n\nConversation:\n\nUser: the red one",
                model.requests.getFirst().messages().getLast().text());
        assertTrue(model.requests.getFirst().options().maxTokens().isPresent());
        assertEquals(List.of(), model.requests.getFirst().functions());
    }

    @Test
    void readsListsOfTextsAndOfMessages() throws Exception {
        JsonObject message = JsonObject.builder()
                .put("role", "user")
                .put("content", new JsonArray(List.of(JsonObject.of("text", "Hello"), JsonObject.of("text", "there"))))
                .build();
        JsonObject other = JsonObject.builder()
                .put("role", "assistant")
                .put("content", "Hi")
                .build();
        summary(model, "q", new JsonArray(List.of(new JsonString("First"), message, other)));
        assertTrue(model.requests
                .getFirst()
                .messages()
                .getLast()
                .text()
                .endsWith("First\nuser: Hello\nthere\nassistant: Hi"));
    }

    @Test
    void readsWhatDoesNotFitPieceByPiece() throws Exception {
        String history = IntStream.range(0, 2000)
                .mapToObj(i -> "line " + i + " of the talk")
                .collect(Collectors.joining("\n"));
        JsonValue summary = summary(model, "q", new JsonString(history));
        int pieces = model.requests.size();
        assertTrue(pieces > 2, "pieces: " + pieces);
        assertEquals(new JsonString("summary " + pieces), summary);
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            String text = model.requests.get(i).messages().getLast().text();
            assertTrue(model.countTokens(model.requests.get(i)) + 512 <= model.contextTokens());
            assertEquals(i > 0, text.contains("summary " + i + "\n"), text);
            read.append(text.substring(text.indexOf("Conversation:\n\n") + "Conversation:\n\n".length()));
        }
        assertEquals(history, read.toString());
    }

    @Test
    void refusesWhatNeverEnds() {
        String message = failure(model, "q", new JsonString("word ".repeat(200_000)));
        assertTrue(message.contains("too long for echo"), message);
        assertTrue(model.requests.size() <= 40);
    }

    @Test
    void refusesASmallModel() {
        EchoModel small = new EchoModel(512);
        assertTrue(failure(small, "q", new JsonString("x")).contains("at least 2048"));
        assertEquals(0, small.requests.size());
    }

    @Test
    void refusesEmptyAndOverlongInput() {
        assertTrue(
                failure(model, "q", new JsonArray(List.of(new JsonString(" ")))).contains("is empty"));
        assertTrue(failure(model, "q".repeat(3000), new JsonString("x")).contains("at most 2000"));
        assertEquals(0, model.requests.size());
    }

    @Test
    void passesOnWhyTheModelFails() {
        model.failure = new LLMException(LLMException.Reason.UNAVAILABLE, "The model is away; start it.");
        assertTrue(failure(model, "q", new JsonString("x")).contains("The model is away; start it."));
        EchoModel silent = new EchoModel(4096);
        silent.answer = " ";
        assertTrue(failure(silent, "q", new JsonString("x")).contains("wrote nothing"));
    }
}
