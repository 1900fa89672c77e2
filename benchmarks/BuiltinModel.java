import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** See builtin-model.sh, which runs this. */
public final class BuiltinModel {
    private static final int WARM_UP = 100;
    private static final int REQUESTS = 400;

    private BuiltinModel() {}

    public static void main(String[] args) throws Exception {
        Path state = Files.createTempDirectory("pipecat-builtin-model");
        Map<String, String> settings = Map.of("state_dir", state.toString(), "serve", "none");
        try (Node node = Node.builder().settings("benchmark", settings).build()) {
            LLMService llm = node.llm();
            measure(llm, WARM_UP, false);
            System.out.println("| what | median | p99 |");
            System.out.println("| --- | --- | --- |");
            measure(llm, REQUESTS, true);
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

    private static void measure(LLMService llm, int requests, boolean told) throws Exception {
        double[] first = new double[requests];
        double[] rate = new double[requests];
        for (int i = 0; i < requests; i++) {
            // Another sentence each time, so that nothing but the list of functions was read before.
            LLMContext context = i % 2 == 0
                    ? context("Please tell me who you are and what you can do, number " + i)
                    : context("Say " + "abc def ghi ".repeat(8) + i);
            long start = System.nanoTime();
            long[] at = new long[1];
            LLMResponse response = llm.process(context, frame -> {
                if (at[0] == 0 && frame instanceof LLMFrame.Text) {
                    at[0] = System.nanoTime();
                }
            });
            long end = System.nanoTime();
            long begun = at[0] == 0 ? end : at[0];
            first[i] = (begun - start) / 1e6;
            rate[i] = (response.usage().completionTokens() - 1) / Math.max(1e-9, (end - begun) / 1e9);
        }
        if (told) {
            Arrays.sort(first);
            Arrays.sort(rate);
            System.out.printf(Locale.ROOT, "| first text | %.1f ms | %.1f ms |%n", first[requests / 2], first[requests * 99 / 100]);
            System.out.printf(Locale.ROOT, "| tokens/s after it | %.0f | %.0f |%n", rate[requests / 2], rate[requests / 100]);
        }
    }

    private static LLMContext context(String said) {
        return new LLMContext(
                List.of(new Message.User(said)),
                List.of(
                        function("calculator__evaluate", "expression"),
                        function("clock__now"),
                        function("world_model__query", "target"),
                        function("world_model__command", "target", "state")),
                GenerationOptions.DEFAULT);
    }

    private static FunctionSpec function(String name, String... parameters) {
        JsonObject.Builder properties = JsonObject.builder();
        for (String parameter : parameters) {
            properties.put(parameter, JsonObject.of("type", "string"));
        }
        return new FunctionSpec(
                name,
                "",
                JsonObject.builder()
                        .put("type", "object")
                        .put("properties", properties.build())
                        .put("required", JsonArray.ofStrings(List.of(parameters)))
                        .build());
    }
}
