package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a call as they were said, where a small model copied a word too few or too many: of "water it for 15 minutes" the 15 may be
 * seconds, and "dragons pls" is no topic.
 */
final class WholeValue {
    private static final String UNITS =
            "seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|am|pm|a\\.m\\.|p\\.m\\.|o'? ?clock|percent|degrees?|celsius|fahrenheit"
                    + "|mg|grams?|g|kg|kilos?|pounds?|lbs?|ounces?|oz|ml|millilit(?:re|er)s?|cl|lit(?:re|er)s?|l|pints?|gallons?|cups?|mm|cm|met(?:re|er)s?|m|km|kilomet(?:re|er)s?"
                    + "|miles?|feet|foot|inch(?:es)?|euros?|eur|dollars?|usd|bucks?|quid|cents?|watts?|kwh";
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\s)?[0-9][0-9.,:]*", Pattern.DOTALL);
    private static final Pattern UNIT = Pattern.compile(
            "^\\s?(?:(?:" + UNITS + ")(?![\\p{L}\\p{N}])|[%°](?:\\s?[CF]\\b)?)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLURAL = Pattern.compile("(?<=\\w\\w)s$");
    private static final Pattern COUNTED = Pattern.compile(
            "(?:^|[_\\s]|in)(?:" + UNITS
                    + "|percent(?:age)?)$|(?:count|copies|people|persons|guests|number|sides|times)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MANNERS =
            Pattern.compile("(?:[\\s,]+(?:please|pls|plz|thanks|thank you|thx))+[.!?]*$", Pattern.CASE_INSENSITIVE);

    // Takes whatever is said: a message, a title.
    private static final Pattern WORDS = Pattern.compile(
            "text|mess|msg|note|content|cont$|body|entr|quer|ques|titl|task|todo|remi|what|abou|sent|word|phra|code|comm|song|track|film|movi|show|prog|stor|subj|topi|prob|sear|valu|expr|even|chor|reas",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:^|\\s)(?:i|you|we|they|he|she|has|have|had|is|are|was|were|do|does|did|supposed|sounds|seems|should|please)(?:\\s|$)",
            Pattern.CASE_INSENSITIVE);

    private WholeValue() {}

    /** Returns whether a value may be one: a part of a sentence is no name of a dish. */
    static boolean isOne(String parameter, String value) {
        return WORDS.matcher(parameter).find() || !SENTENCE.matcher(value).find();
    }

    /**
     * Returns the arguments with the unit after a number that ends one of them, without "please" at the end, and without the one that stands
     * before another in the other: of "text Anna I am late" the text is not "Anna I am late".
     *
     * @param function what is called; where it says itself what it counts, it wants no unit
     * @param arguments as the model wrote them
     * @param asked what was said
     */
    static JsonObject of(FunctionSpec function, JsonObject arguments, String asked) {
        JsonObject.Builder whole = arguments.toBuilder();
        for (String name : arguments.members().keySet()) {
            String type = HomeFunctions.type(function, name);
            if (type.isEmpty() || type.equals("string")) {
                arguments.string(name).ifPresent(value -> {
                    String plain = plain(name, value, arguments, asked);
                    whole.put(
                            name,
                            plain
                                    + unit(plain, asked)
                                            .filter(unit -> !counts(function, name, unit))
                                            .orElse(""));
                });
            }
        }
        return whole.build();
    }

    private static String plain(String parameter, String value, JsonObject arguments, String asked) {
        String plain = MANNERS.matcher(value).replaceFirst("");
        for (String other : others(parameter, arguments)) {
            boolean before = plain.startsWith(other + " ") && count(Said.plain(other), Said.plain(asked)) == 1;
            plain = before ? plain.substring(other.length()).strip() : plain;
        }
        return plain.isBlank() ? value : plain;
    }

    private static Optional<String> unit(String value, String asked) {
        int at = asked.indexOf(value);
        boolean once = at >= 0 && asked.indexOf(value, at + 1) < 0;
        if (!once || !NUMBER.matcher(value).matches()) {
            return Optional.empty();
        }
        Matcher unit = UNIT.matcher(asked.substring(at + value.length()));
        return unit.find() ? Optional.of(unit.group()) : Optional.empty();
    }

    // Minutes, amount_ml, convert_dollars.
    private static boolean counts(FunctionSpec function, String parameter, String unit) {
        String word = PLURAL.matcher(unit.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        String words = HomeFunctions.spelled(function.name() + " " + function.description() + " " + parameter);
        return COUNTED.matcher(parameter).find() || (word.length() > 2 && words.contains(word));
    }

    /** Returns whether one value stands for two that were said once: from York to York. */
    static boolean isTakenTwice(JsonObject arguments, String asked) {
        List<String> values = values(arguments);
        return values.stream()
                .anyMatch(value -> values.stream().filter(value::equals).count() > count(value, Said.plain(asked)));
    }

    private static List<String> values(JsonObject arguments) {
        return arguments.members().keySet().stream()
                .flatMap(name -> arguments.string(name).stream())
                .map(Said::plain)
                .toList();
    }

    private static List<String> others(String parameter, JsonObject arguments) {
        List<String> names = new ArrayList<>(arguments.members().keySet());
        names.remove(parameter);
        return names.stream()
                .flatMap(name -> arguments.string(name).stream())
                .filter(value -> !value.isBlank())
                .toList();
    }

    private static int count(String part, String text) {
        return (int) Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(part) + "(?![\\p{L}\\p{N}])")
                .matcher(text)
                .results()
                .count();
    }
}
