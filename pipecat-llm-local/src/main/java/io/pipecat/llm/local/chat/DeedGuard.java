package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.FunctionSpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that what a tool does is wished: that a tool that ends or takes away something is called only where an end was said, that the
 * opposite was not said, and that nobody merely tells of the matter. Of tools that are alike a small model takes the wrong one now and then.
 */
final class DeedGuard {
    private static final String ENDS =
            "(?:stop|end|cancel|delete|remove|clear|erase|wipe|disarm|disable|kill|quit|abort|discard|drop|empty|purge"
                    + "|prune|uninstall|reset|format|shutdown|poweroff|terminate|disconnect)";
    private static final Pattern END_FIRST = Pattern.compile("^" + ENDS + "\\b");
    private static final Pattern END_LAST = Pattern.compile("\\b(?:" + ENDS + "|off)$");
    private static final Pattern END_DESCRIBED = Pattern.compile(
            "^(?:use this to |will |can |to |it )?(?:\\w+ly )?(?:" + ENDS
                    + "(?:s|es)?\\b|empties\\b|(?:turn|switch|shut|power|take|put|sign|log|call|hang)(?:s|es)? (?:\\S+ ){0,4}(?:off|down|out|away|up)\\b)");
    // What a bus stop is called after does not end anything.
    private static final Pattern LOOKS = Pattern.compile(
            "^(?:use this to |will |can |to |it )?(?:list|show|tell|get|find|return|read|look|say|check|search|open|add|create|start)(?:s|es)?\\b");
    private static final Pattern END_SAID = Pattern.compile(
            "\\b(?:(?:stop|cancel|kill|quit|abort|discard|drop|uninstall|reset|finish|halt|scratch|scrap|undo|dismiss|shred|trash|dump|toss|forget|disconnect|hush|end|clear|disarm|format|tick|cross)"
                    + "(?:s|es|ed|ing|ped|ping|led|ling|ting|ted)?|(?:delet|remov|eras|wip|disabl|purg|prun|deactivat|terminat|silenc|clos)(?:e|es|ed|ing)"
                    + "|shut|empty|emptied|strike|enough|no more|no longer|never mind|any ?more|rid of|call(?:ed)? off|tear down|hang up|cut|bin|over with"
                    + "|(?:don't|do not|doesn't|not) need(?:ed)?|not coming|isn't happening|(?<!\\b(?:go|goes|went|going|gone|set|sets) )off"
                    + "|(?:turn|switch|log|sign|power|take|put|get|send)\\w* (?:\\S+ ){0,3}(?:out|down|away))\\b");

    private record Opposites(Pattern one, Pattern other) {
        boolean areMistaken(String done, String said) {
            return (isOnly(one, other, done) && isOnly(other, one, said))
                    || (isOnly(other, one, done) && isOnly(one, other, said));
        }

        private static boolean isOnly(Pattern side, Pattern opposite, String words) {
            return side.matcher(words).find() && !opposite.matcher(words).find();
        }
    }

    private static final List<Opposites> OPPOSITES = List.of(
            opposites("lock(?:s|ed|ing)?", "unlock(?:s|ed|ing)?"),
            opposites("(?:open|raise)(?:s|ed|d|ing)?", "(?:clos(?:e|es|ed|ing)|shut|shuts|lower)"),
            opposites(
                    "(?:turn|switch|power)(?:s|es)? (?:\\S+ ){0,4}on|enabl(?:e|es|ed)|on$",
                    "(?:turn|switch|power)(?:s|es)? (?:\\S+ ){0,4}off|disabl(?:e|es|ed)|off$"),
            opposites("arm(?:s|ed)?", "disarm(?:s|ed)?"),
            opposites("pauses?", "resumes?|continues?|unpauses?"),
            opposites("mutes?", "unmutes?"),
            opposites("blocks?", "unblocks?"),
            opposites("start(?:s|ed)?|begins?|launch(?:es)?", "stop(?:s|ped)?|ends?|cancel(?:s|led)?|abort(?:s|ed)?"),
            opposites("up|louder|increas(?:e|es)|rais(?:e|es)", "down|quieter|softer|decreas(?:e|es)|lower(?:s)?"),
            opposites(
                    "(?:add|put|create|save|set|book|order|enter|record|write)s?",
                    "(?:remove|delete|cancel|erase|scrap)s?|get rid of|(?:cross|take|scratch|strike|knock)(?:es|s)? (?:\\S+ ){0,5}(?:off|out of)"));

