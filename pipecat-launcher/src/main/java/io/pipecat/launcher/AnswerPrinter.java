package io.pipecat.launcher;

import io.pipecat.agent.TurnFrame;

/**
 * Prints a turn as it comes: the answer to standard output, all else only where a person looks on. Frames come on one
 * thread while another may end the answer to ask something.
 */
final class AnswerPrinter {
    private static final int MAX_SHOWN = 200;

    private final Console console;
    private final Progress progress;
    private final boolean showTools;
    private boolean inLine;

    AnswerPrinter(Console console, Progress progress, boolean showTools) {
        this.console = console;
        this.progress = progress;
        this.showTools = showTools;
    }

    synchronized void show(TurnFrame frame) {
        switch (frame) {
            case TurnFrame.TurnStart start -> progress.restart("thinking");
            case TurnFrame.Text piece -> {
                progress.hide();
                console.out().print(console.safe(piece.text()));
                console.out().flush();
                inLine = !piece.text().endsWith("\n");
            }
            case TurnFrame.Reasoning piece -> progress.say("thinking");
            case TurnFrame.ToolStarted tool -> {
                // What was said before a call and what is said after it are two things.
                endLine();
                note("· ", tool.name() + " " + tool.shownArguments());
                progress.restart("running " + tool.name());
            }
            case TurnFrame.ToolProgress line -> progress.say(console.safe(line.line()));
            case TurnFrame.ToolFinished tool ->
                note(
                        "  ",
                        (tool.error() ? "failed: " : "→ ") + tool.resultText() + " ("
                                + tool.took().toMillis() + " ms)");
            case TurnFrame.Notice notice -> progress.print(console.dim(console.safe(notice.message())));
            case TurnFrame.TurnEnd end -> progress.hide();
        }
    }

    private void note(String indent, String line) {
        if (!showTools) {
            return;
        }
        progress.hide();
        endLine();
        String oneLine = console.safe(line).replaceAll("\\s+", " ");
        String shown = oneLine.length() <= MAX_SHOWN ? oneLine : oneLine.substring(0, MAX_SHOWN) + "…";
        console.out().println(console.dim(indent + shown));
        console.out().flush();
    }

    synchronized void endAnswer() {
        progress.hide();
        endLine();
        console.out().flush();
    }

    private void endLine() {
        if (inLine) {
            console.out().println();
            inLine = false;
        }
    }
}
