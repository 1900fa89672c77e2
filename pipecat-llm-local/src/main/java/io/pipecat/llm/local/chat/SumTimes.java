package io.pipecat.llm.local.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads how long one unit of time is in another: "how many minutes are 2 hours and 45 minutes", "seconds in a day". */
final class SumTimes {
    // How many of each make the next one.
    private static final List<String> STEPS = List.of("60", "60", "24", "7");
    private static final Map<String, String> PARTS =
            Map.of("half an", "0.5", "3 quarters of an", "0.75", "a quarter of an", "0.25");
    private static final String OTHERS = "(seconds|secs?|minutes|mins?|hours|hrs?|days|weeks)\\b";
    private static final Pattern END = Pattern.compile(
            "[ ,]*(?:(?:please|pls|thanks|thank you|exactly|altogether|in total|again|then|for me|now|right|mate)\\b[ ,]*)*[.?!]*");
    private static final String UNIT = "(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)\\b";
    private static final Pattern AMOUNT = Pattern.compile(
            "(?:(half an|3 quarters of an|a quarter of an|an?|[0-9]++(?:[.][0-9]++)?+) )?(?:(?:full|whole|single) )?"
                    + UNIT + "( and a half)?");
    private static final String AMOUNTS = "(?<from>" + AMOUNT + "(?: and " + AMOUNT + ")?)";
    private static final String OTHER = "(?<to>" + OTHERS + ")";
    private static final List<Pattern> QUESTIONS = Stream.of(
                    "(?:how many )?" + OTHER + "(?: (?:are|is|do|does|there|we|you|have))* in " + AMOUNTS,
                    "how many " + OTHER + " (?:is|are|do|does|makes?) " + AMOUNTS + "(?: make| have)?",
                    "(?:(?:convert|change|turn) )?" + AMOUNTS + " (?:(?:is|are|equals?|makes?) how many|in|into|to|as) "
                            + OTHER)
            .map(words -> Pattern.compile("(?<![0-9.\\p{L}])" + words))
            .toList();

    private SumTimes() {}

    /**
     * Reads a question for a time in another unit.
     *
     * @param said in lower case, its numbers in figures
     * @return the sum that answers it
     */
    static Optional<String> read(String said) {
        return QUESTIONS.stream()
                .map(question -> question.matcher(said))
                .filter(found -> found.find() && isWhole(said, found))
                .map(found -> sum(found.group("from"), unit(found.group("to"))))
                .filter(sum -> !sum.isEmpty())
                .findFirst();
    }

    // How many days in a week do I work is no question for a calculator.
    private static boolean isWhole(String said, Matcher found) {
        return SumForms.isWhole(said, found.start(), found.end(), false)
                && END.matcher(said.substring(found.end())).matches();
    }

    private static String sum(String from, int to) {
        List<String> parts =
                AMOUNT.matcher(from).results().map(amount -> part(amount, to)).toList();
        return parts.contains("") ? "" : String.join(" + ", parts);
    }

    private static String part(MatchResult amount, int to) {
        List<String> factors = new ArrayList<>();
        String number = amount.group(1);
        int unit = unit(amount.group(2));
        boolean half = amount.group(3) != null;
        if (half) {
            factors.add(number == null || number.matches("an?") ? "1.5" : number.contains(" ") ? "" : number + ".5");
        } else if (number != null && !number.matches("an?")) {
            factors.add(PARTS.getOrDefault(number, number));
        }
        if (factors.contains("")) {
            return "";
        }
        if (unit < to) {
            List<String> steps = STEPS.subList(unit, to);
            return factors.isEmpty() ? "" : factors.getFirst() + " / " + String.join(" / ", steps);
        }
        factors.addAll(STEPS.subList(to, unit).reversed());
        if (factors.size() < (unit == to ? 1 : 2)) {
            factors.addFirst("1");
        }
        return String.join(" * ", factors);
    }

    private static int unit(String word) {
        return switch (word.charAt(0)) {
            case 's' -> 0;
            case 'm' -> 1;
            case 'h' -> 2;
            case 'd' -> 3;
            default -> 4;
        };
    }
}
