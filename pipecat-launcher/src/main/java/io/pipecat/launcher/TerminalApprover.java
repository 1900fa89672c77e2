package io.pipecat.launcher;

import io.pipecat.agent.Approval;
import io.pipecat.agent.ApprovalRequest;
import io.pipecat.agent.Approver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Asks the person at the terminal; where there is none, nobody allows anything. */
final class TerminalApprover implements Approver {
    private final Console console;
    private final Progress progress;

    TerminalApprover(Console console, Progress progress) {
        this.console = console;
        this.progress = progress;
    }

    static String question(ApprovalRequest request) {
        return "Allow " + request.tool() + "." + request.method() + " " + request.arguments() + "? [y/N] ";
    }

    static Approval answer(String line) {
        String word = line.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes") ? Approval.ALLOW : Approval.DENY;
    }

    @Override
    public Approval ask(ApprovalRequest request) {
        if (!console.interactive()) {
            return Approval.DENY;
        }
        progress.hide();
        console.err().print(question(request));
        console.err().flush();
        try {
            String line = console.reader().readLine();
            return line == null ? Approval.DENY : answer(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be read", e);
        }
    }
}
