package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks that something is wished for, and now: not asked, told, forbidden, or left for another time. */
final class WishGuard {
    // As the model itself declines.
    static final String OUTSIDE = "Sorry, I am only a small model and cannot help with that.";
    static final String LEFT_AS_IT_IS = "Sorry, I did not understand what to do, so I left everything as it is.";
    private static final Pattern ADDRESS = Pattern.compile("^(?:hey|hi|hello|ok|okay|so|well|um|and|please)\\b[ ,]*");
    // Whoever asks how or whether one should wants an explanation or advice.
    private static final Pattern NO_QUESTION = Pattern.compile(
            "^(?:should i|how (?:do|does|can) (?:i|one|a|an)|what (?:if|happens)|do you (?:like|love))\\b|\\bwhat (?:do|should|shall|must) (?:i|we) (?:set|turn|put)\\b");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?:(?<!\\bwhy )\\b(?:don't|dont|do not)|\\b(?:never|must not|mustn't|shouldn't|should not|not to|no need to|under no circumstances"
                    + "|(?:don't|dont|do not|didn't|did not|never) (?:want|need|wish|ask|asked|tell|told) (?:(?:you|him|her|them|anybody|anyone|me|us) )?to))"
                    + "\\s+(?:(?:ever|again|you|dare|to|yet|please|just|even) )*"
                    + "(?:turn|switch|put|open|close|shut|lock|unlock|set|start|stop|run|delete|remove|send|call|restart|play|add|change|touch|dim|raise|lower|activate|disable|cancel|end|clear|erase|wipe|disarm|kill|quit|abort|discard|drop|empty|purge|reset|format|print|book|order|pay|text|mail|post|write|save|deploy|reboot)\\b");
    // What is asked about what was done, or whether it is so.
    private static final List<Pattern> NO_WISH = Stream.of(
                    "^(?:why(?! don't you| not)|who|.*\\bwent off|i (?:just )?(?:dreamt|dreamed)|when (?:did|was|will|does)|was|were|did|which|am i right|surely)\\b",
                    "^(?:is (?!it possible|there (?:a way|any way|a chance|any chance|any problem))|are(?! you (?:able|ok|okay)\\b)\\b)",
                    "\\b(?:is it|isn't it|are they|aren't they|did i|didn't i|did we|didn't we)\\W*$",
                    "\\b(?:on or off|off or on|open or (?:shut|closed)|(?:shut|closed) or open|locked or unlocked|unlocked or locked)\\W*$")
            .map(Pattern::compile)
            .toList();
    private static final String NO_MATTER = "(?!(?:is|are|'s)? ?(?:not |no )?"
            + "(?:ok|okay|alright|fine|possible|trouble|bother|problem|hassle|too much)|forget)";
    // On a condition, when something happens, again and again, or at a time: nobody here waits for that.
    private static final List<Pattern> NOT_NOW = Stream.of(
                    "(?:^|[,;] ?|\\b(?:only|but|please|and) )(?:if|unless|whenever|when|as soon as)\\b"
                            + "(?! (?:you|possible|i may|it's (?:not|ok|okay|possible|alright|no)|it is (?:not|ok|okay|possible)|that's|not))",
                    "(?<!\\b(?:it|lovely|nice|great|good|me|check|see|know|wonder|better) )"
                            + "\\b(?:when|if|until|once|after|as soon as) (?:(?:i|we|he|she|they|it)(?:'\\w+)?|the \\w+|somebody|someone|anyone|everyone) "
                            + NO_MATTER,
                    "\\bevery (?:night|morning|evening|hour|\\w*day)\\b|\\b(?:on|at) (?:weekdays|weekends)\\b",
                    "\\blater\\W*$|(?<!\\b(?:school|work|guests|early|there's)(?: school| work| guests)? )\\btomorrow\\b(?!')",
                    "\\b(?:at|from|until|till) (?:noon|midnight|dawn|dusk|sunset|sunrise|half past|quarter (?:past|to)|[0-9]{1,2}(?::[0-9]{2}| ?(?:am|pm|o'? ?clock)))\\b",
                    "(?<!\\b(?:starts|begins|closes|opens|arrives|comes|leaves|on|due|here|back) )"
                            + "\\bin (?:[0-9]+|an?|half an|two|three|five|ten|fifteen|twenty|thirty) (?:minutes?|hours?|seconds?|mins?)\\b")
            .map(Pattern::compile)
            .toList();
    // Why is it still on, turn it off.
    private static final Pattern WISH_AFTER = Pattern.compile(
            "(?:[,.;!?]|\\b(?:also|plus|so|then|please|pls))\\s+(?:(?:also|plus|so|then|and|please|pls|now|just|(?:can|could|will|would) you) )*"
                    + "(?:turn|switch|put|get|crank|open|close|shut|lock|unlock|set|start|stop|lower|raise|dim)\\b");

