package io.pipecat.launcher;

import io.pipecat.agent.Approval;
import io.pipecat.agent.ApprovalRequest;
import io.pipecat.agent.Approver;
import io.pipecat.agent.Conversation;
import io.pipecat.agent.Outcome;
import io.pipecat.agent.TurnResult;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.node.Node;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A conversation with a person at a terminal. */
final class TerminalChat implements Approver {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalChat.class);
    private static final String PROMPT = "> ";
    private static final String HELP = """
            /new       forget this conversation and start another
            /tools     what the model can call
            /topology  what serves each role, and why
            /help      this help
            /quit      leave (also Ctrl-D)
            Ctrl-C interrupts the answer.""";

    private final Node node;
    private final Console console;
    private final Progress progress;
    private final AnswerPrinter printer;
    /** Questions from the thread that answers to the one that owns the terminal. */
    private final SynchronousQueue<Question> questions = new SynchronousQueue<>();

    private record Question(ApprovalRequest request, CompletableFuture<Approval> answer) {}

    TerminalChat(Node node, Console console, Progress progress) {
        this.node = node;
        this.console = console;
        this.progress = progress;
        this.printer = new AnswerPrinter(console, progress, true);
    }

    int run() throws IOException, InterruptedException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).nativeSignals(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .variable(LineReader.HISTORY_FILE, node.context().stateDir().resolve("chat_history"))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            console.out().println(console.dim(node.llm().description() + ". /help shows what else you can type."));
            talk(reader, terminal);
            return ExitCode.OK;
        }
    }

    private void talk(LineReader reader, Terminal terminal) throws InterruptedException {
        Conversation conversation = newConversation();
        try {
            while (true) {
                String line;
                try {
                    line = reader.readLine(PROMPT).strip();
                } catch (UserInterruptException e) {
                    continue;
                } catch (EndOfFileException e) {
                    return;
                }
                switch (line) {
                    case "" -> {}
                    case "/quit", "/exit" -> {
                        return;
                    }
                    case "/help" -> console.out().println(HELP);
                    case "/new" -> {
                        conversation.close();
                        conversation = newConversation();
                    }
                    case "/tools" -> printTools();
                    case "/topology" -> TopologyCommand.print(node.topology(), console);
                    default -> {
                        if (line.startsWith("/")) {
                            console.out().println("There is no " + line + "; /help shows what there is.");
                        } else {
                            answer(conversation, line, reader, terminal);
                        }
                    }
                }
            }
        } finally {
            conversation.close();
        }
    }

    private Conversation newConversation() {
        return node.conversation().approver(this).build();
    }

    private void printTools() {
        for (Tool tool : node.tools().tools()) {
            for (MethodSpec method : tool.spec().methods()) {
                console.out().println(tool.spec().name() + "." + method.name() + "  " + method.description());
            }
        }
    }

    /** The answer runs on a thread of its own, so that this one can ask for approvals and is free for Ctrl-C. */
    private void answer(Conversation conversation, String text, LineReader reader, Terminal terminal)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> conversation.interrupt());
        Thread turn = Thread.ofVirtual().name("turn").start(() -> {
            try {
                send(conversation, text);
            } finally {
                ended.countDown();
            }
        });
        try {
            while (ended.getCount() > 0) {
                Question question = questions.poll(50, java.util.concurrent.TimeUnit.MILLISECONDS);
                if (question != null) {
                    question.answer().complete(ask(question.request(), reader));
                }
            }
            turn.join();
        } catch (InterruptedException e) {
            conversation.interrupt();
            turn.join();
            throw e;
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private void send(Conversation conversation, String text) {
        try {
            TurnResult result = conversation.send(text, printer::show);
            printer.endAnswer();
            if (result.outcome() == Outcome.INTERRUPTED) {
                console.out().println(console.dim("(interrupted)"));
            }
        } catch (LLMException e) {
            printer.endAnswer();
            console.err().println("pipecat: " + e.getMessage());
        } catch (InterruptedException e) {
            printer.endAnswer();
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A fault of ours ends this answer; the conversation and the terminal go on.
            printer.endAnswer();
            console.err().println("pipecat: the answer failed: " + e + "; --log-level debug tells more.");
            LOG.debug("The answer failed", e);
        }
    }

    private Approval ask(ApprovalRequest request, LineReader reader) {
        printer.endAnswer();
        progress.hold();
        try {
            return TerminalApprover.answer(reader.readLine(console.safe(TerminalApprover.question(request))));
        } catch (UserInterruptException | EndOfFileException e) {
            return Approval.DENY;
        } finally {
            progress.release();
        }
    }

    @Override
    public Approval ask(ApprovalRequest request) throws InterruptedException {
        Question question = new Question(request, new CompletableFuture<>());
        questions.put(question);
        try {
            return question.answer().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the terminal cannot be read", e);
        }
    }
}
