package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.llm.FunctionSpec;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks a call of a tool that is none of the built-in model's own: that its deed is wished, and that its values were said. */
final class ToolGuard {
    /** Stands for a value in what is said around it. */
    static final String VALUE = "…";

    private ToolGuard() {}

    /**
     * Checks a call.
     *
     * @param arguments all texts, as {@link WholeValue} made them whole
     * @return what to say instead
     */
    static Optional<String> problem(FunctionSpec function, JsonObject arguments, String asked) {
        return WishGuard.forbidden(around(arguments, asked))
                .or(() -> DeedGuard.problem(function, around(arguments, asked)))
                .or(() -> areSaid(function, arguments, asked) ? Optional.empty() : Optional.of(otherValues(function)));
    }

    static String otherValues(FunctionSpec function) {
        return "Sorry, I did not understand with which values to call " + function.name() + ".";
    }

    /** Returns what was said besides the values: of a reminder to cancel something nothing is to be cancelled. */
    static String around(JsonObject arguments, String asked) {
        String around = Said.plain(asked);
        for (String name : arguments.members().keySet()) {
            String value = Said.plain(arguments.string(name).orElse(""));
            if (!value.isEmpty()) {
                around = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])")
                        .matcher(around)
                        .replaceFirst(VALUE);
            }
        }
        return around;
    }

    private static boolean areSaid(FunctionSpec function, JsonObject arguments, String asked) {
        boolean said = arguments.members().entrySet().stream()
                .allMatch(argument -> argument.getValue() instanceof JsonString text
                        && !Said.plain(text.value()).isEmpty()
                        && Said.within(text.value(), asked)
                        && WholeValue.mayBe(function, argument.getKey(), text.value(), asked));
        return said
                && !WholeValue.isTakenTwice(arguments, asked)
                && arguments.members().keySet().containsAll(HomeFunctions.required(function));
    }
}
