package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sum as a calculator takes it.
 *
 * @param text with a space on both sides of each operator
 * @param level what it is beside another sign
 * @param last how it came about: the sign that was said last, {@link #GROUP}, {@link #VERB}, {@link #CHANGED},
 *     {@link #FRACTION}, or nothing
 */
record Sum(String text, Level level, String last) {
    /** The sum of these, which stays one whatever follows. */
    static final String GROUP = "group";

    /** Add these: a verb that stood before all of them. */
    static final String VERB = "verb";

    private static final Pattern SIGNED = Pattern.compile("-?[0-9]+(?:[.][0-9]+)?");
    private static final Pattern SHARE = Pattern.compile("[0-9.]+% of [0-9.]+");
    private static final Pattern PERCENT = Pattern.compile("[0-9.]+%");

    /** Something was done to it that was said after it: 4 squared. */
    static final String CHANGED = "changed";

    /** Half, or 3 quarters, of nothing that was said. */
    static final String FRACTION = "fraction";

    /** How tightly a sum holds together: what has to stand in brackets beside a sign. */
    enum Level {
        NUMBER,
        PRODUCT,
        SUM,
        /** Takes nothing more: 15% of 80. */
        WHOLE
    }

    static Sum number(String text) {
        return new Sum(text, Level.NUMBER, "");
    }

    // 5 ^ 2 ^ 3 is another thing than (5 ^ 2) ^ 3, and -5 ^ 2 than (-5) ^ 2.
    private String base() {
        boolean whole = text.startsWith("(") || text.startsWith("sqrt(") || text.startsWith("abs(");
        boolean bare = !whole && (text.contains("^") || text.endsWith("!") || text.startsWith("-"));
        return bare ? "(" + text + ")" : within(Level.NUMBER);
    }

    Sum as(String how) {
        return new Sum(text, level, how);
    }

    String within(Level most) {
        return level.compareTo(most) > 0 ? "(" + text + ")" : text;
    }

    boolean isFraction() {
        return last.equals(FRACTION);
    }

    /** Returns whether there is nothing to calculate. */
    boolean isOperand() {
        return SIGNED.matcher(text).matches() || isPercent();
    }

    private boolean isShare() {
        return SHARE.matcher(text).matches();
    }

    boolean isPercent() {
        return PERCENT.matcher(text).matches();
    }

    static Sum changed(Sum sum, String change) {
        boolean power = change.contains("^") || change.equals("!");
        return power
                ? new Sum(sum.base() + change, Level.NUMBER, "")
                : new Sum(sum.within(Level.PRODUCT) + change, Level.PRODUCT, "");
    }

    static @Nullable Sum share(Sum percent, Sum of) {
        return of.level == Level.NUMBER && !of.isPercent()
                ? new Sum(percent.text + " of " + of.text, Level.WHOLE, "")
                : null;
    }

    static @Nullable Sum joined(List<Sum> all, String sign) {
        Sum sum = all.get(0);
        for (Sum next : all.subList(1, all.size())) {
            sum = sum == null ? null : join(sum, sign, next);
        }
        return sum == null ? null : new Sum(sum.text, sum.level, sum.level == Level.SUM ? VERB : sign);
    }

    static @Nullable Sum join(Sum left, String sign, Sum right) {
        if (left.isShare()
                && !right.isPercent()
                && right.level != Level.WHOLE
                && (sign.equals("+") || sign.equals("-"))) {
            return new Sum(left.text + " " + sign + " " + right.within(Level.PRODUCT), Level.WHOLE, "");
        }
        if (left.level == Level.WHOLE || right.level == Level.WHOLE || left.isPercent()) {
            return null;
        }
        if (right.isPercent()) {
            boolean alone = left.level == Level.NUMBER && (sign.equals("+") || sign.equals("-"));
            return alone ? new Sum(left.text + " " + sign + " " + right.text, Level.WHOLE, "") : null;
        }
        return switch (sign) {
            case "+" -> new Sum(left.text + " + " + right.text, Level.SUM, sign);
            case "-" -> new Sum(left.text + " - " + right.within(Level.PRODUCT), Level.SUM, sign);
            case "*" -> new Sum(left.within(Level.PRODUCT) + " * " + right.within(Level.PRODUCT), Level.PRODUCT, sign);
            case "/" -> new Sum(left.within(Level.PRODUCT) + " / " + right.within(Level.NUMBER), Level.PRODUCT, sign);
            case "^" ->
                left.text.startsWith("-")
                        ? null
                        : new Sum(left.base() + " ^ " + right.within(Level.NUMBER), Level.PRODUCT, sign);
            case "mod" ->
                new Sum(left.within(Level.NUMBER) + " mod " + right.within(Level.NUMBER), Level.PRODUCT, sign);
            default -> throw new IllegalArgumentException(sign);
        };
    }
}
