package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words and signs of a request for a sum, and how far they were read. */
final class SumTokens {
    static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");

    private static final Pattern TOKEN = Pattern.compile(
            "[a-z]+[0-9][a-z0-9]*|[0-9]+(?:[.][0-9]+)?(?:\\s?%|\\s(?:percent|per cent|pct)\\b)?|\\*\\*|[a-z']+|[^\\s]");
    private static final List<Map.Entry<Pattern, String>> SPELLINGS = List.of(
            spelling("\\b(twice|times) as (?:much|many|big|large|long|far) as\\b", "$1"),
            spelling("\\b(?:wats?|wht|waht|whta|hwat)\\b", "what"),
            spelling("\\b(?:hwo|ohw|hw)\\b", "how"),
            spelling("\\b(?:u+h+|u+m+|er+m*|uhm)\\b,?", " "),
            spelling("\\b(add|subtract|multiply)ing\\b", "$1"),
            spelling("\\b(doubl|halv|tripl|squar|cub|divid|tak)ing\\b", "$1e"),
            spelling("\\boff of\\b", "off"),
            spelling(
                    "\\b([0-9.]+ ?(?:%|percent|per cent|pct)) (?:sales tax|tax|vat|tip|service|gratuity|interest) (?=(?:on|to|onto) )",
                    "$1 tip "),
            spelling("\\btip (?:to|onto)\\b", "to"),
            spelling("\\bin half\\b", "in 2"),
            spelling("\\b(?:tip|tax|vat|discount) of ([0-9.]+ ?(?:%|percent|per cent|pct)) (?:on|for)\\b", "$1 tip on"),
            spelling("\\bresults? in\\b", "result"),
            spelling("\\bfrom ([0-9.]+) to\\b", "from $1 till"),
            spelling("(?<=[0-9])\\s?x\\s?(?=[0-9(])", " x "),
            spelling("\\b(sqrt|root)(?=[0-9])", "$1 "),
            spelling("\\bin (?:total|all)\\b", "intotal"),
            spelling("\\b(?:open(?:ing)? (?:bracket|parenthesis)|(?:bracket|parenthesis) opens?)\\b", " ( "),
            spelling("\\b(?:clos(?:e|ed|ing) (?:bracket|parenthesis)|(?:bracket|parenthesis) closed?)\\b", " ) "),
            spelling("(?<![0-9.,/] |[0-9.,/])([0-9]+) ([1-9])/([2-9]|1[026])\\b(?!/)", "( $1 + $2 / $3 )"),
            spelling("(?<=\\S):(?=\\s)", " ; "),
            spelling("\\bn\\b", "and"),
            spelling("\\bda\\b", "the"),
            spelling("\\bbracket (?=[0-9])", "( "),
            spelling("\\bwhat(?:'s| is) left\\b(?! over)(?=.* by\\b)", "it"),
            spelling("\\b(?:all of (?:it|that)|the whole thing|everything|the (?:whole )?lot)\\b", "all"),
            spelling("\\bthe result(?! of)\\b", "it"),
            spelling("\\b(?:after that|afterwards)\\b", "then"));
    private static final Pattern CURRENCY = Pattern.compile("[$€£](?=[0-9])");
    private static final String UNITS =
            "\\b(?:grams?|kilos?|kg|kilometres?|km|metres?|meters?|litres?|liters?|euros?|dollars?|pounds|quid|cents|pence|miles?)\\b";
    private static final Pattern UNIT = Pattern.compile("(?<=[0-9])\\s?" + UNITS + "(?! (?:and|of)\\b)");
    private static final Pattern HOW_MANY = Pattern.compile("(?<=\\bhow many )" + UNITS);
    private static final List<String> PLURALS = List.of(
            "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines", "tens", "elevens", "twelves");
    private static final Pattern PLURAL =
            Pattern.compile("(?<![0-9.])([0-9]+) (" + String.join("|", PLURALS) + ")\\b(?! (?:squared|cubed|of)\\b)");
    private static final Pattern ORDINAL = Pattern.compile("(?<=[0-9])(?=(?:st|nd|rd|th)\\b)");
    // The longer ones first.
    private static final List<Map.Entry<List<String>, String>> INFIX = List.of(
            infix("less than", "<-"),
            infix("more than", "<+"),
            infix("fewer than", "<-"),
            infix("is subtracted from", "<-"),
            infix("is taken from", "<-"),
            infix("is removed from", "<-"),
            infix("removed from", "<-"),
            infix("subtracted from", "<-"),
            infix("taken away from", "<-"),
            infix("taken from", "<-"),
            infix("deducted from", "<-"),
            infix("multiplied by", "*"),
            infix("multiplied with", "*"),
            infix("divided by", "/"),
            infix("divided among", "/"),
            infix("divided between", "/"),
            infix("split by", "/"),
            infix("split between", "/"),
            infix("split among", "/"),
            infix("split into", "/"),
            infix("shared by", "/"),
            infix("shared between", "/"),
            infix("shared among", "/"),
            infix("lots of", "*"),
            infix("groups of", "*"),
            infix("added to", "+"),
            infix("increased by", "+"),
            infix("reduced by", "-"),
            infix("decreased by", "-"),
            infix("lowered by", "-"),
            infix("take away", "-"),
            infix("add", "+"),
            infix("plus", "+"),
            infix("minus", "-"),
            infix("less", "-"),
            infix("without", "-"),
            infix("times", "*"),
            infix("over", "/"),
            infix("modulo", "mod"),
            infix("mod", "mod"),
            infix("+", "+"),
            infix("-", "-"),
            infix("−", "-"),
            infix("–", "-"),
            infix("*", "*"),
            infix("×", "*"),
            infix("·", "*"),
            infix("x", "*"),
            infix("÷", "/"),
            infix("/", "/"),
            infix(":", "/"));
    private static final List<Map.Entry<List<String>, String>> POWERS = List.of(
            infix("raised to the power of", "^"),
            infix("raised to", "^"),
            infix("to the power of", "^"),
            infix("to the power", "^"),
            infix("power", "^"),
            infix("**", "^"),
            infix("^", "^"));
    // May be said of two things that have nothing to do with each other.
    private static final List<Map.Entry<List<String>, String>> LOOSE =
            List.of(infix("and", "+"), infix("with", "+"), infix("by", "*"));
    private static final List<String> ORDINALS =
            List.of("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private static final Set<String> PART_WORDS = Set.of(
            "divided", "divide", "over", "squared", "cubed", "half", "twice", "double", "square", "root", "power",
            "doubled", "halved");
    private static final Set<String> ADDED = Set.of("add", "plus", "subtract", "minus", "put");
    private static final Set<String> IT = Set.of("it", "that", "this");

