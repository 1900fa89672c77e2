package io.pipecat.tools.local.calculator;

import io.pipecat.tools.local.calculator.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into tokens, and decides what a comma is: part of {@code 1,000}, or between the arguments of a function. */
final class Lexer {
    private static final Pattern NUMBER =
            Pattern.compile("(?:(?<whole>[0-9]+)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern GROUPED_NUMBER =
            Pattern.compile("[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\\.[0-9]*)?(?:[eE][+-]?[0-9]+)?");
    private static final Pattern GROUP_AFTER_COMMA = Pattern.compile(",[0-9]{3}(?![0-9])");
    private static final Pattern NAME = Pattern.compile("\\p{IsAlphabetic}[\\p{IsAlphabetic}0-9_]*");
    private static final Pattern TIMES_NUMBER = Pattern.compile("[xX](?=[0-9.])");
    private static final Pattern DIVIDED_BY = Pattern.compile("divided\\s+by\\b", Pattern.CASE_INSENSITIVE);
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final Map<String, Kind> WORDS = Map.of(
            "x", Kind.TIMES,
            "times", Kind.TIMES,
            "plus", Kind.PLUS,
            "minus", Kind.MINUS,
            "mod", Kind.MOD,
            "of", Kind.OF,
            "percent", Kind.PERCENT);

    /** A pair of parentheses that is still open, and how commas were written in it so far. */
    private static final class Frame {
        final boolean function;
        boolean commaBeforeThreeDigits;
        boolean commaBeforeSpace;

        Frame(boolean function) {
            this.function = function;
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** Returns the tokens; the last one, and only that, is {@link Kind#END}. */
    static List<Token> tokens(String text) throws CalculationException {
        Lexer lexer = new Lexer(text);
        while (lexer.skipSpace()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", text.length() + 1));
        return lexer.tokens;
    }

    private boolean skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private void next() throws CalculationException {
        char c = text.charAt(at);
        switch (c) {
            case '+' -> add(Kind.PLUS, 1);
            case '-', '−', '–' -> add(Kind.MINUS, 1);
            case '*' -> times();
            case '×', '·', '⋅', '∙' -> add(Kind.TIMES, 1);
            case '/', '÷', '⁄', '∕' -> add(Kind.DIVIDE, 1);
            case '^' -> add(Kind.POWER, 1);
            case '%' -> add(Kind.PERCENT, 1);
            case '!' -> add(Kind.FACTORIAL, 1);
            case '°' -> add(Kind.DEGREE, 1);
            case '√' -> add(Kind.ROOT, 1);
            case '(' -> open();
            case ')' -> {
                frames.poll();
                add(Kind.CLOSE, 1);
            }
            case ',' -> comma();
            default -> other(c);
        }
    }

    private void add(Kind kind, int length) {
        tokens.add(new Token(kind, text.substring(at, at + length), at + 1));
        at += length;
    }

    private void times() {
        boolean power = text.startsWith("**", at);
        add(power ? Kind.POWER : Kind.TIMES, power ? 2 : 1);
    }

    private void open() {
        frames.push(new Frame(!tokens.isEmpty() && tokens.getLast().is(Kind.NAME)));
        add(Kind.OPEN, 1);
    }

    private boolean inFunction() {
        Frame frame = frames.peek();
        return frame != null && frame.function;
    }

    private void comma() throws CalculationException {
        Frame frame = frames.peek();
        if (frame == null || !frame.function) {
            throw new CalculationException("a comma at position " + (at + 1)
                    + ", where it separates nothing: write a decimal point (3.5), and thousands as 1,000 or 1000");
        }
        boolean digitsAround = at > 0
                && isDigit(text.charAt(at - 1))
                && matches(GROUP_AFTER_COMMA).lookingAt();
        if (digitsAround && text.charAt(at + 1) == '0') {
            throw ambiguousComma();
        }
        frame.commaBeforeThreeDigits |= digitsAround;
        frame.commaBeforeSpace |= at + 1 < text.length() && isSpace(text.charAt(at + 1));
        if (frame.commaBeforeThreeDigits && frame.commaBeforeSpace) {
            throw ambiguousComma();
        }
        add(Kind.COMMA, 1);
    }

    private CalculationException ambiguousComma() {
        return new CalculationException(
                "a comma at position " + (at + 1)
                        + " that can be read in two ways: inside a function write 1000 without a comma, since commas separate its values there");
    }

    private void other(char c) throws CalculationException {
        if (isDigit(c) || c == '.') {
            number();
        } else if (SUPERSCRIPTS.indexOf(c) >= 0) {
            superscript();
        } else {
            word();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Matcher matches(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
    }

    private void number() throws CalculationException {
        Matcher grouped = matches(GROUPED_NUMBER);
        Matcher plain = matches(NUMBER);
        Matcher number = !inFunction() && grouped.lookingAt() ? grouped : plain;
        if (number == plain && !plain.lookingAt()) {
            throw new CalculationException("a point at position " + (at + 1) + " without digits");
        }
        String digits = number.group().replace(",", "");
        if (digits.equals("0") && matches(Pattern.compile("0[xX][0-9a-fA-F]")).lookingAt()) {
            throw new CalculationException(
                    "a hexadecimal number at position " + (at + 1) + ", which is not understood: write it in decimal");
        }
        int position = at + 1;
        at = number.end();
        if (at < text.length() && text.charAt(at) == '.') {
            throw new CalculationException("a second decimal point at position " + (at + 1));
        }
        tokens.add(new Token(Kind.NUMBER, digits, position));
    }

    private void superscript() {
        int position = at + 1;
        StringBuilder digits = new StringBuilder();
        for (int digit; at < text.length() && (digit = SUPERSCRIPTS.indexOf(text.charAt(at))) >= 0; at++) {
            digits.append(digit);
        }
        tokens.add(new Token(Kind.SUPERSCRIPT, digits.toString(), position));
    }

    /** Tells 17 mod 5 from mod(17, 5). */
    private boolean afterOperand() {
        return !tokens.isEmpty() && tokens.getLast().endsOperand();
    }

    private void word() throws CalculationException {
        if (!tokens.isEmpty() && matches(TIMES_NUMBER).lookingAt()) {
            add(Kind.TIMES, 1);
            return;
        }
        Matcher dividedBy = matches(DIVIDED_BY);
        if (dividedBy.lookingAt()) {
            add(Kind.DIVIDE, dividedBy.end() - at);
            return;
        }
        Matcher name = matches(NAME);
        if (name.lookingAt()) {
            Kind kind = WORDS.getOrDefault(name.group().toLowerCase(Locale.ROOT), Kind.NAME);
            add(kind == Kind.MOD && !afterOperand() ? Kind.NAME : kind, name.end() - at);
            return;
        }
        String shown = Character.toString(text.codePointAt(at));
        throw new CalculationException(
                "'" + shown + "' at position " + (at + 1)
                        + ", which means nothing here: only numbers, + - * / ^ % ! mod of, parentheses and functions are understood");
    }
}
