package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sum that is said in words, such as "add 3 and 4, then halve it" or "twice the sum of 3 and 4". What stands before it must not
 * belong to a sum, and what follows has to be a way of asking; else nothing is read, and the words have to be understood otherwise.
 */
final class SumReader {
    /**
     * A sum.
     *
     * @param sum as a calculator takes it
     * @param sure whether the words can mean no other: 3 and 4 may be two numbers
     * @param alone whether nothing else was said but a way of asking
     */
    record Reading(String sum, boolean sure, boolean alone) {}

    private static final Map<String, String> CHANGES =
            Map.of("halve", " / 2", "double", " * 2", "triple", " * 3", "square", " ^ 2", "cube", " ^ 3");
    // Two and a half to some, two numbers to others.
    private static final Pattern DECIMAL_COMMA = Pattern.compile("(?<=[0-9]),(?=[0-9])");
    private static final Pattern ROW = Pattern.compile(
            "[0-9],[0-9]+,[0-9]|[0-9],[0-9]{3}|\\b(?:of|and|add|sum|total|average|mean|product|together|between|numbers|by|with)\\b");
    // Dates, times of day, 3.000 euros (which are 3 to some), how much 20 more than 15 is, and what is paid or saved.
    private static final List<Pattern> NO_SUM = Stream.of(
                    "[²³]\\s*[²³0-9]|\\b0x",
                    "\\b(?:born|on|until|since|by) [0-9]{1,2}/[0-9]{1,2}\\b|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/(?:19|20)?[0-9]{2}(?![0-9/])",
                    "(?<![0-9:])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?![0-9])",
                    "(?<![0-9.])[0-9]{1,3}[.][0-9](?:0|5)0(?![0-9])",
                    "\\bhow much is [0-9.]+ (?:more|less|fewer) than\\b|(?:^|[,.;?!] )is [0-9.]+ (?:more|less|fewer) than [0-9.]+\\b",
                    "\\b(?:with|pay|price|total|bill|costs?|altogether)\\b.*\\b(?:tip|tax|vat|discount)\\b.* on\\b",
                    "\\b(?:how much|what|what's|whats)(?: is| would be| are)? (?:an?|the) [0-9.]+ ?(?:%|percent|per cent|pct) discount on\\b",
                    "\\b(?:save|cheaper)\\b.*\\boff\\b|\\boff\\b.*\\b(?:save|before)\\b")
            .map(Pattern::compile)
            .toList();
    // Nobody says that many, and each takes its time.
    private static final int MOST_BRACKETS = 12;
    private static final int MOST_TOKENS = 90;
    private static final Pattern BRACKETED = Pattern.compile("^\\(([^()]*)\\)$");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,3}");

    private final SumTokens tokens;
    private final SumPhrases phrases;

    private SumReader(SumTokens tokens) {
        this.tokens = tokens;
        this.phrases = new SumPhrases(tokens);
    }

    /**
     * Reads a sum.
     *
     * @param said in lower case, its numbers in figures
     */
    static Optional<Reading> read(String said) {
        if (Said.any(NO_SUM, said) || said.chars().filter(c -> c == '(').count() > MOST_BRACKETS) {
            return Optional.empty();
        }
        if (DECIMAL_COMMA.matcher(said).find()) {
            return ROW.matcher(said).find()
                    ? Optional.empty()
                    : read(DECIMAL_COMMA.matcher(said).replaceAll("."));
        }
        Optional<Reading> form = SumForms.read(said);
        if (form.isPresent()) {
            return form;
        }
        SumTokens tokens = SumTokens.of(said);
        if (tokens.size() > MOST_TOKENS) {
            return Optional.empty();
        }
        for (int start = 0; start < tokens.size(); start++) {
            tokens.back(start);
            SumReader reader = new SumReader(tokens);
            Sum sum = reader.factorial(reader.sequence(), start);
            if (sum != null && !sum.isOperand() && !sum.isFraction()) {
                List<String> before = tokens.before(start);
                boolean whole = !tokens.mixFractions()
                        && !SumManners.takesUp(before, tokens.at(start))
                        && !(sum.last().equals("/") && SumManners.askForTheRest(before))
                        && !SumManners.belongs(before)
                        && SumManners.mayFollow(before, tokens.rest());
                return whole
                        ? Optional.of(new Reading(
                                BRACKETED.matcher(sum.text()).replaceFirst("$1"),
                                reader.phrases.isSure(),
                                SumManners.isAsked(before, tokens.before(tokens.mark()))
                                        && SumManners.areManners(tokens.rest())
                                        && !reader.phrases.isLoose()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    // 5! is that where nothing else was said.
    private @Nullable Sum factorial(@Nullable Sum sum, int start) {
        if (sum == null) {
            return null;
        }
        boolean lone =
                WHOLE_NUMBER.matcher(sum.text()).matches() && isFactorial(tokens.before(start)) && tokens.accept("!");
        return lone ? Sum.number(sum.text() + "!") : sum;
    }

    private static boolean isFactorial(List<String> before) {
        return Set.of("what", "is", "what's", "whats", "calculate", "compute", "how", "much")
                .containsAll(before);
    }

    private @Nullable Sum sequence() {
        Sum sum = first();
        while (sum != null) {
            int before = tokens.mark();
            Sum next = step(sum);
            if (next == null) {
                tokens.back(before);
                return sum;
            }
            sum = next;
        }
        return null;
    }

    private @Nullable Sum first() {
        int before = tokens.mark();
        Sum command = command();
        if (command != null) {
            return command;
        }
        Sum list = taken(before, phrases.lists()::list);
        return list != null ? list : taken(before, phrases::chain);
    }

    // Take 3 plus 4.
    private @Nullable Sum taken(int from, Supplier<@Nullable Sum> reading) {
        tokens.back(from);
        phrases.reset();
        tokens.accept("take");
        return reading.get();
    }

    // Add 3 and 4, subtract 3 from 4: the verb stands before both.
    private @Nullable Sum command() {
        String verb = tokens.next();
        return switch (verb) {
            case "sum", "total" -> added(true);
            case "add", "combine", "put", "plus" -> added(false);
            case "subtract", "deduct", "remove", "take" -> subtracted();
            case "multiply", "times" -> {
                tokens.accept("together");
                yield phrases.two(Set.of("by", "with", "and", "times", "*", ","), "*");
            }
            case "divide", "split", "share", "cut" -> divided(verb);
            case "increase" -> phrases.two(Set.of("by"), "+");
            case "raise" -> raised();
            case "reduce", "decrease", "lower", "discount" -> phrases.two(Set.of("by"), "-");
            case "average" -> phrases.lists().average();
            case "start", "begin" -> tokens.accept("with") || tokens.accept("at") ? phrases.operand() : null;
            case "think" -> tokens.accept("of") ? phrases.operand() : null;
            case "from" -> {
                Sum of = phrases.operand();
                tokens.accept(",");
                tokens.accept("i");
                boolean taken = tokens.accept("take") || tokens.accept("subtract") || tokens.accept("deduct");
                Sum away = taken ? phrases.operand() : null;
                yield of == null || away == null || away.isFraction() ? null : Sum.join(of, "-", away);
            }
            default -> null;
        };
    }

    // Sum 1 to 10 is of all between.
    private @Nullable Sum added(boolean row) {
        boolean range = tokens.accept("up") || tokens.accept("together") || row;
        List<Sum> all = new ArrayList<>();
        boolean to = false;
        boolean toLast = false;
        do {
            int end = tokens.mark();
            Sum next = to ? phrases.last() : phrases.operand();
            if (next == null) {
                // Add 3 and 4, then ...
                tokens.back(end - 1);
                break;
            }
            all.add(next);
            toLast = to;
            to = tokens.peek("to");
        } while (tokens.accept("and")
                || (!range && tokens.accept("to"))
                || tokens.accept("plus")
                || tokens.accept("with")
                || tokens.comma()
                || tokens.startsNumber());
        if (all.size() < 2) {
            return null;
        }
        if (!tokens.accept("together")) {
            tokens.accept("up");
        }
        Sum one = all.get(0);
        if (one.isPercent()) {
            return all.size() == 2 ? Sum.join(all.get(1), "+", one) : null;
        }
        // Add 3 and 4 squared may square both, add 3 to 4 squared does not.
        boolean either = (!toLast && SumLists.isChangedAtTheEnd(all)) || (toLast && one.isFraction());
        return either || all.getLast().isPercent() ? null : Sum.joined(all, "+");
    }

    private @Nullable Sum subtracted() {
        tokens.accept("away");
        List<Sum> all = new ArrayList<>();
        do {
            Sum next = phrases.operand();
            if (next == null) {
                return null;
            }
            all.add(next);
        } while (tokens.accept("and") || tokens.comma());
        tokens.accept("away");
        if (!tokens.accept("from") && !tokens.accept("off")) {
            return null;
        }
        Sum of = phrases.last();
        for (Sum one : all) {
            of = of == null || one.isFraction() ? null : Sum.join(of, "-", one);
        }
        return of;
    }

    private @Nullable Sum divided(String verb) {
        Sum first = phrases.operand();
        String between = tokens.next();
        if (first == null
                || (verb.equals("cut") && between.equals("by"))
                || !Set.of("by", "in", "into", "among", "between", "through").contains(between)) {
            return null;
        }
        Sum second = phrases.operand();
        if (second == null) {
            return null;
        }
        for (String who : List.of("people", "friends", "kids", "of us", "children")) {
            tokens.accept(who.split(" "));
        }
        // How often 5 goes into 45, but 84 into 7 parts.
        boolean turned = between.equals("into")
                && !first.text().equals("1")
                && first.level() == Sum.Level.NUMBER
                && second.level() == Sum.Level.NUMBER
                && number(first).compareTo(number(second)) < 0;
        return turned ? Sum.join(second, "/", first) : Sum.join(first, "/", second);
    }

    private static BigDecimal number(Sum sum) {
        return SumTokens.NUMBER.matcher(sum.text()).matches() ? new BigDecimal(sum.text()) : BigDecimal.ZERO;
    }

    private @Nullable Sum raised() {
        Sum base = phrases.operand();
        if (base == null) {
            return null;
        }
        if (base.text().contains(" ^ ")) {
            return base;
        }
        if (tokens.accept("by")) {
            Sum more = phrases.operand();
            return more == null || more.isFraction() ? null : Sum.join(base, "+", more);
        }
        if (!tokens.accept("to")) {
            return null;
        }
        int ordinal = tokens.power("the");
        if (ordinal > 0) {
            return Sum.changed(base, " ^ " + ordinal);
        }
        tokens.accept("the", "power", "of");
        Sum power = phrases.operand();
        return power == null ? null : Sum.join(base, "^", power);
    }

    // Goes on from what came before it.
    private @Nullable Sum step(Sum sum) {
        if (sum.level() == Sum.Level.WHOLE) {
            return null;
        }
        boolean comma = tokens.accept(",") || tokens.accept(";") || tokens.accept(".");
        boolean and = tokens.accept("and");
        boolean then = tokens.accept("then") || tokens.accept("now");
        and |= tokens.accept("and");
        boolean all = tokens.accept("all");
        boolean again = tokens.accept("again");
        boolean told = tokens.accept("i");
        if (!(comma || and || then || all || again || told)) {
            return null;
        }
        if (tokens.accept("by") && (sum.last().equals("/") || sum.last().equals("*"))) {
            Sum by = phrases.operand();
            return by == null ? null : Sum.join(sum, sum.last(), by);
        }
        String verb = tokens.next();
        boolean resumed =
                then || all || (and && Set.of("multiplied", "divided", "times").contains(verb));
        String change = CHANGES.get(verb);
        if (change != null) {
            tokens.it();
            return Sum.changed(sum, change);
        }
        if (verb.equals("the") || verb.equals("square") || verb.equals("root")) {
            return rootOfIt(verb, sum);
        }
        String sign = switch (verb) {
            case "multiply", "divide", "times", "split" -> {
                resumed |= !verb.equals("times");
                if (tokens.it() || tokens.accept("all")) {
                    resumed = true;
                    yield tokens.accept("by") || tokens.accept("with") || tokens.accept("in") || tokens.accept("times")
                            ? verb.matches("multiply|times") ? "*" : "/"
                            : "";
                }
                yield verb.equals("times") || tokens.accept("by") || tokens.accept("with") || tokens.accept("times")
                        ? verb.matches("multiply|times") ? "*" : "/"
                        : "";
            }
            case "add", "plus", "+" -> "+";
            case "subtract", "deduct", "minus", "-" -> "-";
            case "take" -> tokens.accept("away") || tokens.accept("off") ? "-" : "";
            case "knock" -> tokens.accept("off") ? "-" : "";
            case "multiplied" -> tokens.accept("by") || tokens.accept("with") ? "*" : "";
            case "divided" -> tokens.accept("by") ? "/" : "";
            case "*", "x", "×" -> "*";
            case "/", "over" -> "/";
            default -> "";
        };
        if (sign.isEmpty()) {
            return null;
        }
        Sum by = phrases.operand();
        if (by == null || by.isFraction()) {
            return null;
        }
        if (tokens.accept("to") || tokens.accept("from")) {
            if (!tokens.it()) {
                return null;
            }
        }
        boolean groups = (sign.equals("*") || sign.equals("/")) && sum.level() == Sum.Level.SUM;
        // 2 plus 3, times 4 may be either.
        return groups
                        && !resumed
                        && !sum.last().equals(Sum.GROUP)
                        && !sum.last().equals(Sum.VERB)
                ? null
                : Sum.join(sum, sign, by);
    }

    private @Nullable Sum rootOfIt(String first, Sum sum) {
        if (first.equals("the")) {
            tokens.accept("square");
            if (!tokens.accept("root")) {
                return null;
            }
        } else if (first.equals("square") && !tokens.accept("root")) {
            return null;
        }
        boolean all = tokens.accept("of") && tokens.accept("all");
        boolean it = tokens.it();
        return all || it ? Sum.number("sqrt(" + sum.text() + ")") : null;
    }
}