    private final List<String> tokens;
    private int at;

    private SumTokens(List<String> tokens) {
        this.tokens = tokens;
    }

    private static Map.Entry<Pattern, String> spelling(String words, String word) {
        return Map.entry(Pattern.compile(words), word);
    }

    private static Map.Entry<List<String>, String> infix(String words, String sign) {
        return Map.entry(List.of(words.split(" ")), sign);
    }

    /**
     * Returns the tokens of a text.
     *
     * @param said in lower case, its numbers in figures
     */
    static SumTokens of(String said) {
        String text = ORDINAL.matcher(plain(said)).replaceAll(" ");
        for (Map.Entry<Pattern, String> spelling : SPELLINGS) {
            text = spelling.getKey().matcher(text).replaceAll(spelling.getValue());
        }
        text = PLURAL.matcher(text)
                .replaceAll(found -> "( " + found.group(1) + " times " + (PLURALS.indexOf(found.group(2)) + 2) + " )");
        return new SumTokens(TOKEN.matcher(text)
                .results()
                .map(found -> percent(found.group()))
                .toList());
    }

    private static String percent(String token) {
        boolean number =
                Character.isDigit(token.charAt(0)) && !NUMBER.matcher(token).matches();
        return number ? token.replaceAll("[^0-9.].*", "") + "%" : token;
    }

