package io.pipecat.llm.local;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.json.Json;
import io.pipecat.llm.local.Scores.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Scores the built-in model with its guards on sentences that it was not trained on. The bounds are what docs/builtin-model.md promises;
 * a model that falls below one is not shipped. The scores by category stand in target/builtin-model.md.
 */
class BuiltinModelEvaluationTest {
    private static final Path TRAINING = Path.of("..", "training");
    private static final Path REPORT = Path.of("target", "builtin-model.md");
    private static final List<FunctionSpec> OWN = List.of(
            function("calculator__evaluate", "", "expression"),
            function("clock__now", "", ""),
            function("world_model__query", "", "target"),
            function("world_model__command", "", "target,state"));

    private static LLMService llm;
    private static final List<String> report = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        llm = RealModel.open();
    }

    @AfterAll
    static void close() throws Exception {
        if (llm != null) {
            llm.close();
            Files.createDirectories(REPORT.getParent());
            Files.write(REPORT, report);
        }
    }

    private static FunctionSpec function(String name, String description, String parameters) {
        List<String> names = Stream.of(parameters.split(",", -1))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
        JsonObject.Builder properties = JsonObject.builder();
        names.forEach(p -> properties.put(p, JsonObject.of("type", "string")));
        if (name.equals("clock__now")) {
            properties.put("zone", JsonObject.of("type", "string"));
        }
        return new FunctionSpec(
                name,
                description,
                JsonObject.builder()
                        .put("type", "object")
                        .put("properties", properties.build())
                        .put("required", JsonArray.ofStrings(names))
                        .build());
    }

    // "roll_dice(sides): Rolls a die."
    private static FunctionSpec parsed(String line) {
        int open = line.indexOf('(');
        int close = line.indexOf(')', open);
        return function(
                line.substring(0, open),
                line.substring(close + 1).replaceFirst("^: ", ""),
                line.substring(open + 1, close));
    }

    private static LLMContext context(JsonObject sample) {
        List<FunctionSpec> functions = new ArrayList<>(OWN);
        sample.array("tools").ifPresent(tools -> tools.elements().forEach(line -> functions.add(parsed(text(line)))));
        List<Message> messages = new ArrayList<>();
        sample.array("history")
                .ifPresent(pairs -> pairs.elements().forEach(pair -> {
                    List<JsonValue> said = ((JsonArray) pair).elements();
                    messages.add(new Message.User(text(said.getFirst())));
                    messages.add(new Message.Assistant(text(said.getLast())));
                }));
        messages.add(new Message.User(sample.string("user").orElseThrow()));
        return new LLMContext(messages, functions, GenerationOptions.DEFAULT);
    }

    private static String text(JsonValue value) {
        return value instanceof io.pipecat.api.json.JsonString string ? string.value() : value.toString();
    }

    private static Scores score(String file) throws Exception {
        Scores scores = new Scores();
        for (String line : Files.readAllLines(TRAINING.resolve(file))) {
            JsonObject sample = Json.parseObject(line);
            LLMResponse response = llm.process(context(sample), frame -> {});
            Outcome outcome = Outcome.of(sample, response);
            scores.add(sample.string("category").orElseThrow(), outcome);
            if (outcome != Outcome.RIGHT) {
                System.out.println(outcome + " | " + sample.string("user").orElse("") + " | " + response.text() + " "
                        + response.toolCalls());
            }
        }
        report.add("## " + file);
        report.addAll(scores.table());
        return scores;
    }

    @Test
    void understandsPatternsItKnowsWithValuesItHasNotSeen() throws Exception {
        Scores scores = score("known.jsonl");

        assertTrue(scores.right() >= 0.99, scores.toString());
    }

    @Test
    void understandsSentencesThatWereWrittenApartFromItsTraining() throws Exception {
        Scores scores = score("heldout.jsonl");

        assertTrue(scores.right() >= 0.95, scores.toString());
        assertTrue(scores.wrongCalls("decline") < 0.02, scores.toString());
        assertTrue(scores.wrongCalls("arithmetic") < 0.005, scores.toString());
    }
}
