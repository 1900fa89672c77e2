package io.pipecat.llm.local.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a sum that the built-in model wrote with the words it was asked in. The model copies two whole numbers well; of "2 + 3 + 4" it
 * makes 2+4 and of "3.5 * 2" 3*2. A wrong sum, correctly calculated, is worse than a refusal.
 */
final class SumGuard {
    private static final Pattern THOUSANDS = Pattern.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern OPERATOR = Pattern.compile(
            "[+*/^%×÷√]|[-−](?=\\s*[-−]?\\s*[0-9])|(?<=[0-9])\\s*x\\s*(?=[0-9])|\\p{L}+", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("plus", "+"),
            Map.entry("add", "+"),
            Map.entry("sum", "+"),
            Map.entry("minus", "-"),
            Map.entry("−", "-"),
            Map.entry("subtract", "-"),
            Map.entry("take", "-"),
            Map.entry("less", "-"),
            Map.entry("times", "*"),
            Map.entry("x", "*"),
            Map.entry("×", "*"),
            Map.entry("multiply", "*"),
            Map.entry("multiplied", "*"),
            Map.entry("product", "*"),
            Map.entry("divide", "/"),
            Map.entry("divided", "/"),
            Map.entry("over", "/"),
            Map.entry("÷", "/"),
            // What it was never taught: none of these is in a sum of its own.
            Map.entry("percent", "%"),
            Map.entry("power", "^"),
            Map.entry("squared", "^"),
            Map.entry("cubed", "^"),
            Map.entry("root", "√"),
            Map.entry("√", "√"));

    private SumGuard() {}

    /** Returns whether a sum has the numbers and the operators that the words have, no more and no less. */
    static boolean agrees(String expression, String words) {
        String plain = THOUSANDS.matcher(words).replaceAll("");
        return numbers(expression).equals(numbers(plain))
                && operators(expression).equals(operators(plain));
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(r -> r.group()).sorted().toList();
    }

    private static List<String> operators(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = OPERATOR.matcher(text);
        while (matcher.find()) {
            String sign = matcher.group().strip().toLowerCase(java.util.Locale.ROOT);
            if (WORDS.containsKey(sign)) {
                found.add(WORDS.get(sign));
            } else if (!Character.isLetter(sign.charAt(0))) {
                found.add(sign);
            }
        }
        return found.stream().sorted().toList();
    }
}