    /** Returns a text without currencies, and without a unit that all its numbers have. */
    static String plain(String said) {
        String text = withoutUnit(said);
        boolean one = CURRENCY.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .count()
                < 2;
        return one ? CURRENCY.matcher(text).replaceAll("") : text;
    }

    // 250 grams times 6; 2 km plus 500 m would have to be made one unit first.
    private static String withoutUnit(String said) {
        long units = Stream.concat(
                        UNIT.matcher(said).results(), HOW_MANY.matcher(said).results())
                .map(found -> found.group().strip().replaceAll("s$", ""))
                .distinct()
                .count();
        return units == 1 ? UNIT.matcher(HOW_MANY.matcher(said).replaceAll("")).replaceAll("") : said;
    }

    int size() {
        return tokens.size();
    }

    /** Returns whether a fraction is written beside words that may be said of a part of it: 10 divided by 1/2, 3/4 squared. */
    boolean mixFractions() {
        return tokens.contains("/") && tokens.stream().anyMatch(PART_WORDS::contains);
    }

    String at(int mark) {
        return tokens.get(mark);
    }

    List<String> before(int mark) {
        return tokens.subList(0, mark);
    }

    List<String> rest() {
        return tokens.subList(at, tokens.size());
    }

    /** Returns how far was read, to go {@link #back} to. */
    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    /** Returns the token that comes next and stays; empty at the end. */
    String current() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    /** Takes the token that comes next; empty at the end. */
    String next() {
        return at < tokens.size() ? tokens.get(at++) : "";
    }

    boolean startsNumber() {
        return NUMBER.matcher(current()).matches();
    }

    boolean peekAny(Set<String> words) {
        return words.contains(current());
    }

    boolean peek(String... words) {
        return at + words.length <= tokens.size()
                && tokens.subList(at, at + words.length).equals(List.of(words));
    }

    boolean accept(String... words) {
        boolean there = peek(words);
        at += there ? words.length : 0;
        return there;
    }

    boolean comma() {
        return accept(",", "and") || accept(",");
    }

    boolean it() {
        return peekAny(IT) && !next().isEmpty();
    }

    boolean ordinal() {
        return accept("th") || accept("st") || accept("nd") || accept("rd");
    }

    /** Returns the power that a word is: 3 for third; 0 for any other word. */
    static int ordinal(String word) {
        return Math.max(ORDINALS.indexOf(word), 0);
    }

    /** Takes these words and a power after them, and returns it; 0 where they do not come next. */
    int power(String... before) {
        int mark = at;
        int power = accept(before) ? ordinal(next()) : 0;
        if (power == 0) {
            at = mark;
        } else {
            accept("power");
        }
        return power;
    }

    /** Takes the words of an operator; empty where none comes next. */
    String sign() {
        return sign(INFIX);
    }

    boolean powerSign() {
        return !sign(POWERS).isEmpty() || toThe();
    }

    // Add 4 to the root of 9 is no power.
    private boolean toThe() {
        int mark = at;
        boolean added = tokens.subList(0, at).stream().anyMatch(ADDED::contains);
        boolean power = (accept("raised", "to", "the") || (!added && accept("to", "the"))) && startsNumber();
        at = power ? at : mark;
        return power;
    }

    /** The same for words that may also stand between two things that have nothing to do with each other. */
    String looseSign() {
        return sign(LOOSE);
    }

    private String sign(List<Map.Entry<List<String>, String>> infixes) {
        for (Map.Entry<List<String>, String> infix : infixes) {
            if (accept(infix.getKey().toArray(new String[0]))) {
                return infix.getValue();
            }
        }
        return "";
    }
}