    // Somebody tells of something, or wants an opinion: the taxi driver was rude; coffee keeps me awake, doesn't it.
    private static final Pattern TELLING = Pattern.compile(
            "^(?:(?:oh|well|so|wow|ugh|hey|haha|lol|yeah|and|you know)[,!]* )*(?:the|my|our|his|her|their|its|an?|that|this|these|those|i|i'm|i've|we|we're|we've|he|he's|she|she's|they|they're|it|it's|there's|there|someone|somebody|everybody|nobody|every|no|most|some|once|last|yesterday)\\b"
                    + "|\\b(?:do|don't|does|doesn't|is|isn't|are|aren't|was|wasn't|did|didn't) (?:they|it|you|we|he|she|i)\\W*$"
                    + "|^(?:do you (?:think|like|believe)|is it true|did you know|what do you think|who (?:invented|discovered)) ?");
    private static final Pattern WISHING = Pattern.compile(
            "\\b(?:please|pls|plz|needs?|wants?|wanna|(?:'d|would|like|love) (?:like|love|to)|fancy|mood for|can(?! you believe)|could|would|will you|shall|should|must|have to|has to|got to|gotta|let|let's|out of|no more|time for|time to|remember|forget|remind|help"
                    + "|what|what's|how|where|where's|when's|which|who's|who is|whether)\\b|[?]"
                    + "|[.!;:,] (?:(?:so|and|then|now|just|go and) )*(?:give|put|take|tell|show|make|get|start|stop|turn|set|add|send|call|play|find|check|write|note|save|open|close|shut|run|book|order|read|look|search|delete|remove|tick|cross|scratch|cancel|do|go|heat|cool|water|feed|switch|bring|change|move|count|log|record|track|pay|end|pause|skip|print|scan|lock|unlock|wake|watch|keep|mark|ring)\\b");

    private DeedGuard() {}

    private static Opposites opposites(String one, String other) {
        return new Opposites(
                Pattern.compile("\\b(?:" + one + ")(?!\\w)"), Pattern.compile("\\b(?:" + other + ")(?!\\w)"));
    }

    /**
     * Checks a deed.
     *
     * @param said what was said besides the values of the call
     * @return what to say instead
     */
    static Optional<String> problem(FunctionSpec function, String said) {
        String name = ToolWords.spelled(function.name());
        String description = Said.plain(HomeFunctions.description(function));
        boolean ends = END_FIRST.matcher(name).find()
                || END_DESCRIBED.matcher(description).find()
                || (END_LAST.matcher(name).find() && !LOOKS.matcher(description).find());
        String done = name + ". " + description;
        boolean mistaken = OPPOSITES.stream().anyMatch(pair -> pair.areMistaken(done, said))
                || (ends && (!END_SAID.matcher(said).find() || WishGuard.isQuestion(said)));
        if (mistaken) {
            return Optional.of(WishGuard.LEFT_AS_IT_IS);
        }
        return isTold(description, said) ? Optional.of(WishGuard.OUTSIDE) : Optional.empty();
    }

    // Whoever merely tells of a thing names no deed.
    private static boolean isTold(String description, String said) {
        String deed = description.isEmpty() ? "" : description.substring(0, (description + " ").indexOf(' '));
        return TELLING.matcher(said).find()
                && !WISHING.matcher(said).find()
                && ToolWords.stems(deed).stream().noneMatch(ToolWords.stems(said)::contains);
    }
}
