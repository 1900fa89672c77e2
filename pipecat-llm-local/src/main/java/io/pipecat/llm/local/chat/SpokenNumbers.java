package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the numbers in what a person says, in figures or in English words, in the order in which they are said. */
final class SpokenNumbers {
    private static final Pattern THOUSANDS = Pattern.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))");
    private static final Pattern TOKEN = Pattern.compile("[0-9]+(?:[.][0-9]+)?|(?<![0-9])[.][0-9]+|\\p{L}+");
    private static final int HUNDRED = 100;

    private static final List<String> ONES = List.of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
                    .split(" "));
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Map<String, Integer> WORDS = IntStream.range(0, ONES.size() + TENS.size())
            .boxed()
            .filter(i -> i < ONES.size() || !TENS.get(i - ONES.size()).isEmpty())
            .collect(Collectors.toMap(
                    i -> i < ONES.size() ? ONES.get(i) : TENS.get(i - ONES.size()),
                    i -> i < ONES.size() ? i : (i - ONES.size()) * 10));

    private SpokenNumbers() {}

    /** Returns the numbers of a text without thousands separators and zeros at the end. */
    static List<BigDecimal> in(String text) {
        Matcher matcher = TOKEN.matcher(plain(text));
        List<BigDecimal> found = new ArrayList<>();
        Words words = new Words(found);
        while (matcher.find()) {
            String token = matcher.group();
            if (Character.isLetter(token.codePointAt(0))) {
                words.add(token);
            } else {
                words.end();
                found.add(new BigDecimal(token).stripTrailingZeros());
            }
        }
        words.end();
        return found;
    }

    static String plain(String text) {
        return THOUSANDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** Puts words together: two hundred and thirty four. */
    private static final class Words {
        private final List<BigDecimal> found;
        private int value = -1;
        private boolean tens;
        private boolean hundred;

        Words(List<BigDecimal> found) {
            this.found = found;
        }

        void add(String word) {
            if (word.equals("hundred")) {
                value = (value < 0 ? 1 : value) * HUNDRED;
                hundred = true;
                tens = false;
            } else if (word.equals("and") && hundred && value % HUNDRED == 0) {
                // Two hundred and thirty, but also: a hundred and, after it, another number; the next word tells.
                return;
            } else if (WORDS.containsKey(word)) {
                number(WORDS.get(word));
            } else {
                end();
            }
        }

        private void number(int next) {
            boolean joins = (tens && next > 0 && next < 10) || (hundred && !tens && value % HUNDRED == 0 && next > 0);
            if (!joins) {
                end();
            }
            value = Math.max(value, 0) + next;
            tens = next >= 20;
        }

        void end() {
            if (value >= 0) {
                found.add(BigDecimal.valueOf(value).stripTrailingZeros());
            }
            value = -1;
            tens = false;
            hundred = false;
        }
    }
}
