package io.pipecat.launcher;

import io.pipecat.agent.Conversation;
import io.pipecat.api.llm.LLMException;
import io.pipecat.node.Node;
import io.pipecat.node.NodeBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A conversation at the terminal, or over a pipe: one message a line. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Talk to a node: line editing and history; Ctrl-C interrupts the answer, Ctrl-D leaves.")
final class ChatCommand implements Callable<Integer> {
    private final Launch launch;

    ChatCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        Console console = launch.console();
        NodeBuilder builder = launch.builder("warn");
        try (Progress progress = Progress.start(console, "starting");
                Node node = builder.build()) {
            return run(node, console, progress);
        }
    }

    static int run(Node node, Console console, Progress progress) throws Exception {
        node.prepareModel();
        progress.hide();
        return console.interactive()
                ? new TerminalChat(node, console, progress).run()
                : overPipe(node, console, progress);
    }

    /** Answers go to standard output, one after the other; what went wrong with one does not end the others. */
    private static int overPipe(Node node, Console console, Progress progress)
            throws IOException, InterruptedException {
        int code = ExitCode.OK;
        AnswerPrinter printer = new AnswerPrinter(console, progress, false);
        try (Conversation conversation = node.conversation()
                        .approver(TerminalApprover.at(console, progress))
                        .build();
                BufferedReader in = console.reader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                try {
                    conversation.send(line.strip(), printer::show);
                } catch (LLMException e) {
                    console.err().println("pipecat: " + e.getMessage());
                    code = ExitCode.of(e);
                }
                printer.endAnswer();
            }
        }
        return code;
    }
}
