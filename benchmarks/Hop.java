import io.pipecat.agent.Conversation;
import io.pipecat.agent.TurnFrame;
import io.pipecat.agent.TurnResult;
import io.pipecat.node.Node;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** See hop.sh, which runs this: the same turns in a node of its own, and in an edge node that asks a core: Hop TIMES [LLM TOOLS KEY]. */
public final class Hop {
    private static final String SUM = "What is 17 * 23?";
    private static final String PRODUCT = "391";

    private static String where;
    private static int times;

    public static void main(String[] args) throws Exception {
        times = Integer.parseInt(args[0]);
        where = args.length == 1 ? "monolith" : "edge";
        Map<String, String> settings = new HashMap<>(
                Map.of("state_dir", Files.createTempDirectory("pipecat-hop").toString(), "serve", "none"));
        if (args.length > 1) {
            settings.putAll(Map.of(
                    "deployment_mode", "distributed",
                    "node_tier", "edge",
                    "llama_api_url_override", args[1],
                    "llama_api_key", args[3],
                    "tool_server_url_override", args[2],
                    "tool_server_api_key", args[3],
                    "tool_execution_mode", "remote",
                    // A light tool runs here unless it is named.
                    "tool_locations", "calculator=remote",
                    "world_model_mode", "local"));
        }
        try (Node node = Node.builder().settings("benchmark", settings).build()) {
            node.prepareModel();
            if (args.length > 1) {
                // The catalogue of the tool server arrives in the background; until then a sum fails.
                for (int i = 0; i < 1000 && !answer(node, SUM).contains(PRODUCT); i++) {
                    Thread.sleep(10);
                }
            }
            turns(node, "hop.plain-", "a greeting (one request to the model)", "Hello", "");
            turns(node, "hop.tool-", "a sum (two requests to the model, one tool call)", SUM, PRODUCT);
        }
        // llama.cpp leaves a thread behind.
        System.exit(0);
    }

    private static String answer(Node node, String said) throws Exception {
        try (Conversation conversation = node.conversation().build()) {
            return conversation.send(said, frame -> {}).text();
        }
    }

    private static void turns(Node node, String name, String what, String said, String wanted) throws Exception {
        double[] first = new double[times];
        double[] whole = new double[times];
        for (int i = -times / 2; i < times; i++) {
            long[] at = {0};
            try (Conversation conversation = node.conversation().build()) {
                long begun = System.nanoTime();
                TurnResult result = conversation.send(said, frame -> {
                    if (frame instanceof TurnFrame.Text && at[0] == 0) {
                        at[0] = System.nanoTime() - begun;
                    }
                });
                if (result.text().isBlank() || !result.text().contains(wanted)) {
                    throw new IllegalStateException("a wrong answer: " + result.text());
                }
                if (i >= 0) {
                    first[i] = at[0] / 1e6;
                    whole[i] = (System.nanoTime() - begun) / 1e6;
                }
            }
        }
        Arrays.sort(first);
        Arrays.sort(whole);
        String who = where.equals("monolith") ? "monolith" : "edge + core";
        System.out.printf("result\t%s%s-first\t%.3f\tms\t%s: first text of %s, median of %d%n", name, where, first[times / 2], who, what, times);
        System.out.printf("result\t%s%s\t%.3f\tms\t%s: the whole turn of %s, median%n", name, where, whole[times / 2], who, what);
    }
}
