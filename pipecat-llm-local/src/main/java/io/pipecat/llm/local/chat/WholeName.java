package io.pipecat.llm.local.chat;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a device as it was said, where a model left out what tells it from others: of "the slow cooker" the cooker, of "lamp 2" the
 * lamp, of "the light in the hall" the light is another device.
 */
final class WholeName {
    private static final Pattern POINTING =
            Pattern.compile("^(?:those|these|that|this) (?=\\S)", Pattern.CASE_INSENSITIVE);
    private static final String BEFORE =
            "(?<![\\p{L}\\p{N}'])(?:the|my|our|your|his|her|their) (\\p{L}[\\p{L}\\p{N}'-]*) ";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    // Say nothing about which one is meant.
    private static final Set<String> LEFT_OUT = Set.of("""
            entire whole damn damned darn bloody goddamn freaking fucking lovely awful ridiculous dreadful blasted cursed annoying horrible
            wretched infernal stupid silly beloved dear precious poor nasty ugly noisy nice terrible horrid rotten flipping kindly please um
            uh er like just actually really said same only all both usual""".split("\\s+"));

    private static final Pattern NUMBER = Pattern.compile(
            "^ ([0-9]+)(?![0-9.,:]| ?(?:%|°|percent|per cent|degrees|minutes|hours|times|am|pm)\\b| ?%)");
    // Says what is to be done, or goes on; a room has two words at most.
    private static final String NO_ROOM =
            "(?!(?:on|off|open|closed?|shut|up|down|locked?|unlocked?|please|pls|and|or|then|to|at|now|is|are|for|too|also|thanks|right|because|so|i|it|we|again|but|until|when|if|with|was)\\b)";
    private static final Pattern ROOM = Pattern.compile(
            "^(?: (?:on|off|out|up|down|open|closed|shut|locked|unlocked))?( in the (?!(?:morning|evening|afternoon|night|meantime|end|dark|middle|background|future|house|cold|rain|process|way|mood|same)\\b)"
                    + NO_ROOM + "\\p{L}+(?: " + NO_ROOM + "\\p{L}+)?)",
            FLAGS);

    // A picture that opens the sentence is no part of a name, as it would be after "the".
    private static final Pattern OPENING = Pattern.compile("^(?:\\p{So}\\uFE0F?\\s*)+(?=\\p{L})");
    private static final Pattern NOW =
            Pattern.compile("(?<=[\\p{L}\\p{N}])(?:\\s+(?:at the moment|right now|just now|for the night))+$", FLAGS);

    private WholeName() {}

    /**
     * Returns a name with the word between "the" or "my" and it, with the number or the room after it, and without "those", a picture before it and "right now".
     *
     * @param target as the model wrote it
     * @param asked what was said
     * @param state what it is to be, which is no part of a name
     */
    static String of(String target, String asked, String state) {
        String opened =
                asked.strip().startsWith(target) ? OPENING.matcher(target).replaceFirst("") : target;
        String bare = NOW.matcher(opened).replaceFirst("");
        String name = withFirst(POINTING.matcher(bare).replaceFirst(""), asked);
        int at = name.isBlank() ? -1 : asked.toLowerCase(Locale.ROOT).indexOf(name.toLowerCase(Locale.ROOT));
        if (at < 0 || asked.length() != asked.toLowerCase(Locale.ROOT).length()) {
            return name.isBlank() ? target : name;
        }
        String after = asked.substring(at + name.length());
        Matcher number = NUMBER.matcher(after);
        Matcher room = ROOM.matcher(after);
        return number.find() && !state.contains(number.group(1))
                ? name + number.group()
                : room.find() ? name + room.group(1) : name;
    }

    private static String withFirst(String name, String asked) {
        Matcher said = Pattern.compile(BEFORE + "(" + Pattern.quote(name) + ")(?![\\p{L}\\p{N}])", FLAGS)
                .matcher(asked);
        boolean shortened = !name.isBlank()
                && said.find()
                && !LEFT_OUT.contains(said.group(1).toLowerCase(Locale.ROOT));
        return shortened ? said.group(1) + " " + said.group(2) : name;
    }
}
