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
import io.pipecat.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scores a model with the node's guards around it on files of sentences; see evaluate.sh, which runs this. */
public final class Evaluate {
    private static final List<FunctionSpec> OWN = List.of(
            function("calculator__evaluate", "", "expression"),
            function("clock__now", "", ""),
            function("world_model__query", "", "target"),
            function("world_model__command", "", "target,state"));

    private Evaluate() {}

    public static void main(String[] args) throws Exception {
        Path state = Files.createTempDirectory("pipecat-evaluate");
        Map<String, String> settings =
                Map.of("state_dir", state.toString(), "serve", "none", "local_llm_model_path", args[0]);
        try (Node node = Node.builder().settings("evaluation", settings).build()) {
            for (String file : List.of(args).subList(1, args.length)) {
                score(node.llm(), Path.of(file));
            }
        } finally {
            try (var files = Files.walk(state)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        // llama.cpp leaves a thread behind.
        System.exit(0);
    }

    private static void score(LLMService llm, Path file) throws Exception {
        Scores scores = new Scores();
        for (String line : Files.readAllLines(file)) {
            JsonObject sample = Json.parseObject(line);
            LLMResponse response = llm.process(context(sample), frame -> {});
            Scores.Outcome outcome = Scores.Outcome.of(sample, response);
            scores.add(sample.string("category").orElseThrow(), outcome);
            if (outcome != Scores.Outcome.RIGHT && System.getenv("SHOW") != null) {
                System.out.println(outcome + " | " + sample.string("user").orElse("") + " | " + response.text() + " "
                        + response.toolCalls());
            }
        }
        System.out.println("## " + file.getFileName() + scores);
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

}
