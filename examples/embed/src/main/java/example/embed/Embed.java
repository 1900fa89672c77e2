package example.embed;

import io.pipecat.agent.Conversation;
import io.pipecat.agent.TurnFrame;
import io.pipecat.api.PipecatException;
import io.pipecat.node.Node;
import java.util.Map;

/** Asks the built-in model what is on the command line, with a tool of its own. */
public final class Embed {
    private Embed() {}

    /**
     * Runs it.
     *
     * @param arguments the folder of what outlives the program, then the questions
     * @throws PipecatException if the node cannot be made or cannot answer
     * @throws InterruptedException if somebody interrupts it
     */
    public static void main(String[] arguments) throws PipecatException, InterruptedException {
        if (arguments.length < 2) {
            System.err.println("Usage: FOLDER QUESTION...");
            System.exit(2);
        }
        System.out.println("I am " + Embed.class.getModule() + ".");
        Map<String, String> settings = Map.of("state_dir", arguments[0]);
        try (Node node = Node.builder()
                        .settings("the application", settings)
                        .tool(new Calculator())
                        .build();
                Conversation conversation = node.conversation().build()) {
            for (int i = 1; i < arguments.length; i++) {
                System.out.println(conversation.send(arguments[i], Embed::show).text());
            }
        }
        // llama.cpp leaves a thread behind that would keep the JVM alive.
        System.exit(0);
    }

    private static void show(TurnFrame frame) {
        if (frame instanceof TurnFrame.ToolFinished call) {
            System.out.println(call.name() + " gave " + call.resultText());
        }
    }
}
