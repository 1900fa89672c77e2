package io.pipecat.llm.local.chat;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a step that goes on from the last result, such as "times 2" or "half of that", as the whole sum that is meant. */
final class SumStep {
    private static final Pattern MANNERS = Pattern.compile(
            "^(?:(?:and|now|then|next|ok|okay|so|well|please|hey|great|good|nice|perfect|what(?:'s| is)|how much is|what if i|if i)\\b[ ,]*)+"
                    + "|[ ,]*\\b(?:please|pls|now|then|more|thanks|thank you|for me)$");
    private static final Pattern END = Pattern.compile("[\\s.?!=]+$");
    private static final Pattern RESULT = Pattern.compile("\\b(?:the result(?! of)|that|it|this)\\b");
    // What comes between two numbers, the first of which was not said again.
    private static final Pattern BETWEEN = Pattern.compile(
            "^(?:plus|minus|less(?= [0-9])|times|over|divided by|multiplied by|take away|to the power of|squared|cubed|[-+*/×÷^x](?=\\s*[0-9]))[^\\n]*");
    private static final Map<Pattern, String> LEFT_OUT = Map.of(
            Pattern.compile("add (?:another |a further )?([^ ]+(?: [^ ]+){0,2})"), "RESULT plus $1",
            Pattern.compile("take (?:another |a further )?([0-9.]+) (?:off|away)"), "subtract $1 from RESULT",
            Pattern.compile(
                            "(?:split|share|shared) (?:it |that )?(?:between|among) ([0-9]+)(?: of us| people| friends)?"),
                    "divide RESULT by $1",
            Pattern.compile("(?:subtract|deduct) ([^ ]+(?: [^ ]+){0,2})"), "subtract $1 from RESULT",
            Pattern.compile("(multiply|divide) by (.*)"), "$1 RESULT by $2");

    private SumStep() {}

    /**
     * Returns the words with the result in its place.
     *
     * @param asked what was said last
     * @param result what the last sum came to, in figures
     * @return empty where the words are no such step
     */
    static Optional<String> whole(String asked, String result) {
        String step = plain(asked);
        Matcher named = RESULT.matcher(step);
        if (named.find()) {
            String whole = named.replaceFirst(result);
            return RESULT.matcher(whole).find() ? Optional.empty() : Optional.of(whole);
        }
        if (BETWEEN.matcher(step).matches()) {
            return Optional.of(result + " " + step);
        }
        for (Map.Entry<Pattern, String> form : LEFT_OUT.entrySet()) {
            Matcher found = form.getKey().matcher(step);
            if (found.matches()) {
                return Optional.of(found.replaceFirst(form.getValue()).replace("RESULT", result));
            }
        }
        return Optional.empty();
    }

    /** Returns whether it begins as no other request does, with a sign or what takes one number. */
    static boolean leadsOn(String asked) {
        String step = plain(asked);
        return BETWEEN.matcher(step).matches()
                || LEFT_OUT.keySet().stream()
                        .anyMatch(form -> form.matcher(step).matches());
    }

    private static String plain(String asked) {
        String rest = asked.toLowerCase(Locale.ROOT).strip();
        String before;
        do {
            before = rest;
            rest = MANNERS.matcher(END.matcher(before).replaceFirst("")).replaceFirst("");
        } while (!rest.equals(before));
        return rest;
    }
}
