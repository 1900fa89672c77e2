package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks that a device is to have the state that a call gives it: by its word, or by a verb that says none. */
final class StateGuard {
    // Says that something is to be done, but not which of two states it is to have.
    private static final Pattern VERB = Pattern.compile(
            "\\b(light|launch|fire|power|boot|wake|let|get|give|need|needs|cut|halt|extinguish|douse|put|rid|pull|roll|bring|wind|swing|throw|crack|draw|drop|seal|fasten|push|move|silence|engage|disengage|hit|work|working|run|running|go|going|burning|juice|switch|turn|done|no more|up|down|out)\\b");
    private static final Map<String, Set<String>> SAID_AS = Map.of(
            "on", Set.of("on", "arm", "activate", "enable", "start"),
            "off", Set.of("off", "disarm", "deactivate", "disable", "stop", "kill"),
            "closed", Set.of("close", "closed", "shut", "closing", "shutting", "closes", "lower"),
            "open", Set.of("open", "opened", "opening", "opens", "raise", "lift"),
            "locked", Set.of("lock", "locked", "locking", "bolt", "bolting", "secure", "securing"),
            "unlocked", Set.of("unlock", "unlocked", "unlocking", "unbolt", "unbolting"));
    // Which way something goes that is opened and closed.
    private static final Map<String, Pattern> WAY =
            Map.of("open", Pattern.compile("\\b(?:up|hoist)\\b"), "closed", Pattern.compile("\\bdown\\b"));
    private static final Pattern JOINT = Pattern.compile("[,;.!?] |(?<![\\p{L}\\p{N}])(?:and|then|also|plus|n|but) ");
    // Hall light, please: nothing but its name.
    private static final String BARE_BEFORE =
            "(?:^|[,:;.!] ?| - |\\b(?:may|can|could) i have |\\btime for )(?:(?:some|the|my|our|a|a bit of) )*";
    private static final String BARE_AFTER =
            "(?:[ !]|\\p{So}|\\uFE0F|please|pls|now|thanks|thank you|for (?:me|us)|[,.](?! ?(?:i'm|we're|it's|i|we|it)\\b))*+"
                    + "(?:$|[,.] ?(?:i'm|we're|it's|i|we|it)\\b.*$|(?:because|since|cause|as) .*$)";
    // Where a device is, and not that it is on.
    private static final Pattern PLACE = Pattern.compile(
            "(?<!\\b(?:turn|switch|put|flip|get|power|keep|leave|toggle|flick|pop|bring|turning|switching|turned|switched|toggling|putting|popping|flipping|flicking|powering|and) )\\bon (?=(?:the|my|our|your|a|this)\\b)");
    // A verb that leaves no doubt, for the other state.
    private static final Map<String, Pattern> OTHERWISE = Map.of(
            "on", Pattern.compile("\\b(?:extinguish|douse|halt|silence|disengage|cut (?:the )?power)\\b"),
            "off", Pattern.compile("\\b(?:launch|fire up|boot up|boot|wake up|engage)\\b"),
            "open", Pattern.compile("\\b(?:seal|fasten)\\b"),
            "closed", Pattern.compile("\\bcrack\\b"));
    // Takes something back, or says what is no more.
    private static final Pattern TURNED = Pattern.compile(
            "\\b(?:no|not|oops|sorry|wait|hmm|actually|rather|but|instead|i mean|any ?more|any longer|lower"
                    + "|(?:turn|switch|put|open|close|shut|lock|unlock|set|dim|make|get|have|want) (?:it|them|that one|those))\\b");
    private static final Pattern OFF = Pattern.compile(
            "\\b(?:don't|do not|no longer) (?:want|need)\\b|\\b(?:shut|close|power)\\b.*\\bdown\\b|\\b(?:turn|switch) of\\b");
    private static final Pattern DARK =
            Pattern.compile("\\b(?:(?<!not )too dark|pitch dark|(?<!not )so dark|can(?:'t|not|t) see)\\b");
    // The last wish again, for another device.
    private static final Pattern SAME = Pattern.compile("\\b(same|too|also|as well|likewise|ditto|do|next|and|now)\\b");

    private static final String OTHER_STATE = "Sorry, I did not understand what it should be set to.";

    private StateGuard() {}

