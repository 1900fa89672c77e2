package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a call of the built-in model through only if what it names comes from what was said. A small model that slips in a copy is as sure
 * of itself as one that does not; a refusal is better than the wrong door unlocked.
 */
final class CopyGuard {
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Zs}]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");
    private static final Map<String, String> OPPOSITES =
            Map.of("on", "off", "off", "on", "open", "close", "closed", "open", "locked", "unlock", "unlocked", "lock");
    private static final Map<String, Set<String>> SAID_AS = Map.of(
            "closed", Set.of("close", "closed", "shut", "closing", "shutting", "closes"),
            "open", Set.of("open", "opened", "opening", "opens"),
            "locked", Set.of("lock", "locked", "locking"),
            "unlocked", Set.of("unlock", "unlocked", "unlocking"));

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
        Optional<String> problem = switch (function.name()) {
            case HomeFunctions.CALCULATE ->
                SumGuard.agrees(arguments.string("expression").orElse(""), asked)
                        ? Optional.empty()
                        : Optional.of("Sorry, I did not understand that sum. Write it with figures, such as 17 * 23.");
            case HomeFunctions.CLOCK ->
                within(arguments.string("zone").orElse(""), asked)
                        ? Optional.empty()
                        : Optional.of("Sorry, I did not understand for which place you want the time.");
            case HomeFunctions.QUERY -> target(arguments, asked, before);
            case HomeFunctions.COMMAND -> target(arguments, asked, before).or(() -> state(arguments, asked));
            default -> others(arguments, asked, function);
        };
        return problem.<Verdict>map(Verdict.Refuse::new)
                .or(() -> typed(function, arguments).map(Verdict.Pass::new))
                .orElseGet(() -> new Verdict.Refuse(
                        "Sorry, I did not understand with which values to call " + function.name() + "."));
    }

    private static Optional<String> target(JsonObject arguments, String asked, String before) {
        String target = arguments.string("target").orElse("");
        return !target.isBlank() && (within(target, asked) || within(target, before))
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand which device you mean.");
    }

    private static Optional<String> state(JsonObject arguments, String asked) {
        String state = arguments.string("state").orElse("").toLowerCase(Locale.ROOT);
        Set<String> words = words(asked);
        boolean fits = OPPOSITES.containsKey(state)
                ? SAID_AS.getOrDefault(state, Set.of(state)).stream().anyMatch(words::contains)
                        || !SAID_AS.getOrDefault(OPPOSITES.get(state), Set.of(OPPOSITES.get(state))).stream()
                                .anyMatch(words::contains)
                : within(state, asked)
                        && asked.toLowerCase(Locale.ROOT)
                                .contains(arguments
                                        .string("property")
                                        .map(property -> property.equals("color") ? "colo" : property)
                                        .orElse(""));
        return fits && !state.isBlank() && wholeNumbers(state, asked)
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand what it should be set to.");
    }

    private static Optional<String> others(JsonObject arguments, String asked, FunctionSpec function) {
        boolean copied = arguments.members().values().stream()
                .allMatch(value -> value instanceof JsonString text
                        && within(text.value(), asked)
                        && wholeNumbers(text.value(), asked));
        boolean complete = arguments.members().keySet().containsAll(HomeFunctions.required(function));
        return copied && complete
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand with which values to call " + function.name() + ".");
    }

    // A number is the same number, not a part of a longer one: 2 is not in 21.
    private static boolean wholeNumbers(String value, String asked) {
        List<String> said = numbers(asked);
        return said.containsAll(numbers(value));
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(found -> found.group()).toList();
    }

    private static boolean within(String part, String text) {
        return plain(text).contains(plain(part));
    }

    private static String plain(String text) {
        return SPACE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static Set<String> words(String text) {
        Set<String> found = new java.util.HashSet<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
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
            case "integer", "number" -> {
                try {
                    yield Optional.of(JsonNumber.of(new java.math.BigDecimal(text.value())));
                } catch (NumberFormatException e) {
                    yield Optional.empty();
                }
            }
            case "boolean" ->
                switch (text.value()) {
                    case "true" -> Optional.of(JsonBool.TRUE);
                    case "false" -> Optional.of(JsonBool.FALSE);
                    default -> Optional.empty();
                };
            default -> Optional.of(text);
        };
    }
}
