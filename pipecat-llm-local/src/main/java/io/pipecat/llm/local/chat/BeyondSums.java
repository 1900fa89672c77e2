package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.regex.Pattern;

/** Sums in words that neither the model nor what checks it understands surely: they are refused, whatever comes of them. */
final class BeyondSums {
    private static final String NUMBER = "[0-9]+(?:[.][0-9]+)?";
    private static final String UNIT =
            "(km|cm|mm|m|kg|mg|g|ml|l|miles?|feet|inch(?:es)?|euros?|dollars?|pounds?|cents?|pence|years?|months?|weeks?|days?|hours?|minutes?|seconds?)\\b";

    private static final List<Pattern> ALL = List.of(
            // Numbers that are not read, or only in part.
            Pattern.compile("\\b(?:million|billion|trillion)s?\\b|[0-9]k\\b|\\bpoint [0-9]|[0-9] hundred\\b"),
            Pattern.compile("[½¼¾⅓⅔⅛⁴-⁹]|[0-9] and a (?:quarter|third)\\b"),
            Pattern.compile(
                    "(?:[-+]|\\b(?:plus|minus)\\b).*\\b(?:dozen|pairs?)\\b|\\b(?:dozen|pairs?)\\b.*(?:[-+]|\\b(?:plus|minus)\\b)"),
            // Things to do that have no sign here.
            Pattern.compile(
                    "\\b(?:itself|quadruple|quintuple|knock off|percentage|what percent|think of|cube root|exceeds?|out of|how much less is|times something|something (?:is|times|plus|minus))\\b"),
            Pattern.compile("\\b(?:half|third|quarter|fifth) off\\b|\\band by\\b|\\bcosts?\\b.*\\bhow many\\b"),
            // Half of 5 squared, 20 divided by twice 5: what is done first is not said.
            Pattern.compile(
                    "\\b(?:half|third of|quarter of|twice|double)\\b[^,]*(?:\\^|²|³|\\b(?:squared|cubed|power)\\b)|\\b(?:over|by|power of) (?:twice|double|half)\\b"),
            // Units that would have to be made one first.
            Pattern.compile("\\b(?:cents?|pence)\\b.*\\b(?:dollars?|euros?|pounds?)\\b"),
            Pattern.compile(
                    NUMBER + " ?" + UNIT + "\\W*(?:\\+|-|plus|minus|and|less)\\W*" + NUMBER + " ?(?!\\1\\b)" + UNIT),
            Pattern.compile("[0-9]:[0-9]{2}\\b.*\\b(?:hours?|minutes?|am|pm|o'clock)\\b"));

    private BeyondSums() {}

    /**
     * Returns whether the words are such a sum.
     *
     * @param said in lower case, its numbers in figures
     */
    static boolean are(String said) {
        return ALL.stream().anyMatch(pattern -> pattern.matcher(said).find());
    }
}
