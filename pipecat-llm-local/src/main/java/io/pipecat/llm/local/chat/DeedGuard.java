package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.FunctionSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks that what a tool does is wished: that a tool that ends or takes away something is called only where an end was said, that the
 * opposite was not said, and that nobody merely tells of the matter. Of tools that are alike a small model takes the wrong one now and then.
 */
final class DeedGuard {
    private static final String PREFIX = "^(?:use this to |will |can |to |it )?(?:\\w+ly )?";
    private static final String ENDS =
            "(?:stop|cancel|delete|remove|clear|erase|wipe|disarm|disable|kill|quit|abort|discard|empty|purge|prune|uninstall|reset|terminate|disconnect|shutdown|poweroff)";
    private static final Pattern END_FIRST = Pattern.compile("^(?:end|" + ENDS + ")\\b");
    // The times of a bus stop end nothing.
    private static final Pattern STOP_FIRST = Pattern.compile("^stop\\b");
    private static final Pattern END_LAST = Pattern.compile(
            "\\b(?:cancel|delete|remove|clear|erase|wipe|disarm|disable|abort|purge|prune|uninstall|terminate|disconnect|off)$");
    private static final Pattern END_LAST_UNDESCRIBED = Pattern.compile("\\b(?:stop|end|kill|quit|reset)$");
    private static final Pattern END_DESCRIBED = Pattern.compile(
            PREFIX + "(?:\\w+(?: \\w+)? and )?(?:(?:drop|format|end|" + ENDS + ")(?:s|es)?\\b|empties\\b|gets? rid\\b"
                    + "|(?:turn|switch|shut|power)(?:s|es)? (?:\\S+ ){0,4}off\\b|(?:shut|power)s? (?:\\S+ ){0,4}down\\b|(?:log|sign)s? (?:\\S+ ){0,3}(?:out|off)\\b"
                    + "|hangs? up\\b|calls? off\\b|(?:throw|take)s? (?:\\S+ ){0,4}(?:away|off|out)\\b)");
    // Tells something; unless it ends something besides, nothing is changed.
    private static final Pattern LOOKS = Pattern.compile(
            PREFIX
                    + "(?:list|show|tell|get|find|return|read|look|say|check|search|report|measure|count|explain|know|track|compare|convert|translate|calculate|define|spell|ping)(?:s|es)?\\b");
    private static final Pattern CHANGES = Pattern.compile(
            PREFIX
                    + "(?:order|book|buy|call|ring|phone|dial|send|start|open|unlock|lock|close|reboot|restart|feed|water|transfer|pay|turn|switch|set|play|brew|make|add|create|run|activate|arm|enable|launch|print|post|deploy|move|rename|write|put)(?:s|es)?\\b");
    private static final Pattern END_SAID = Pattern.compile(
            "\\b(?:(?:stop|cancel|kill|quit|abort|discard|drop|uninstall|reset|finish|halt|scratch|scrap|undo|dismiss|shred|trash|dump|toss|forget|disconnect|hush|end|clear|disarm|tick|cross)"
                    + "(?:s|es|ed|ing|ped|ping|led|ling|ting|ted)?|(?:delet|remov|eras|wip|disabl|purg|prun|deactivat|terminat|silenc|clos)(?:e|es|ed|ing)"
                    + "|shut|empty|emptied|strike|enough|no more|no longer|never mind|any ?more|rid of|tear down|hang up|cut|bin|over with|format (?:the|my|this|it|disk|drive)"
                    + "|(?:don't|do not|doesn't|not) need(?:ed)?|not coming|isn't happening|(?<!\\b(?:go|goes|went|going|gone|set|sets) )off"
                    + "|(?:turn|switch|log|sign|power|take|throw)\\w* (?:\\S+ ){0,3}(?:out|down|away))\\b");

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
                    "(?:turn|switch|power)(?:s|es)? (?:(?!off)\\S+ ){0,4}on|enabl(?:e|es|ed)|on$",
                    "(?:turn|switch|power)(?:s|es)? (?:\\S+ ){0,4}off|disabl(?:e|es|ed)|off$"),
            opposites("arm(?:s|ed)?", "disarm(?:s|ed)?"),
            opposites("pauses?", "resumes?|continues?|unpauses?"),
            opposites("mutes?", "unmutes?"),
            opposites("blocks?", "unblocks?"),
            opposites(
                    "start(?:s|ed)?|begins?|launch(?:es)?",
                    "stop(?:s|ped)?|(?<!the )ends?|cancel(?:s|led)?|abort(?:s|ed)?"),
            opposites(
                    "louder|turns? (?:\\S+ ){0,4}up|increas(?:e|es)",
                    "quieter|softer|turns? (?:\\S+ ){0,4}down|decreas(?:e|es)"),
            opposites(
                    "(?:add|put|create|save|set|book|order|enter|record|write)s?",
                    "(?:remove|delete|cancel|erase|scrap)s?|get rid of|(?:cross|take|scratch|strike|knock)(?:es|s)? (?:\\S+ ){0,5}(?:off|out of)"));

    // Somebody tells of something, or wants an opinion: the taxi driver was rude; coffee keeps me awake, doesn't it.
    private static final String TELLS =
            "(?:is|was|were|are|has|had|have|keeps?|gives?|makes?|took|said|says|got|gets|left|came|went|swears|\\w{2,}ed)";
    private static final Pattern TELLING = Pattern.compile(
            "^(?:(?:oh|well|so|wow|ugh|hey|haha|lol|yeah|and|you know)[,!]* )*(?:(?:the|my|our|his|her|their|its|an?|that|this|these|those|every|no|most|some|once|last|yesterday)\\b.*?\\b"
                    + TELLS
                    + "|i|i'm|i've|we|we're|we've|he|he's|she|she's|they|they're|it|it's|there's|there|someone|somebody|everybody|nobody)\\b"
                    + "|\\b(?:do|don't|does|doesn't|is|isn't|are|aren't|was|wasn't|did|didn't) (?:they|it|you|we|he|she|i)\\W*$"
                    + "|^(?:do you (?:think|like|believe)|is it true|did you know|what do you think|who (?:invented|discovered)) ?");
    private static final Pattern ORDER_AFTER = Pattern.compile(
            "[.!?;:,] (?:(?:so|and|then|now|just|please|go and) )*(?:give|put|take|tell|show|make|get|start|stop|turn|set|add|send|call|play|find|check|write|note|save|open|close|shut|run|book|order|read|look|search|delete|remove|tick|cross|scratch|cancel|end|clear|do|go|heat|cool|water|feed|vacuum|clean|switch|bring|change|move|count|log|record|track|pay|pause|skip|print|scan|lock|unlock|wake|watch|keep|mark|ring)\\b");
    private static final Pattern WISHING = Pattern.compile(
            "\\b(?:please|pls|plz|needs?|wants?|wanna|(?:'d|would|like|love) (?:like|love|to)|fancy|mood for|can(?! you believe)|could|would|will you|shall|should|must|have to|has to|got to|gotta|let|let's|out of|no more|time for|time to|remember|forget|remind|help"
                    + "|what|what's|how|where|where's|when's|which|who's|who is|whether)\\b|[?]");
    private static final Pattern TAKES_DOWN = Pattern.compile("\\b(?:log|record|track|note|save|write|expense)s?\\b");
    private static final Pattern CONDITION = Pattern.compile(
            "(?:^|[,;] ?|\\b(?:only|but) )(?:if|unless|whenever)\\b(?! (?:you|possible|i may|it's|it is|that's|not))");
    private static final Pattern NEGATED = Pattern.compile(
            "(?<!\\bwhy )\\b(?:don't|dont|do not|never|not to|must not|mustn't|shouldn't|should not|no need to)\\s+(?:(?:ever|again|please|you dare|dare|just) )*(\\p{L}+)");

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
        boolean looks = LOOKS.matcher(description).find();
        boolean ends = ends(name, description, looks);
        boolean mistaken = ((!looks || ends) && isOpposite(name, description, said))
                || (ends && !END_SAID.matcher(said).find())
                || ((ends || CHANGES.matcher(description).find()) && isLeft(said))
                || isNegated(name + " " + description, said);
        if (mistaken) {
            return Optional.of(WishGuard.LEFT_AS_IT_IS);
        }
        return isTold(name, description, said) ? Optional.of(WishGuard.OUTSIDE) : Optional.empty();
    }

    private static boolean ends(String name, String description, boolean looks) {
        return (END_FIRST.matcher(name).find()
                        && !(looks && STOP_FIRST.matcher(name).find()))
                || END_DESCRIBED.matcher(description).find()
                || (END_LAST.matcher(name).find() && !looks)
                || (END_LAST_UNDESCRIBED.matcher(name).find() && description.isEmpty());
    }

    private static boolean isOpposite(String name, String description, String said) {
        return OPPOSITES.stream().anyMatch(pair -> pair.areMistaken(name, said) || pair.areMistaken(description, said));
    }

    // Asked about, or left for when something happens.
    private static boolean isLeft(String said) {
        return (WishGuard.isQuestion(said) && !ORDER_AFTER.matcher(said).find())
                || CONDITION.matcher(said).find();
    }

    private static boolean isNegated(String words, String said) {
        Set<String> own = ToolWords.stems(words);
        return NEGATED.matcher(said)
                .results()
                .anyMatch(found -> ToolWords.stems(found.group(1)).stream().anyMatch(own::contains));
    }

    // Whoever merely tells of a thing names no deed, but what is to be taken down is told.
    private static boolean isTold(String name, String description, String said) {
        String deed =
                description.replaceFirst("^(?:use this to|will|can|to|it) ", "").replaceFirst(" .*", "");
        boolean takenDown = said.contains(ToolGuard.VALUE)
                && TAKES_DOWN.matcher(name + " " + deed).find();
        return !takenDown
                && TELLING.matcher(said).find()
                && !WISHING.matcher(said).find()
                && !ORDER_AFTER.matcher(said).find()
                && ToolWords.stems(deed).stream().noneMatch(ToolWords.stems(said)::contains);
    }
}