    // A story with a sum in it, of which a small model makes devices.
    private static final Pattern HOW_MANY = Pattern.compile(
            "\\bhow (?:many|much|long|far|old|high|deep|tall|big)\\b|\\bwhat (?:do|does|did|will|would|is|was|are|should)\\b|\\bwhat(?:'s|s)\\b");
    private static final Pattern WISH = Pattern.compile(
            "\\b(?:turn|switch|set|put|open|closed?|shut|lock|locked|unlock|unlocked|dim|start|stop|raise|lower|off|temperature|(?:what|which|the) (?:time|date|day)"
                    + "|on(?! (?:the|my|our|your|his|her|their|it|each|every|an?|\\w+day|lunch|top)\\b))\\b");

    private static final Pattern BEGINS = Pattern.compile(
            "(?:^|[.!?;:,] |\\b(?:and|then|also|plus|but|please|you|to) )(?:(?:please|then|also|just|can you|could you|would you|tell me|i want) )*"
                    + "(?:turn|switch|set|put|open|close|shut|lock|unlock|dim|start|stop|raise|lower|make|is|are|(?:what|which) (?:time|day|date)|the time|how (?:late|warm|cold|hot|bright))\\b");

    private WishGuard() {}

    /** Returns whether it is a story with a sum in it, and no wish. */
    static boolean isStory(String asked) {
        String words = Said.plain(asked);
        return SpokenNumbers.in(words).size() > 1
                && HOW_MANY.matcher(words).find()
                && !WISH.matcher(words).find();
    }

    /** Returns whether there are numbers in it, and no part of it begins as a wish or a question about the house or the time does. */
    static boolean isOnlyCounting(String asked) {
        String words = Said.plain(asked);
        int fewest = HOW_MANY.matcher(words).find() ? 1 : 2;
        return SpokenNumbers.in(words).size() >= fewest
                && !BEGINS.matcher(words).find();
    }

    static Optional<String> noQuestion(String asked) {
        return NO_QUESTION.matcher(request(asked)).find() ? Optional.of(OUTSIDE) : Optional.empty();
    }

    /** Returns whether something is asked about what was done or is to be done, and nothing wished for. */
    static boolean isQuestion(String asked) {
        return NO_QUESTION.matcher(request(asked)).find() || isAbout(asked);
    }

    private static boolean isAbout(String asked) {
        return Said.any(NO_WISH, request(asked))
                && !WISH_AFTER.matcher(Said.plain(asked)).find();
    }

    static Optional<String> noWish(String asked) {
        boolean question = isAbout(asked);
        boolean later = Said.any(NOT_NOW, SpokenNumbers.inFigures(request(asked)));
        return question || later ? Optional.of(LEFT_AS_IT_IS) : forbidden(asked);
    }

    static Optional<String> forbidden(String asked) {
        return FORBIDDEN.matcher(Said.plain(asked)).find() ? Optional.of(LEFT_AS_IT_IS) : Optional.empty();
    }

    private static String request(String asked) {
        return ADDRESS.matcher(Said.plain(asked)).replaceFirst("");
    }
}
