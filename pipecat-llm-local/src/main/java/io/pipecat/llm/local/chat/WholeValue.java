package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values of a call as they were said, where a small model copied a word too few or too many: of "water it for 15 minutes" the 15 may be
 * seconds, and "dragons pls" is no topic.
 */
final class WholeValue {
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\s)?[0-9][0-9.,:]*", Pattern.DOTALL);
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\p{L}0-9])[-−]?[0-9]+(?:[.,:/][0-9]+)*");
    // Half past 7 and minus 18 are other numbers.
    private static final Pattern CHANGED = Pattern.compile(
            "\\b(?:minus|negative|(?<!from )\\b(?:half|quarter|five|ten|twenty|twenty[- ]five|5|10|20|25)(?: minutes)? (?:past|to)) $");
    private static final Pattern PIECES = Pattern.compile("\\b(?:count|copies|sides|times|people|persons|guests)$");
    private static final Pattern SOME_PIECES = Pattern.compile("^([0-9]+) \\p{L}{2,}$");
    private static final String POLITE = "[\\s,]+(?:please|pls|plz|thanks|thank you|thx)";
    private static final Pattern MANNERS = Pattern.compile("(?:" + POLITE + ")+[.!?]*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern MANNERS_ONLY = Pattern.compile("(?:" + POLITE + ")*+\\W*", Pattern.CASE_INSENSITIVE);
    // Takes whatever is said.
    private static final Pattern FREE = Pattern.compile(
            "text|message|msg|note|content|body|entry|sentence|words|phrase|quer(?:y|ies)|question|title|task|todo|prompt|code|command",
            Pattern.CASE_INSENSITIVE);
    // Takes the name of something, or a time.
    private static final Pattern NAMES = Pattern.compile(
            "(?:^|[_ ])(?:name|dish|recipe|ingredients?|food|city|town|country|place|location|destination|address|person|contact|recipient|sender|who|whom|to|room|zone|stop|station|child|pet|host|drink|beach"
                    + "|day|date|time|when|kind|type|number|league|team|language|colou?r|amount|duration|size|topic|scene|sound)$",
            Pattern.CASE_INSENSITIVE);
    // A scene may be called "do not disturb".
    private static final int SENTENCE_WORDS = 4;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:^|\\s)(?:i|you|we|they|he|she|has|have|had|is|are|was|were|wasn't|isn't|aren't|do|does|did|made|makes|gives?|tasted|supposed|sounds|seems|should|would|lol)(?:\\s|$)",
            Pattern.CASE_INSENSITIVE);

    private WholeValue() {}

    /**
     * Returns the arguments with the unit after a number that ends one of them, without the "please" that ends the request, and without the
     * value that stands before another in the other: of "text Anna I am late" the text is not "Anna I am late".
     *
     * @param function what is called; where it says itself what it counts, it wants no unit
     * @param arguments as the model wrote them
     * @param asked what was said
     */
    static JsonObject of(FunctionSpec function, JsonObject arguments, String asked) {
        JsonObject.Builder whole = JsonObject.builder();
        arguments.members().forEach((name, value) -> {
            Optional<String> text = arguments.string(name);
            boolean nothing = text.filter(String::isBlank).isPresent()
                    && !HomeFunctions.required(function).contains(name);
            if (text.isPresent() && !text.get().isBlank() && takesText(function, name)) {
                String plain = plain(name, text.get(), arguments, asked);
                String unit = unit(plain, asked)
                        .filter(said -> !countsPieces(name)
                                && counted(function, name, said).isEmpty())
                        .map(Unit.Said::text)
                        .orElse("");
                whole.put(name, plain + unit);
            } else if (!nothing) {
                whole.put(name, value);
            }
        });
        return whole.build();
    }

    private static boolean takesText(FunctionSpec function, String parameter) {
        String type = HomeFunctions.type(function, parameter);
        return type.isEmpty() || type.equals("string");
    }

    private static String plain(String parameter, String value, JsonObject arguments, String asked) {
        int at = asked.lastIndexOf(value);
        boolean last = at >= 0
                && MANNERS_ONLY.matcher(asked.substring(at + value.length())).matches();
        String plain = last && !isFree(parameter) ? MANNERS.matcher(value).replaceFirst("") : value;
        if (countsPieces(parameter)) {
            plain = SOME_PIECES.matcher(plain).replaceFirst("$1");
        }
        for (String name : arguments.members().keySet()) {
            String other = arguments.string(name).orElse("");
            boolean before = !name.equals(parameter)
                    && !other.isBlank()
                    && plain.startsWith(other + " ")
                    && places(other, asked).size() == 1;
            plain = before ? plain.substring(other.length()).strip() : plain;
        }
        return plain.isBlank() ? value : plain;
    }

    private static boolean isFree(String parameter) {
        return FREE.matcher(ToolWords.spelled(parameter)).find();
    }

    private static Optional<Unit.Said> unit(String value, String asked) {
        List<Integer> places = places(value, asked);
        boolean number = NUMBER.matcher(SpokenNumbers.inFigures(value.toLowerCase(Locale.ROOT)))
                .matches();
        return places.size() == 1 && number
                ? Unit.startOf(asked.substring(places.getFirst() + value.length())
                                .toLowerCase(Locale.ROOT))
                        .map(said -> new Unit.Said(
                                said.units(),
                                asked.substring(
                                        places.getFirst() + value.length(),
                                        places.getFirst()
                                                + value.length()
                                                + said.text().length())))
                : Optional.empty();
    }

    private static boolean countsPieces(String parameter) {
        return PIECES.matcher(ToolWords.spelled(parameter)).find();
    }

    // Minutes, amount_ml, convert_dollars: what it counts of the kind that was said. Where the parameter says it, that
    // is it.
    private static List<Unit> counted(FunctionSpec function, String parameter, Unit.Said said) {
        List<Unit> own = counted(ToolWords.spelled(parameter), said);
        return own.isEmpty()
                ? counted(ToolWords.spelled(function.name() + " " + HomeFunctions.description(function)), said)
                : own;
    }

    private static List<Unit> counted(String words, Unit.Said said) {
        return Arrays.stream(Unit.values())
                .filter(own -> own.isIn(words) && said.units().stream().anyMatch(own::isOfTheKindOf))
                .toList();
    }

    // Where it stands as words of its own.
    private static List<Integer> places(String value, String asked) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE)
                .matcher(asked)
                .results()
                .map(found -> found.start())
                .toList();
    }

    /** Returns whether a value may be one: no part of a number, no sentence where a name belongs, and no minutes where seconds are counted. */
    static boolean mayBe(FunctionSpec function, String parameter, String value, String asked) {
        boolean name = !NAMES.matcher(ToolWords.spelled(parameter)).find()
                || isFree(parameter)
                || SPACE.split(value.strip(), -1).length < SENTENCE_WORDS
                || !SENTENCE.matcher(value).find();
        boolean otherUnit = unit(value, asked)
                .filter(said -> {
                    List<Unit> own = counted(function, parameter, said);
                    return !own.isEmpty() && Collections.disjoint(own, said.units());
                })
                .isPresent();
        boolean number = !isNumber(parameter)
                || SpokenNumbers.inFigures(Said.plain(value)).chars().anyMatch(Character::isDigit)
                || Said.plain(value).matches("an?|half.*|.*quarter.*");
        return name && !otherUnit && number && numbersAreWhole(value, asked);
    }

    private static boolean isNumber(String parameter) {
        String words = ToolWords.spelled(parameter);
        return words.matches("(?:.* )?(?:count|copies|sides)")
                || (words.endsWith("s")
                        && Arrays.stream(Unit.values()).anyMatch(unit -> unit != Unit.DAY && unit.isIn(words)));
    }

    // 7 is not in 7:30, five not in twenty-five, 18 not in minus 18.
    private static boolean numbersAreWhole(String value, String asked) {
        String all = SpokenNumbers.inFigures(Said.plain(asked));
        List<String> said = numbers(all);
        boolean whole =
                numbers(SpokenNumbers.inFigures(Said.plain(value))).stream().allMatch(said::contains);
        List<Integer> places = places(value, asked);
        boolean changed = Character.isDigit(value.codePointAt(0))
                && !places.isEmpty()
                && places.stream()
                        .allMatch(at -> CHANGED.matcher(asked.substring(0, at).toLowerCase(Locale.ROOT))
                                .find());
        return whole && !changed;
    }

    private static List<String> numbers(String text) {
        return NUMBERS.matcher(text).results().map(found -> found.group()).toList();
    }

    /** Returns whether one value stands for two that were said once: from York to York. */
    static boolean isTakenTwice(JsonObject arguments, String asked) {
        List<String> values = arguments.members().keySet().stream()
                .flatMap(name -> arguments.string(name).stream())
                .map(Said::plain)
                .toList();
        return values.stream()
                .anyMatch(value -> values.stream().filter(value::equals).count()
                        > Math.max(1, places(value, Said.plain(asked)).size()));
    }
}
