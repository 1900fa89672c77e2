package io.pipecat.launcher;

import io.pipecat.agent.Approval;
import io.pipecat.agent.ApprovalRequest;
import io.pipecat.agent.Approver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Asks the person at the terminal. */
final class TerminalApprover implements Approver {
    private final Console console;
    private final Progress progress;

    private TerminalApprover(Console console, Progress progress) {
        this.console = console;
        this.progress = progress;
    }

    /** Asks the person at the terminal; where there is none, nobody can be asked, and the model is told so. */
    static Approver at(Console console, Progress progress) {
        return console.interactive() ? new TerminalApprover(console, progress) : Approver.nobody();
    }

    static String question(ApprovalRequest request) {
        return "Allow " + request.tool() + "." + request.method() + " " + request.shownArguments() + "? [y/N] ";
    }

    static Approval answer(String line) {
        String word = line.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes") ? Approval.ALLOW : Approval.DENY;
    }

    @Override
    public Approval ask(ApprovalRequest request) {
        progress.hold();
        try {
            console.err().print(console.safe(question(request)));
            console.err().flush();
            String line = console.reader().readLine();
            return line == null ? Approval.DENY : answer(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be read", e);
        } finally {
            progress.release();
        }
    }
}