    /**
     * Checks the state of a call.
     *
     * @return what to say instead, if it is another one
     */
    static Optional<String> state(JsonObject arguments, String asked, String before) {
        String state = arguments.string("state").orElse("").toLowerCase(Locale.ROOT);
        String property = arguments
                .string("property")
                .map(own -> own.equals("color") ? "colo" : own)
                .orElse("");
        boolean said = isSaid(state, property, asked);
        boolean again = !said
                && property.isEmpty()
                && SAME.matcher(Said.plain(asked)).find()
                && saidStates(asked).isEmpty()
                && Said.numbers(asked).isEmpty();
        String target = arguments.string("target").orElse("");
        String clause = clause(target, asked);
        if (isOtherwise(state, target, asked)) {
            return Optional.of(OTHER_STATE);
        }
        boolean fits = said
                || isSaid(state, property, clause)
                || (again && isSaid(state, property, before))
                || (state.equals("on") && isBare(target, asked));
        return fits && !state.isBlank() ? Optional.empty() : Optional.of(OTHER_STATE);
    }

    // Turn on the fan and turn off the heater: what its own part says counts, wherever it is named.
    private static boolean isOtherwise(String state, String target, String asked) {
        String text = Said.plain(asked);
        String name = Said.plain(target);
        if (name.isEmpty() || TURNED.matcher(text.replace(name, " ")).find()) {
            return false;
        }
        boolean verb = OTHERWISE.containsKey(state)
                && OTHERWISE.get(state).matcher(clause(target, asked)).find();
        List<String> clauses = clauses(name, text);
        boolean other = !clauses.isEmpty() && clauses.stream().allMatch(own -> saysOther(state, own));
        return verb || other;
    }

    private static boolean saysOther(String state, String clause) {
        if (SAID_AS.containsKey(state)) {
            Set<String> said = saidStates(clause);
            return !said.isEmpty() && !said.contains(state) && !isSaid(state, "", clause);
        }
        List<String> numbers = Said.numbers(state);
        List<String> own = Said.numbers(clause);
        return !numbers.isEmpty() && !own.isEmpty() && !own.containsAll(numbers);
    }

    // Each part that names it, without the name.
    private static List<String> clauses(String name, String text) {
        int from = 0;
        List<String> found = new ArrayList<>();
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, from)) {
            from = at + name.length();
            found.add(clause(at, from, text).replace(name, " "));
        }
        return found;
    }

    // Of switch off the stove and get the lamp going the part that names the device.
    private static String clause(String target, String asked) {
        String text = Said.plain(asked);
        int at = text.indexOf(Said.plain(target));
        return at < 0 || target.isBlank()
                ? text
                : clause(at, at + Said.plain(target).length(), text);
    }

    private static String clause(int at, int end, String text) {
        Matcher joint = JOINT.matcher(text);
        int from = 0;
        int to = text.length();
        while (joint.find() && to == text.length()) {
            from = joint.end() <= at ? joint.end() : from;
            to = joint.start() >= end ? joint.start() : to;
        }
        return text.substring(from, to);
    }

    private static boolean isBare(String target, String asked) {
        return saidStates(asked).isEmpty()
                && Pattern.compile(BARE_BEFORE + Pattern.quote(Said.plain(target)) + BARE_AFTER)
                        .matcher(Said.plain(asked))
                        .find();
    }

    // Of on and off, open and closed, locked and unlocked one that was said; any of them where a verb says none, such
    // as "kill the light".
    private static boolean isSaid(String state, String property, String text) {
        if (SAID_AS.containsKey(state)) {
            Set<String> said = saidStates(text);
            Pattern way = WAY.get(state);
            return said.contains(state)
                    || (way != null && way.matcher(Said.plain(text)).find())
                    || (said.isEmpty()
                            && (VERB.matcher(Slips.OF_VERBS.mended(Said.plain(text)))
                                            .find()
                                    || (state.equals("on")
                                            && DARK.matcher(Said.plain(text)).find())));
        }
        return Said.within(state, text) && Said.plain(text).contains(property) && Said.wholeNumbers(state, text);
    }

    private static Set<String> saidStates(String text) {
        String plain = Slips.OF_VERBS.mended(Said.plain(text));
        Set<String> said = statesIn(plain);
        return said.isEmpty() ? statesIn(Slips.OF_STATES.mended(plain)) : said;
    }

    private static Set<String> statesIn(String plain) {
        Set<String> words = Said.words(PLACE.matcher(plain).replaceAll(" "));
        Set<String> said = SAID_AS.entrySet().stream()
                .filter(state -> !Collections.disjoint(state.getValue(), words))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
        if (OFF.matcher(plain).find()) {
            said.add("off");
        }
        return said;
    }
}
