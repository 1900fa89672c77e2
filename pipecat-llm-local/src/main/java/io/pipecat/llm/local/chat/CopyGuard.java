package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets a call of the built-in model through only if what it names comes from what was said. A small model that slips in a copy is as sure
 * of itself as one that does not; a refusal is better than the wrong door unlocked.
 */
final class CopyGuard {
    // Lights on in the kitchen are the lights in the kitchen.
    private static final Pattern STATE_WITHIN = Pattern.compile(
            "\\b(?:on|off|out|up|down|open|closed|shut|locked|unlocked) (?=(?:in|on|at|of|by|near|upstairs|downstairs|outside|inside)\\b)");
    // What was spoken of before.
    private static final Pattern IT =
            Pattern.compile("\\b(it|its|them|they|that|this|those|these|one|ones|again|same)\\b");
    // What stands for a name is none, nor is a number or what a device may be.
    private static final Pattern NO_NAME = Pattern.compile(
            "(?:it|them|they|that|this|those|these|one|that one|this one|both|(?:both|all) of (?:them|those|these)|(?:them|those|these) (?:all|both)|em|[0-9.,]+|(?:back )?(?:on|off|open|closed|shut|locked|unlocked)|back|hot|warm|cold|cool|humid|dark|bright|left|full|empty|high|low|ready|done)");

    // Another wish, or what somebody tells: it ran on past the name.
    private static final Pattern PAST_THE_NAME = Pattern.compile(
            "^(?:brighten|turn|unlock|put|make|bring) (?!stile)|(?:\\b(?:and|then|n|plus)|[,;&]) (?:(?:then|also|please) )*(?:turn|switch|set|open|close|shut|lock|unlock|dim|start|stop|put|make|check|tell|see)\\b"
                    + "|\\b(?:is|are|was|were|because|please|i|you|when|if|it's|that's)\\b");

    // It is raining, it stinks of paint: what is told and not named.
    private static final Pattern TOLD_OF =
            Pattern.compile("\\b(?:it is|it's|because of|(?:stinks|smells|reeks) of)(?: the| my| our| a)? \n");

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,15}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(?:[.][0-9]{1,15})?");

    /** What becomes of a call. */
    sealed interface Verdict {
        record Pass(JsonObject arguments) implements Verdict {}

        record Refuse(String sentence) implements Verdict {}
    }

    private CopyGuard() {}

    /**
     * Checks a call.
     *
     * @param function the function that is called
     * @param arguments as the model wrote them, all texts
     * @param asked what the person said last
     * @param before what was said before, for a device that is only called it
     * @return the arguments in the types that the function takes, or what to say instead
     */
    static Verdict check(FunctionSpec function, JsonObject arguments, String asked, String before) {
        if (function.name().equals(HomeFunctions.CALCULATE)) {
            return sum(arguments, asked);
        }
        if (function.name().equals(HomeFunctions.CLOCK)) {
            return judged(function, TimeGuard.placed(arguments, asked), asked, before);
        }
        boolean device =
                function.name().equals(HomeFunctions.QUERY) || function.name().equals(HomeFunctions.COMMAND);
        return judged(
                function,
                device ? wholeName(arguments, asked) : WholeValue.of(function, arguments, asked),
                asked,
                before);
    }

    private static JsonObject wholeName(JsonObject arguments, String asked) {
        return arguments
                .string("target")
                .map(target -> arguments.toBuilder()
                        .put(
                                "target",
                                WholeName.of(
                                        target, asked, arguments.string("state").orElse("")))
                        .build())
                .orElse(arguments);
    }

    private static Verdict judged(FunctionSpec function, JsonObject arguments, String asked, String before) {
        Optional<String> problem = switch (function.name()) {
            case HomeFunctions.CLOCK -> TimeGuard.time(arguments, asked);
            case HomeFunctions.QUERY -> WishGuard.noQuestion(asked).or(() -> target(arguments, asked, before));
            case HomeFunctions.COMMAND ->
                WishGuard.noQuestion(asked)
                        .or(() -> WishGuard.noWish(asked))
                        .or(() -> target(arguments, asked, before))
                        .or(() -> StateGuard.state(arguments, asked, before));
            default -> ToolGuard.problem(function, arguments, asked);
        };
        return problem.<Verdict>map(Verdict.Refuse::new)
                .or(() -> typed(function, arguments).map(Verdict.Pass::new))
                .orElseGet(() -> new Verdict.Refuse(ToolGuard.otherValues(function)));
    }

    // The model decides that there is something to calculate; where the words are a sum, they are what is calculated.
    private static Verdict sum(JsonObject arguments, String asked) {
        return SumGuard.meant(arguments.string("expression").orElse(""), asked)
                .<Verdict>map(sum -> new Verdict.Pass(JsonObject.of("expression", sum)))
                .orElseGet(() -> new Verdict.Refuse(
                        "Sorry, I did not understand that sum. Write it with figures, such as 17 * 23."));
    }

    private static Optional<String> target(JsonObject arguments, String asked, String before) {
        String target = arguments.string("target").orElse("");
        boolean named = Said.within(target, asked)
                || Said.within(target, STATE_WITHIN.matcher(Said.plain(asked)).replaceAll(""))
                || (IT.matcher(Said.plain(asked)).find() && Said.within(target, before));
        boolean name = !target.isBlank()
                && !NO_NAME.matcher(Said.plain(target)).matches()
                && !PAST_THE_NAME.matcher(Said.plain(target)).find();
        boolean told = TOLD_OF.matcher(Said.plain(asked).replace(Said.plain(target), "\n"))
                .find();
        boolean not = Pattern.compile(
                        "\\bnot (?:the |my |our )?" + Pattern.quote(Said.plain(target)) + "(?![\\p{L}\\p{N}])")
                .matcher(Said.plain(asked))
                .find();
        return name && named && !told && !not
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand which device you mean.");
    }

    private static Optional<JsonObject> typed(FunctionSpec function, JsonObject arguments) {
        JsonObject.Builder typed = JsonObject.builder();
        for (Map.Entry<String, JsonValue> argument : arguments.members().entrySet()) {
            if (!HomeFunctions.takes(function, argument.getKey())) {
                continue;
            }
            if (!(argument.getValue() instanceof JsonString text)) {
                return Optional.empty();
            }
            Optional<JsonValue> value = typed(HomeFunctions.type(function, argument.getKey()), text);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            typed.put(argument.getKey(), value.get());
        }
        return Optional.of(typed.build());
    }

    private static Optional<JsonValue> typed(String type, JsonString text) {
        return switch (type) {
            case "integer" -> number(WHOLE, text);
            case "number" -> number(DECIMAL, text);
            case "boolean" ->
                switch (text.value()) {
                    case "true" -> Optional.of(JsonBool.TRUE);
                    case "false" -> Optional.of(JsonBool.FALSE);
                    default -> Optional.empty();
                };
            default -> Optional.of(text);
        };
    }

    private static Optional<JsonValue> number(Pattern form, JsonString text) {
        return form.matcher(text.value()).matches()
                ? Optional.of(JsonNumber.of(new BigDecimal(text.value())))
                : Optional.empty();
    }
}
