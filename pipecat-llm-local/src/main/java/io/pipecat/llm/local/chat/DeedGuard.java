package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.FunctionSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that a tool that ends or takes away something is called only where that was said, and one that adds something not where it is to
 * be taken away: "scratch the butter" is no item for the shopping list. Of tools that are alike a small model takes the wrong one now and then.
 */
final class DeedGuard {
    private static final String LEFT_AS_IT_IS =
            "Sorry, I did not understand what to do, so I left everything as it is.";
    private static final String ENDS =
            "stop|end|cancel|delete|remove|clear|erase|wipe|disarm|disable|kill|quit|abort|discard|drop";
    private static final String FIRST =
            "^(?:(?:use this to|will|can|to|turns?|switch(?:es)?|takes?) )?(?:\\w+ and )?(?:";
    private static final Pattern ENDING = Pattern.compile(FIRST + ENDS + "|off)(?:s|es|ps)?\\b");
    private static final Pattern ADDING = Pattern.compile(
            FIRST + "add|create|start|set|save|put|enter|book|order|record|write|note|log)(?:s|es)?\\b");
    private static final Pattern ENDED = Pattern.compile(
            "\\b(?:(?:" + ENDS
                    + ")(?:s|ed|ing|p?ped|p?ping|led|ling)?|ends?|off|out|shut|close|hush|silence|quiet|enough|over|done|finish(?:ed)?|halt|scratch|scrap|cross|strike|forget|hang|cut|rid|bin|throw|toss|dump"
                    + "|take|takes|taken|lose|undo|tick|no|not|never|without|any ?more|already|[a-z]+n['’]?t|pause|hold|freeze|wait|free|away|deactivate|dismiss|stand down|restart|empty|shred|terminate|leave)\\b");
    private static final Pattern TAKEN_AWAY = Pattern.compile(
            "\\b(?:remove|delete|cancel|erase|scrap|get rid of|cross \\S.*off|(?:take|scratch|strike|knock) \\S.*(?:off|out of) (?:the|my|our)\\b.*\\b(?:list|calendar|diary|playlist|cart|basket)|stop the)\\b");

    private DeedGuard() {}

    static Optional<String> deed(FunctionSpec function, String asked) {
        // Of a name the deed stands first or last; a description says whether a bus stop is one.
        String name = HomeFunctions.spelled(function.name());
        String words = function.description().isBlank()
                ? name.substring(name.lastIndexOf(' ') + 1) + " " + name
                : function.description().strip().toLowerCase(Locale.ROOT);
        String said = Said.plain(asked);
        boolean ends = ENDING.matcher(words).find();
        boolean otherwise = ends
                ? !ENDED.matcher(said).find()
                : ADDING.matcher(words).find() && TAKEN_AWAY.matcher(said).find();
        return otherwise ? Optional.of(LEFT_AS_IT_IS) : Optional.empty();
    }
}
