package io.pipecat.documentation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a document says about running one of its blocks, in the comment above it. */
sealed interface Mark {

    /**
     * It is run.
     *
     * @param code the exit code that it ends with
     * @param ready what it writes once it serves, after which it is ended; empty if it ends by itself
     * @param beside what runs while it does
     */
    record Run(int code, String ready, Optional<Beside> beside) implements Mark {
        private static final Pattern FORM = Pattern.compile(
                "run(?:: exits (?<code>\\d+)|: serves \"(?<ready>[^\"]+)\")?(?: beside \"(?<there>[^\"]+)\": (?<command>.+))?");

        private static Optional<Mark> of(String text) {
            Matcher form = FORM.matcher(text);
            return form.matches()
                    ? Optional.of(new Run(
                            Integer.parseInt(given(form, "code").orElse("0")),
                            given(form, "ready").orElse(""),
                            given(form, "command")
                                    .map(command -> new Beside(
                                            command, given(form, "there").orElseThrow()))))
                    : Optional.empty();
        }

        private static Optional<String> given(Matcher form, String group) {
            return Optional.ofNullable(form.group(group));
        }
    }

    /**
     * A program that runs beside a block.
     *
     * @param command the command
     * @param ready what it writes once it serves
     */
    record Beside(String command, String ready) {}

    /**
     * It is not run.
     *
     * @param why the reason
     */
    record NotRun(String why) implements Mark {
        private static final Pattern FORM = Pattern.compile("not run: (\\S.{9,})");

        private static Optional<Mark> of(String text) {
            Matcher form = FORM.matcher(text);
            return form.matches() ? Optional.of(new NotRun(form.group(1))) : Optional.empty();
        }
    }

    /** What one writes above a block. */
    String FORMS = """
            <!-- run --> (perhaps with ': exits 4' or ': serves "what it writes when it is ready"', and \
            'beside "what that writes when it is ready": command') or <!-- not run: why -->""";

    /** Reads a mark; empty if it is none. */
    static Optional<Mark> of(String text) {
        return Run.of(text).or(() -> NotRun.of(text));
    }
}
