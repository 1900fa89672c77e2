package io.pipecat.llm.local.chat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a number counts, as people write it. */
enum Unit {
    SECOND(Kind.TIME, "seconds?|secs?"),
    MINUTE(Kind.TIME, "minutes?|mins?"),
    HOUR(Kind.TIME, "hours?|hrs?"),
    DAY(Kind.TIME, "days?"),
    WEEK(Kind.TIME, "weeks?"),
    MONTH(Kind.TIME, "months?"),
    YEAR(Kind.TIME, "years?"),
    OF_THE_DAY(Kind.CLOCK, "am|pm|a\\.m\\.|p\\.m\\.|o'? ?clock"),
    PERCENT(Kind.SHARE, "percent|per cent|%"),
    CELSIUS(Kind.TEMPERATURE, "(?:degrees?|°) ?(?:celsius|c)|°c|celsius|c"),
    FAHRENHEIT(Kind.TEMPERATURE, "(?:degrees?|°) ?(?:fahrenheit|f)|°f|fahrenheit|f"),
    DEGREE(Kind.ANGLE, "degrees?|°"),
    MILLIGRAM(Kind.MASS, "milligrams?|mg"),
    GRAM(Kind.MASS, "grams?|g"),
    KILO(Kind.MASS, "kilos?|kilograms?|kg"),
    POUND(Kind.MASS, "lbs?|pounds?"),
    OUNCE(Kind.MASS, "ounces?|oz"),
    MILLILITRE(Kind.VOLUME, "millilit(?:re|er)s?|ml"),
    CENTILITRE(Kind.VOLUME, "centilit(?:re|er)s?|cl"),
    LITRE(Kind.VOLUME, "lit(?:re|er)s?|l"),
    CUP(Kind.VOLUME, "cups?"),
    PINT(Kind.VOLUME, "pints?"),
    GALLON(Kind.VOLUME, "gallons?"),
    MILLIMETRE(Kind.LENGTH, "millimet(?:re|er)s?|mm"),
    METRE(Kind.LENGTH, "met(?:re|er)s?|m"),
    KILOMETRE(Kind.LENGTH, "kilomet(?:re|er)s?|km"),
    CENTIMETRE(Kind.LENGTH, "centimet(?:re|er)s?|cm"),
    MILE(Kind.LENGTH, "miles?"),
    FOOT(Kind.LENGTH, "feet|foot"),
    INCH(Kind.LENGTH, "inch(?:es)?"),
    WATT(Kind.POWER, "watts?|w"),
    KILOWATT(Kind.POWER, "kilowatts?|kw"),
    KILOWATT_HOUR(Kind.POWER, "kilowatt hours?|kwh"),
    CENT(Kind.MONEY, "cents?|pence"),
    EURO(Kind.MONEY, "euros?|eur|€"),
    DOLLAR(Kind.MONEY, "dollars?|usd|bucks?|[$]"),
    STERLING(Kind.MONEY, "pounds?|quid|gbp|£");

    /** Of one kind, one can be meant for the other. */
    private enum Kind {
        TIME,
        CLOCK,
        SHARE,
        TEMPERATURE,
        ANGLE,
        MASS,
        VOLUME,
        LENGTH,
        MONEY,
        POWER
    }

    private final Kind kind;
    private final Pattern after;
    private final Pattern within;

    Unit(Kind kind, String words) {
        this.kind = kind;
        this.after = Pattern.compile("^[ -]?(?:" + words + ")(?![\\p{L}\\p{N}])");
        // A single letter is too little to tell by, and a second or a day may be no unit.
        String telling = words.replaceAll("\\|[a-z](?=\\||$)", "");
        this.within = Pattern.compile(
                "(?<!\\p{L})(?:" + (kind == Kind.TIME ? telling.replace("s?", "s") : telling) + ")(?!\\p{L})");
    }

    boolean isOfTheKindOf(Unit other) {
        return kind == other.kind;
    }

    /** Returns whether words name it. */
    boolean isIn(String words) {
        return within.matcher(words).find();
    }

    /**
     * A unit that stands after a number.
     *
     * @param units what it may be: pounds are two
     * @param text as it was said, with the space before it
     */
    record Said(List<Unit> units, String text) {}

    /**
     * Finds the unit that a text begins with.
     *
     * @param text in lower case
     */
    static Optional<Said> startOf(String text) {
        Map<String, List<Unit>> found = Arrays.stream(values())
                .flatMap(unit -> unit.after.matcher(text).results().map(match -> Map.entry(match.group(), unit)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return found.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(entry -> new Said(entry.getValue(), entry.getKey()));
    }
}
