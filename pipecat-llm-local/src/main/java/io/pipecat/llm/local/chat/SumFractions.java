package io.pipecat.llm.local.chat;

import static io.pipecat.llm.local.chat.SumTokens.NUMBER;

import io.pipecat.llm.local.chat.Sum.Level;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads parts of a whole: "half of 30", "3 quarters of 8", "2/3 of 96", "a third off 90", "7 tenths plus a half", "33 and a third". */
final class SumFractions {
    private static final List<String> NAMES =
            List.of("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private static final Map<String, Integer> PARTS =
            IntStream.range(0, NAMES.size()).boxed().collect(Collectors.toMap(NAMES::get, i -> i + 2));

    private final SumTokens tokens;
    private final SumPhrases phrases;

    SumFractions(SumTokens tokens, SumPhrases phrases) {
        this.tokens = tokens;
        this.phrases = phrases;
    }

    /** Returns into how many a part like "third" divides; 0 for any other word. */
    private static int parts(String word) {
        return word.equals("fourth") ? 4 : PARTS.getOrDefault(word, 0);
    }

    private static int several(String word) {
        return word.equals("halves") ? 2 : word.endsWith("s") ? parts(word.substring(0, word.length() - 1)) : 0;
    }

    static boolean isPart(String word) {
        return parts(word) > 0;
    }

    /**
     * Reads what a part is of, after its name.
     *
     * @param article whether "a" stood before it, so that it may be of nothing
     */
    @Nullable
    Sum part(String name, boolean article) {
        int by = parts(name);
        if (tokens.accept("off")) {
            Sum whole = phrases.plain();
            return whole == null ? null : Sum.join(whole, "-", Sum.changed(whole, " / " + by));
        }
        int before = tokens.mark();
        if (tokens.accept("of") || name.equals("half")) {
            Sum of = phrases.plain();
            if (of != null) {
                return Sum.changed(of, " / " + by);
            }
            tokens.back(before);
        }
        return article ? fraction("1", by) : null;
    }

    /** Reads what comes after a number: it may be of how many parts there are. */
    Sum of(String number) {
        int before = tokens.mark();
        Sum sum = tokens.accept("/") ? parted(number, tokens.next(), true) : null;
        if (sum == null) {
            tokens.back(before);
            int by = several(tokens.next());
            sum = by == 0 ? null : parted(number, String.valueOf(by), false);
        }
        if (sum == null) {
            tokens.back(before);
            sum = mixed(number);
        }
        if (sum == null) {
            tokens.back(before);
        }
        return sum == null ? Sum.number(number) : sum;
    }

    // 2/3 alone is a division like any other.
    private @Nullable Sum parted(String number, String by, boolean written) {
        if (!NUMBER.matcher(by).matches()) {
            return null;
        }
        if (!tokens.accept("of")) {
            return written ? null : fraction(number, Integer.parseInt(by));
        }
        Sum of = phrases.plain();
        return of == null ? null : new Sum(of.within(Level.PRODUCT) + " * " + number + " / " + by, Level.PRODUCT, "");
    }

    private static Sum fraction(String number, int by) {
        return new Sum(number + " / " + by, Level.PRODUCT, Sum.FRACTION);
    }

    // 33 and a third, 66 and 2 thirds; 5 and a third of 9 may be two.
    private @Nullable Sum mixed(String number) {
        if (!tokens.accept("and")) {
            return null;
        }
        boolean one = tokens.accept("a");
        String count = one ? "1" : tokens.next();
        int by = one ? parts(tokens.next()) : several(tokens.next());
        return by == 0 || !NUMBER.matcher(count).matches() || tokens.peek("of")
                ? null
                : Sum.number("(" + number + " + " + count + " / " + by + ")");
    }
}
