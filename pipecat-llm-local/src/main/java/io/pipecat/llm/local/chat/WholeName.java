package io.pipecat.llm.local.chat;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a device as it was said, where a model left its first word out: of "the slow cooker" the cooker is another device. */
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

    private WholeName() {}

    /**
     * Returns a name with the word between "the" or "my" and it, and without "those".
     *
     * @param target as the model wrote it
     * @param asked what was said
     */
    static String of(String target, String asked) {
        String name = POINTING.matcher(target).replaceFirst("");
        if (name.isBlank()) {
            return target;
        }
        Matcher said = Pattern.compile(BEFORE + "(" + Pattern.quote(name) + ")(?![\\p{L}\\p{N}])", FLAGS)
                .matcher(asked);
        boolean shortened = said.find() && !LEFT_OUT.contains(said.group(1).toLowerCase(Locale.ROOT));
        return shortened ? said.group(1) + " " + said.group(2) : name;
    }
}
