package io.pipecat.llm.local.chat;

import static io.pipecat.llm.local.chat.SumTokens.NUMBER;

import io.pipecat.llm.local.chat.Sum.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads numbers in a row: "3, 4 and 5 together", what the sum or the average is of. */
final class SumLists {
    private final SumTokens tokens;
    private final SumPhrases phrases;

    SumLists(SumTokens tokens, SumPhrases phrases) {
        this.tokens = tokens;
        this.phrases = phrases;
    }

    // 3, 4 and 5 together, the sum of these or the product.
    @Nullable
    Sum list() {
        List<Sum> all = listed();
        if (all.size() < 2) {
            return null;
        }
        // Half of 10 and 4 together may be half of both.
        if (!all.stream().allMatch(one -> one.level() == Level.NUMBER)) {
            return null;
        }
        if (tokens.accept("multiplied", "together") || tokens.accept("multiplied")) {
            return Sum.joined(all, "*");
        }
        boolean added = tokens.accept("added", "up")
                || tokens.accept("added", "together")
                || tokens.accept("added")
                || tokens.accept("summed", "up")
                || tokens.accept("summed")
                || tokens.accept("all", "together")
                || tokens.accept("together")
                || tokens.accept("altogether")
                || tokens.accept("intotal")
                || tokens.peek("come", "to")
                || (all.size() > 2 && tokens.peek("make"))
                || tokens.peek("add", "up")
                || tokens.peek("amount", "to");
        return added ? Sum.joined(all, "+") : null;
    }

    List<Sum> listed() {
        List<Sum> all = new ArrayList<>();
        int end;
        do {
            end = tokens.mark();
            // The sum of 9 and 3, minus 2.
            boolean over = !all.isEmpty()
                    && tokens.peek("minus")
                    && !all.getLast().text().startsWith("-");
            Sum next = over ? null : multiplied(phrases.operand());
            if (next == null) {
                tokens.back(all.isEmpty() ? tokens.mark() : end - 1);
                break;
            }
            all.add(next);
        } while (tokens.comma() || tokens.accept("and") || (all.size() > 0 && isNumbers(all) && tokens.startsNumber()));
        // The sum of 3 and 4 times 5 may be either, and so may a sum of sums.
        boolean either =
                tokens.peek("times") || all.stream().anyMatch(one -> one.last().equals(Sum.GROUP));
        if (all.size() > 1 && (either || isChangedAtTheEnd(all))) {
            all.clear();
        }
        return all;
    }

    // The average of 4 8 and 15.
    private static boolean isNumbers(List<Sum> all) {
        return all.stream().allMatch(one -> NUMBER.matcher(one.text()).matches());
    }

    /** Returns whether what is said of the last may be said of all: 3 and 4 squared. */
    static boolean isChangedAtTheEnd(List<Sum> all) {
        return all.getLast().last().equals(Sum.CHANGED)
                && !all.getFirst().last().equals(Sum.CHANGED);
    }

    // The sum of 3 times 9 and 2; where it ends so, it may be all that is multiplied.
    private @Nullable Sum multiplied(@Nullable Sum sum) {
        int before = tokens.mark();
        // The sum of 1/2, 1/4 and 1/4.
        if (sum != null && tokens.accept("/") && tokens.startsNumber()) {
            return Sum.join(sum, "/", Sum.number(tokens.next()));
        }
        tokens.back(before);
        if (sum != null && tokens.accept("times")) {
            Sum by = phrases.operand();
            if (by != null && (tokens.peek("and") || tokens.peek(","))) {
                return Sum.join(sum, "*", by);
            }
        }
        tokens.back(before);
        return sum;
    }

    @Nullable
    Sum group(List<Sum> all, String sign) {
        if (all.size() < 2 || (all.size() > 2 && (sign.equals("-") || sign.equals("/")))) {
            return null;
        }
        boolean turned = sign.equals("-") && isLess(all.getFirst(), all.getLast());
        Sum sum = Sum.joined(turned ? all.reversed() : all, sign);
        return sum == null ? null : sum.as(Sum.GROUP);
    }

    // The difference between 3 and 10 is 7.
    static boolean isLess(Sum first, Sum second) {
        Optional<BigDecimal> value = SumValue.of(first.text());
        Optional<BigDecimal> other = SumValue.of(second.text());
        return value.isPresent() && other.isPresent() && value.get().compareTo(other.get()) < 0;
    }

    @Nullable
    Sum average() {
        tokens.accept("of");
        List<Sum> all = listed();
        Sum sum = all.size() < 2 ? null : Sum.joined(all, "+");
        return sum == null ? null : new Sum("(" + sum.text() + ") / " + all.size(), Level.PRODUCT, "/");
    }
}
