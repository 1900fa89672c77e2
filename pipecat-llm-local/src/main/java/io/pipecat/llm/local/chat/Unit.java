package io.pipecat.llm.local.chat;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    CELSIUS(Kind.TEMPERATURE, "(?:degrees?|°) ?(?:celsius|c)|°c|celsius"),
    FAHRENHEIT(Kind.TEMPERATURE, "(?:degrees?|°) ?(?:fahrenheit|f)|°f|fahrenheit"),
    DEGREE(Kind.ANGLE, "degrees?|°"),
    GRAM(Kind.MASS, "grams?|g"),
    KILO(Kind.MASS, "kilos?|kilograms?|kg"),
    POUND(Kind.MASS, "lbs?"),
    OUNCE(Kind.MASS, "ounces?|oz"),
    MILLILITRE(Kind.VOLUME, "millilit(?:re|er)s?|ml"),
    LITRE(Kind.VOLUME, "lit(?:re|er)s?|l"),
    CUP(Kind.VOLUME, "cups?"),
    PINT(Kind.VOLUME, "pints?"),
    METRE(Kind.LENGTH, "met(?:re|er)s?|m"),
    KILOMETRE(Kind.LENGTH, "kilomet(?:re|er)s?|km"),
    CENTIMETRE(Kind.LENGTH, "centimet(?:re|er)s?|cm"),
    MILE(Kind.LENGTH, "miles?"),
    FOOT(Kind.LENGTH, "feet|foot"),
    INCH(Kind.LENGTH, "inch(?:es)?"),
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
        MONEY
    }

    private final Kind kind;
    private final Pattern after;
    private final Pattern within;

    Unit(Kind kind, String words) {
        this.kind = kind;
        this.after = Pattern.compile("^[ -]?(?:" + words + ")(?![\\p{L}\\p{N}])");
        // A single letter is too little to tell by.
        this.within = Pattern.compile("(?<!\\p{L})(?:" + words.replaceAll("\\|[a-z](?=\\||$)", "") + ")(?!\\p{L})");
    }

    boolean mayBeMeantFor(Unit other) {
        return this != other && kind == other.kind;
    }

    /** Returns whether words name it. */
    boolean isIn(String words) {
        return within.matcher(words).find();
    }

    /**
     * A unit that stands after a number.
     *
     * @param text as it was said, with the space before it
     */
    record Said(Unit unit, String text) {}

    /**
     * Finds the unit that a text begins with.
     *
     * @param text in lower case
     */
    static Optional<Said> startOf(String text) {
        return Arrays.stream(values())
                .flatMap(unit -> {
                    Matcher found = unit.after.matcher(text);
                    return found.find()
                            ? Optional.of(new Said(unit, found.group())).stream()
                            : Optional.<Said>empty().stream();
                })
                .findFirst();
    }
}
