package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Understands a sum that comes up in a day, such as "I had 20, spent 7 and 4, what is left", by the words before, between and after its
 * numbers. Two readings that differ are none.
 */
final class SumTales {
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}0-9.])~?[0-9]+(?:[.][0-9]+)?(?:\\s?%|\\s(?:percent|per cent|pct)\\b)?");
    // Percent of what was, a sum among the words, and what is said of a number beside its words.
    private static final List<Pattern> BEYOND = Stream.of(
                    "\\b(?:bus|line|tram|train|room|number|route|channel|page|chapter|platform|gate|flight|floor|week|day|round|game|lap|part) [0-9]",
                    "percentage|\\b(?:what|how many|many) percent\\b",
                    "[0-9]\\s*[-+*/^x×÷]\\s*[0-9]",
                    "\\b(?:twice|double|triple|treble|quadruple|dozens?|pairs?|thirds?|quarters?|tenths?|squared|cubed|power of|root)\\b",
                    "\\bhalf (?!of (?:them|it)\\b|away)")
            .map(Pattern::compile)
            .toList();
    // What is asked for is another thing than these forms take it for, or nothing is asked.
    private static final List<Pattern> NOT_TOLD = Stream.of(
                    "\\b(?:original|including|gave me|some more|the others|remind|wake|on day|how long does)\\b",
                    "\\bhow much (?:do i save|more do i|is the (?:discount|vat|tax))\\b",
                    "\\bhow many (?:are (?:boys|girls|ok|fine|well|healthy)|buses|cars|vans|taxis|tables|rooms)\\b",
                    "\\bhow (?:many|much) (?:were|was|did (?:i|he|she|they|it|we)) (?:\\w+ )?(?:sold|lost|eaten|gone|sell|lose|eat|spend|spent)\\b",
                    "\\bin (?:19|20)[0-9]{2}\\b|\\bhours (?:a|per|each|every) day\\b.*\\byear\\b|\\boff\\b.*\\bbefore\\b",
                    "[0-9] of (?:the )?[0-9]|[0-9],[0-9]")
            .map(Pattern::compile)
            .toList();
    // How many boxes 60 eggs fill, or how many hours 300 km take, is no product.
    private static final List<Pattern> NO_PRODUCT = Stream.of(
                    "\\bper (second|minute|hour|day)\\b.*\\bhow many \\1s\\b|\\bhow (?:many|much) (?:\\p{L}+ )?(?:per|(?:at|in) each)\\b",
                    "\\b(?:fit|fits|left over|remain|remaining|the same at each|full (?:row|box|bag))\\b",
                    "\\bhow many (?:rows|jars|bottles|shelves|cartons|cases|bunches)\\b(?! (?:of|in)\\b)",
                    "\\bhow many (?:boxes|bags|packs|crates|trays|hours|days|weeks|minutes)(?! (?:are|is|in|of)\\b)",
                    "\\b(?:each|every|per|an?) (\\p{L}+?)(?:e?s)?\\b.*\\bhow many \\1(?:e?s)?\\b",
                    "\\b(?:in total|total)\\b.*\\b(?:in each|in one|per)\\b")
            .map(Pattern::compile)
            .toList();
    // It was minus 6 this morning.
    private static final Pattern BELOW_ZERO =
            Pattern.compile("\\b((?:was|is|it's|from|of) )(?:minus |negative |[-−])(?=[0-9])");
    private static final Pattern NEGATIVE = Pattern.compile("(?:\\b(?:minus|negative) |[-−])(?=[0-9])");
    // 3 km every day make another number in weeks.
    private static final Pattern OTHER_PERIOD = Pattern.compile(
            "\\b(?:an?|per|each|every) (?:day|night)\\b.*\\b(?:weeks?|months?)\\b|\\b(?:an?|per|each|every) week\\b.*\\b(?:days|months?)\\b|\\b(?:an?|per|each|every) month\\b.*\\b(?:weeks|years)\\b");
    private static final Pattern PLACES = Pattern.compile(" ");
    private static final Pattern FIGURE = Pattern.compile("-?[0-9.]+");
    private static final Pattern PERCENT = Pattern.compile("(?<=[0-9])[^0-9.].*");

    // All of one kind.
    private static final Pattern TOGETHER = Pattern.compile(
            "\\b(?:altogether|all together|in total|in all|total|sum|together|how far|come to|comes to|amount to|add (?:them|these|those|it)(?: all)? up|makes? what)\\b");
    // Nine ninety nine.
    private static final Pattern PRICE = Pattern.compile("(?<![0-9.])[0-9]{1,2} [0-9]{2}(?![0-9.])");
    private static final Pattern AVERAGE = Pattern.compile("\\baverage\\b(?! of)|\\bthe mean\\b(?! of)");
    // Changes what is asked; passes only in a form that knows it, or where it belongs to what is calculated.
    private static final Pattern TURNING = Pattern.compile(
            "\\b(?:more|less|fewer|than|as many|as much|before|ago|until|between|among|evenly|equally|equal|fairly|same|both|only|except|but|not|none|nobody|nothing|no|yes|rest|others?|another|extra"
                    + "|already|still|left|remains?|remaining|over|under|above|below|off|back|again|each|every|per|apiece|twice|first|last|next|when|without|together|average|most|least|away|missing|empty"
                    + "|gone|full|us|needs?|ones?|originally|start|started|begin|began|instead|rather|difference|further|longer|shorter|faster|older|younger|wrong|spare|enough|share|shared|sharing|split)\\b");
    private static final Map<String, Set<String>> BELONGING = Map.of(
            "/",
            Set.of("share", "shared", "sharing", "split", "between", "among", "evenly", "equally", "each", "us", "per"),
            "mod",
            Set.of(
                    "share", "shared", "sharing", "split", "between", "among", "evenly", "equally", "us", "when",
                    "left", "over"),
            "-",
            Set.of(
                    "left",
                    "remain",
                    "remains",
                    "remaining",
                    "still",
                    "gone",
                    "away",
                    "off",
                    "back",
                    "but",
                    "less",
                    "more"),
            "+",
            Set.of("more", "another", "extra", "others", "ones"),
            "*",
            Set.of("over", "each", "every", "per", "apiece", "needs", "need"));
    private static final Pattern ROW = Pattern.compile("\\W*(?:and\\W*)?");
    private static final Pattern NOT_ADDED = Pattern.compile(
            "[0-9] \\p{L}+ of [0-9]|^(?:the |my |our |all )?[2-9] \\p{L}+ \\p{L}* ?(?:have|has|are|cost|weigh)\\b|\\b(?:cost|price|sets|under|over)\\b|\\b(?:"
                    + SumTaleForms.BULK
                    + ") (?:of|with)\\b|\\b(?:each|every|per|at|times|@|by|left|split|share|average|mean|days|tests|times|for [0-9.]+|to [0-9.]+|"
                    + SumTaleForms.GONE + ")\\b|%|percent");

    private SumTales() {}

    /**
     * Reads a tale.
     *
     * @param said in lower case, its numbers in figures
     * @return empty where no form fits, or more than one that differ
     */
    static Optional<String> read(String said) {
        List<String> around = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        String positive = BELOW_ZERO.matcher(said.replace("~", "")).replaceAll("$1~");
        if (NEGATIVE.matcher(positive).find() || Said.any(BEYOND, positive)) {
            return Optional.empty();
        }
        Matcher number = NUMBER.matcher(positive);
        int from = 0;
        while (number.find()) {
            around.add(positive.substring(from, number.start()));
            String found = number.group().replace('~', '-');
            numbers.add(
                    FIGURE.matcher(found).matches()
                            ? found
                            : PERCENT.matcher(found).replaceFirst("%"));
            from = number.end();
        }
        around.add(positive.substring(from));
        if (Said.any(NOT_TOLD, positive)
                || (numbers.size() > 1 && OTHER_PERIOD.matcher(positive).find())) {
            return Optional.empty();
        }
        Collection<String> sums = readings(around, numbers, said);
        return sums.size() == 1
                ? sums.stream().filter(sum -> isLikely(sum, numbers)).findFirst()
                : Optional.empty();
    }

    // Nobody tells of less than nothing, but of degrees.
    private static boolean isLikely(String sum, List<String> numbers) {
        return numbers.stream().anyMatch(number -> number.startsWith("-"))
                || SumValue.of(sum).filter(value -> value.signum() < 0).isEmpty();
    }

    private static Collection<String> readings(List<String> around, List<String> numbers, String said) {
        Map<Optional<BigDecimal>, String> sums = SumTaleForms.FORMS.stream()
                .filter(form -> fits(form, around, numbers))
                .filter(form -> knows(form, said))
                .filter(form -> !form.sum().contains("*") || !Said.any(NO_PRODUCT, said))
                .map(form -> SumForms.written(form.sum(), numbers))
                .filter(sum -> SumValue.of(sum).isPresent())
                .collect(Collectors.toMap(SumValue::of, sum -> sum, (first, other) -> first, LinkedHashMap::new));
        if (numbers.size() > 2
                && TOGETHER.matcher(said).find()
                && TURNING.matcher(said).results().allMatch(word -> word.group().equals("together"))
                && !NOT_ADDED.matcher(said).find()
                && (areInARow(around) || !PRICE.matcher(said).find())) {
            put(sums, String.join(" + ", numbers));
        }
        if (numbers.size() > 1 && areInARow(around) && AVERAGE.matcher(said).find()) {
            put(sums, "(" + String.join(" + ", numbers) + ") / " + numbers.size());
        }
        return sums.values();
    }

    private static boolean knows(SumTaleForms.Form form, String said) {
        Set<String> belonging = BELONGING.entrySet().stream()
                .filter(sign -> List.of(form.sum().split(" ")).contains(sign.getKey()))
                .filter(sign -> !sign.getKey().equals("/") || form.sum().startsWith("a /"))
                .flatMap(sign -> sign.getValue().stream())
                .collect(Collectors.toSet());
        return TURNING.matcher(said)
                .results()
                .map(MatchResult::group)
                .allMatch(word -> belonging.contains(word) || form.words().contains(word));
    }

    // Two forms may come to the same.
    private static void put(Map<Optional<BigDecimal>, String> sums, String sum) {
        sums.putIfAbsent(SumValue.of(sum), sum);
    }

    private static boolean areInARow(List<String> around) {
        return around.subList(1, around.size() - 1).stream()
                .allMatch(between -> ROW.matcher(between).matches());
    }

    private static boolean fits(SumTaleForms.Form form, List<String> around, List<String> numbers) {
        if (form.around().size() != around.size()) {
            return false;
        }
        for (int i = 0; i < around.size(); i++) {
            boolean alike = i == numbers.size() || alike(form, i, numbers.get(i));
            if (!alike || !form.around().get(i).matcher(around.get(i)).find()) {
                return false;
            }
        }
        return true;
    }

    // A number that is not in the sum is the one that the other is for.
    private static boolean alike(SumTaleForms.Form form, int i, String number) {
        String place = place(i);
        boolean percent = number.endsWith("%");
        if (percent != form.sum().contains(place + "%")) {
            return false;
        }
        return percent || number.equals("1") || PLACES.splitAsStream(form.sum()).anyMatch(place::equals);
    }

    private static String place(int number) {
        return String.valueOf((char) ('a' + number));
    }
}
