package io.pipecat.launcher;

import io.pipecat.agent.Conversation;
import io.pipecat.agent.Outcome;
import io.pipecat.agent.TurnFrame;
import io.pipecat.agent.TurnResult;
import io.pipecat.api.llm.LLMException;
import io.pipecat.node.Node;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One question, one answer. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Ask one question; the answer and nothing else goes to standard output.")
final class AskCommand implements Callable<Integer> {
    private final Launch launch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "TEXT",
            description = "The question; read from standard input if it is missing or '-'.")
    private List<String> text = List.of();

    AskCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        Console console = launch.console();
        String question = question(console);
        try (Progress progress = Progress.start(console, "waiting for the answer");
                Node node = launch.builder("warn").build();
                Conversation conversation = node.conversation()
                        .approver(TerminalApprover.at(console, progress))
                        .build()) {
            TurnResult result = console.interactive()
                    ? stream(conversation, question, new AnswerPrinter(console, progress, false))
                    : answerOnly(conversation, question, console);
            return code(result, console);
        }
    }

    private static int code(TurnResult result, Console console) {
        return switch (result.outcome()) {
            case INTERRUPTED -> ExitCode.INTERRUPTED;
            case STEP_LIMIT -> ExitCode.FAILED;
            case LENGTH -> {
                console.err().println("pipecat: the answer was cut off at the most tokens that the model may write.");
                yield ExitCode.OK;
            }
            case COMPLETED -> result.text().isBlank() ? ExitCode.FAILED : ExitCode.OK;
        };
    }

    /** A person reads along. */
    private static TurnResult stream(Conversation conversation, String question, AnswerPrinter printer)
            throws LLMException, InterruptedException {
        try {
            return conversation.send(question, printer::show);
        } finally {
            printer.endAnswer();
        }
    }

    /** A script wants the answer, and not what the model said on the way to it. */
    private static TurnResult answerOnly(Conversation conversation, String question, Console console)
            throws LLMException, InterruptedException {
        StringBuilder sinceLastCall = new StringBuilder();
        try {
            TurnResult result = conversation.send(question, frame -> {
                switch (frame) {
                    case TurnFrame.Text piece -> sinceLastCall.append(piece.text());
                    case TurnFrame.ToolStarted tool -> sinceLastCall.setLength(0);
                    default -> {}
                }
            });
            if (result.outcome() == Outcome.STEP_LIMIT) {
                console.err().println("pipecat: " + result.text().strip());
            } else if (result.text().isBlank()) {
                console.err().println("pipecat: the model gave an empty answer.");
            } else {
                console.out().println(result.text().stripTrailing());
            }
            return result;
        } catch (LLMException e) {
            // Half an answer is better than none, and the exit code says that it is one.
            if (!sinceLastCall.isEmpty()) {
                console.out().println(sinceLastCall);
            }
            throw e;
        } finally {
            console.out().flush();
        }
    }

    private String question(Console console) throws Exception {
        boolean fromInput = text.isEmpty() || text.equals(List.of("-"));
        if (fromInput && text.isEmpty() && console.interactive()) {
            throw new ParameterException(spec.commandLine(), "say what to ask: pipecat ask \"What is 17 * 23?\"");
        }
        String question = (fromInput ? console.readAll() : String.join(" ", text)).strip();
        if (question.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "the question is empty");
        }
        return question;
    }
}
