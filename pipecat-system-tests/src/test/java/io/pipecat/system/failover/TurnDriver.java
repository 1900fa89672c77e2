package io.pipecat.system.failover;

import io.pipecat.agent.Conversation;
import io.pipecat.agent.TurnFrame;
import io.pipecat.agent.TurnResult;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMException;
import io.pipecat.node.Node;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node that answers what it reads from standard input, a question a line, by one line of JSON each: {@code TurnDriver NAME=VALUE…}, which are its settings. An
 * answer says what was said, how often a tool was called, what went wrong, when the first text came, and which model answered last.
 */
public final class TurnDriver {
    private TurnDriver() {}

    /** Runs until its input ends. */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            settings.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Node node = Node.builder().settings("the test", settings).build()) {
            node.prepareModel();
            AtomicReference<String> by = new AtomicReference<>(node.llm().description());
            node.context().onEvent(event -> {
                if (event instanceof NodeEvent.RoleSwitched switched
                        && switched.role().equals("llm")) {
                    by.set(switched.to());
                }
            });
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(turn(node, line, by));
            }
        }
        // The native library leaves a thread behind.
        System.exit(0);
    }

    private static JsonObject turn(Node node, String question, AtomicReference<String> by) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        AtomicInteger tools = new AtomicInteger();
        long begin = System.nanoTime();
        long[] first = {0};
        String error = "";
        try (Conversation conversation = node.conversation().build()) {
            TurnResult result = conversation.send(question, frame -> {
                switch (frame) {
                    case TurnFrame.Text piece -> {
                        first[0] = first[0] == 0 ? System.nanoTime() - begin : first[0];
                        text.append(piece.text());
                    }
                    case TurnFrame.ToolStarted started -> tools.incrementAndGet();
                    default -> {}
                }
            });
            error = result.text().isBlank() ? "an empty answer" : "";
        } catch (LLMException e) {
            error = e.reason() + ": " + e.getMessage();
        }
        return JsonObject.builder()
                .put("text", text.toString())
                .put("tools", tools.get())
                .put("error", error)
                .put("firstTextMillis", first[0] / 1_000_000)
                .put("millis", (System.nanoTime() - begin) / 1_000_000)
                .put("by", by.get())
                .build();
    }
}
