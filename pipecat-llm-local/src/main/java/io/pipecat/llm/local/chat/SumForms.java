package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads sums that have a wording of their own as a whole, and are not put together of what numbers are called: "what percent of 200 is 46",
 * "halfway between 20 and 46", "how many seconds are 2 hours".
 */
final class SumForms {
    /** The numbers of the words are a, b and c of the sum; a tale may begin with whatever led to the question. */
    private record Form(Pattern words, String sum, boolean tale) {}

    private static final Map<String, String> SHORT = Map.of(
            "N", "([0-9]++(?:[.][0-9]++)?+)",
            "PERCENT", "(?:percentage|percent|per cent|pct|%)",
            "WHICH", "(?:what(?:'s| is| was)?(?: the)?|how many|which|(?:by|in) (?:what|how many))",
            "IS", "(?:is|are|was|were|makes?|equals?|does|would be)");
    private static final String END = "[ ,]*(?:please|pls|thanks|then)*[ .?!]*$";
    // What percent did it go up; not what is left, or what has to come.
    private static final String MOVED =
            "(?: (?:increase|decrease|rise|drop|change|fall|is|was|did|does|it|that|this|go|went|up|down|by|more|less|dearer|cheaper|a|the))*";
    private static final String UP = "(?=[^0-9]*\\b(?:up|rise|rose|increase|more|dearer)\\b)" + MOVED;
    private static final String DOWN = "(?=[^0-9]*\\b(?:down|drop|fall|fell|decrease|less|cheaper)\\b)" + MOVED;
    private static final List<Form> FORMS = List.of(
            form("a / b * 100", "(?:what|how many|which) PERCENT IS N (?:out )?(?:of|from|in) N(?: make)?"),
            form("b / a * 100", "(?:what|how many|which) PERCENT (?:out )?of N IS N(?: make)?"),
            form("a / b * 100", "N IS what PERCENT (?:out )?of N"),
            form(
                    "a / b * 100",
                    "N ?(?:out of|of|/) ?N,? (?:IS )?(?:WHICH|(?:as|in|into|to)(?: an?)?) PERCENT(?: IS (?:that|it))?"),
            form("a / b * 100", "N (?:as|in|into)(?: an?)? PERCENT (?:out )?of N"),
            form("(b - a) / a * 100", "PERCENT (?:increase|rise|growth|gain|change)(?: IS it)? from N to N"),
            form("(a - b) / a * 100", "PERCENT (?:decrease|drop|fall|reduction|discount|loss)(?: IS it)? from N to N"),
            tale(
                    "a / b * 100",
                    "N out of (?:the )?N\\b(?!.*\\b(?:wrong|gone|ate|eaten|lost|missing|left|remain\\w*|absent|broken|away|not)\\b)[^0-9]* WHICH PERCENT(?: IS (?:that|it|this))?"
                            + END),
            tale(
                    "(b - a) / a * 100",
                    "(?:rose|up|grew|increased|climbed) from N to N\\b[^0-9]* WHICH PERCENT" + MOVED + END),
            tale(
                    "(a - b) / a * 100",
                    "(?:fell|down|dropped|sank|shrank|decreased|reduced) from N to N\\b[^0-9]* WHICH PERCENT" + MOVED
                            + END),
            tale("(b - a) / a * 100", "from N to N\\b[^0-9]* WHICH PERCENT" + UP + END),
            tale("(a - b) / a * 100", "from N to N\\b[^0-9]* WHICH PERCENT" + DOWN + END),
            form("c * b / 100 * a / 100", "N ?PERCENT of N ?PERCENT of N"),
            form("b * a / 100", "tip of N ?PERCENT (?:on|for) (?:an? )?N(?: bill)?,? how much IS the tip"),
            form(
                    "(a + b) / 2",
                    "(?:half ?way|midway|(?:the )?(?:midpoint|middle))(?: point)? (?:between|of|from) N (?:and|to) N"),
            form(
                    "b / a",
                    "how many (?!0)N'?s(?: (?:are|do|can|there|you|i|we|get|go|fit|make))* (?:in|into|make|out of|from) (?!(?=[0-9]{3})[0-9]*\\1)N"),
            form("a ~ b", "how far is it from N (?:to|till|until) N"),
            form("a ^ (1 / 3)", "(?:the )?(?:cube|cubic|third) root of N"),
            form("a ^ (1 / 4)", "(?:the )?fourth root of N"));

    private static final Pattern PLACE = Pattern.compile("\\b[a-d]\\b%?");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    private SumForms() {}

    private static Form form(String sum, String words) {
        return new Form(pattern(words), sum, false);
    }

    private static Form tale(String sum, String words) {
        return new Form(pattern(words), sum, true);
    }

    private static Pattern pattern(String words) {
        String written = words;
        for (Map.Entry<String, String> one : SHORT.entrySet()) {
            written = written.replaceAll("\\b" + one.getKey() + "\\b", Matcher.quoteReplacement(one.getValue()));
        }
        return Pattern.compile("(?<![0-9.\\p{L}])" + written);
    }

    /**
     * Reads a sum.
     *
     * @param said in lower case, its numbers in figures
     */
    static Optional<SumReader.Reading> read(String said) {
        String text = SumTokens.plain(said);
        for (Form form : FORMS) {
            Matcher found = form.words.matcher(text);
            if (found.find() && isWhole(text, found.start(), found.end(), form.tale)) {
                List<String> numbers = IntStream.rangeClosed(1, found.groupCount())
                        .mapToObj(found::group)
                        .toList();
                return Optional.of(new SumReader.Reading(written(form.sum, numbers), true, !form.tale));
            }
        }
        return SumTimes.read(text).map(sum -> new SumReader.Reading(sum, true, true));
    }

    /** Returns whether nothing stands around a part of a text but a way of asking; before a tale nothing with a number. */
    static boolean isWhole(String text, int start, int end, boolean tale) {
        String before = text.substring(0, start);
        boolean asked = tale
                ? !DIGIT.matcher(before).find()
                : SumManners.areAsking(SumTokens.of(before).rest());
        return asked && SumManners.areManners(SumTokens.of(text.substring(end)).rest());
    }

    /**
     * Writes a sum with its numbers.
     *
     * @param sum with a, b, c and d for the numbers; a ~ b is what one is more than the other
     */
    static String written(String sum, List<String> numbers) {
        if (sum.equals("a ~ b")) {
            boolean less = new BigDecimal(numbers.get(0)).compareTo(new BigDecimal(numbers.get(1))) < 0;
            return written(less ? "b - a" : "a - b", numbers);
        }
        return PLACE.matcher(sum).replaceAll(place -> numbers.get(place.group().charAt(0) - 'a'));
    }
}
