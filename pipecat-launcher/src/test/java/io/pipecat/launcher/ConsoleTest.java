package io.pipecat.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Outcome;
import io.pipecat.agent.TurnFrame;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes where: answers to standard output, all else to standard error, nothing that rewrites a terminal. */
class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(boolean interactive, String input, Map<String, String> environment) {
        return new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                interactive);
    }

    private void print(Console console, boolean tools) {
        try (Progress progress = Progress.start(console, "waiting")) {
            AnswerPrinter printer = new AnswerPrinter(console, progress, tools);
            List.of(
                            new TurnFrame.TurnStart("1"),
                            new TurnFrame.Text("Let me look."),
                            new TurnFrame.ToolStarted("c", "calculator.add", JsonObject.EMPTY, false),
                            new TurnFrame.ToolFinished("c", "calculator.add", "5", false, Duration.ofMillis(3)),
                            new TurnFrame.Text("Five\u001b]0;title\u0007."),
                            new TurnFrame.TurnEnd(Outcome.COMPLETED, Usage.NONE))
                    .forEach(printer::show);
            printer.endAnswer();
        }
    }

    @Test
    void sayingsStandOnLinesOfTheirOwn() {
        print(console(false, "", Map.of()), false);
        assertEquals("Let me look.\nFive\u001b]0;title\u0007.\n", out.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void terminalIsNotRewrittenByAnAnswer() {
        print(console(true, "", Map.of("NO_COLOR", "1")), true);
        assertEquals(
                "Let me look.\n· calculator.add {}\n  → 5 (3 ms)\nFive�]0;title�.\n",
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void colorIsForTerminalsThatWantIt() {
        assertTrue(console(true, "", Map.of()).colored());
        assertTrue(console(true, "", Map.of("NO_COLOR", "")).colored());
        assertFalse(console(true, "", Map.of("NO_COLOR", "1")).colored());
        assertFalse(console(true, "", Map.of("TERM", "dumb")).colored());
        assertFalse(console(false, "", Map.of()).colored());
    }

    @Test
    void directionMarksAreShownAndEmojiStayWhole() {
        Console terminal = console(true, "", Map.of());
        assertEquals("a�b", terminal.safe("a\u202eb"));
        assertEquals("👩\u200d🚀\n\t", terminal.safe("👩\u200d🚀\n\t"));
    }
}
