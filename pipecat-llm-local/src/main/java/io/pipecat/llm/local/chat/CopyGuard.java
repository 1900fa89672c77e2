package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
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

/**
 * Lets a call of the built-in model through only if what it names comes from what was said. A small model that slips in a copy is as sure
 * of itself as one that does not; a refusal is better than the wrong door unlocked.
 */
final class CopyGuard {
    private static final String LEFT_AS_IT_IS =
            "Sorry, I did not understand what to do, so I left everything as it is.";
    // As the model itself declines.
    private static final String OUTSIDE = "Sorry, I am only a small model and cannot help with that.";
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Zs}]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");
    // Says that something is to be done, but not which of two states it is to have.
    private static final Pattern VERB = Pattern.compile(
            "\\b(light|launch|fire|power|boot|wake|let|get|give|need|needs|cut|halt|extinguish|douse|put|rid|pull|roll|bring|wind|swing|throw|crack|draw|drop|seal|fasten|push|move|silence|engage|disengage|hit|work|working|run|running|burning|juice|switch|turn|done|no more|up|down|out)\\b");
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
    // Hall light, please: nothing but its name.
    private static final String BARE_BEFORE = "(?:^|[,:;.!] ?)(?:(?:some|the|my|our|a|a bit of) )*";
    private static final String BARE_AFTER =
            "(?:[ !]|please|pls|now|thanks|[,.](?! ?(?:i'm|we're|it's|i|we|it)\\b))*+(?:$|[,.] ?(?:i'm|we're|it's|i|we|it)\\b.*$)";
    // Where a device is, and not that it is on.
    private static final Pattern PLACE = Pattern.compile(
            "(?<!\\b(?:turn|switch|put|flip|get|power|keep|leave|toggle|flick|pop|bring|turning|switching|turned|switched) )\\bon (?=(?:the|my|our|your|a|this)\\b)");
    // Lights on in the kitchen are the lights in the kitchen.
    private static final Pattern STATE_WITHIN = Pattern.compile(
            "\\b(?:on|off|out|up|down|open|closed|shut|locked|unlocked) (?=(?:in|on|at|of|by|near|upstairs|downstairs|outside|inside)\\b)");
    private static final Pattern OFF = Pattern.compile(
            "\\b(?:don't|do not|no longer) (?:want|need)\\b|\\b(?:shut|close|power)\\b.*\\bdown\\b|\\b(?:turn|switch) of\\b");
    private static final Pattern DARK =
            Pattern.compile("\\b(?:(?<!not )too dark|pitch dark|(?<!not )so dark|can(?:'t|not|t) see)\\b");
    private static final Pattern IN_A_PLACE = Pattern.compile(
            "\\b[Ii]n (?!English|German|French|Spanish|January|February|March|April|May|June|July|August|September|October|November|December)\\p{Lu}\\p{Ll}+");
    // When something is to happen, and not what time it is.
    private static final Pattern NO_TIME = Pattern.compile(
            "\\b(?:what time|when) (?:does|do|did|will|should|shall|can|must)\\b(?!.*\\b(?:have|clocks?|make it|say)\\b)|\\bhow many (?!hours (?:ahead|behind))");
    // Nobody asks for the time without one of these.
    private static final Pattern OF_TIME = Pattern.compile(
            "\\b(?:time|times|timezone|day|days|date|clocks?|hours?|o'? ?clock|today|tonight|weekday|months?|years?|weeks?|weekend|late|early|midnight|noon|midday|morning|afternoon|evening|night|now|tomorrow"
                    + "|calendar|ahead|behind|asleep|awake|pm|am|zone|minutes?|dark|already|yet|still|mon(?:day)?|tue(?:sday)?|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august"
                    + "|september|october|november|december)(?:'s)?\\b");
    // And in Tokyo?
    private static final Pattern ALONE =
            Pattern.compile("(?:\\W|\\b(?:and|or|what|how|about|now|then|ok|in|for|at|over|of|to|please|pls)\\b)*+");
    private static final Pattern PLACE_TIME = Pattern.compile(
            "^(?!(?:What|The|Current|Local|Tell|Give|Show|My|Our|Your|This|Right|Exact|Say|Please|Check|Get|Any|Hey|Ok|Date|And|Got|Need|Party|Dinner)\\b)\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)? time\\W*$");
    // The last wish again, for another device.
    private static final Pattern SAME = Pattern.compile("\\b(same|too|also|as well|likewise|ditto|do|next|and|now)\\b");
    // What was spoken of before.
    private static final Pattern IT =
            Pattern.compile("\\b(it|its|them|they|that|this|those|these|one|ones|again|same)\\b");
    private static final Pattern ADDRESS = Pattern.compile("^(?:hey|hi|hello|ok|okay|so|well|um|and|please)\\b[ ,]*");
    // Whoever asks how or whether one should wants an explanation or advice.
    private static final Pattern NO_QUESTION = Pattern.compile(
            "^(?:should i|how (?:do|does|can) (?:i|one|a|an)|what (?:if|happens)|do you (?:like|love))\\b");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "\\b(?:don't|dont|do not|never|must not)\\s+(?:ever |you dare |yet )?(?:turn|switch|put|open|close|shut|lock|unlock|set|start|stop|run|delete|remove|send|call|restart|play|add|change|touch|dim|raise|lower|activate|disable)\\b");
    // What is asked about what was done, or whether it is so.
    private static final Pattern NO_WISH = Pattern.compile(
            "^(?:why(?! don't you| not)|who|i (?:just )?(?:dreamt|dreamed)|when (?:did|was|will|does)|is (?!it possible|there (?:a way|any way|a chance|any chance))|are(?! you able)|was|were|did|which|am i right|surely)\\b"
                    + "|\\b(?:is it|isn't it|are they|aren't they|did i|didn't i|did we|didn't we)\\W*$"
                    + "|\\b(?:on or off|off or on|open or (?:shut|closed)|(?:shut|closed) or open|locked or unlocked|unlocked or locked)\\W*$");
    // A wish for another time, or for when something happens: nobody here waits for that.
    private static final Pattern NOT_NOW = Pattern.compile(
            "(?:^|[,;] ?|\\b(?:only|but|please|and) )(?:if|unless|whenever|when|as soon as)\\b(?! (?:you|possible|i may|it's (?:not|ok|okay|possible|alright|no)|it is (?:not|ok|okay|possible)|that's|not))"
                    + "|(?<!\\b(?:it|lovely|nice|great|good|me|check|see|know|wonder|better) )\\b(?:when|if|until|once|after|as soon as) (?:(?:i|we|he|she|they|it)(?:'\\w+)?|the \\w+|somebody|someone|anyone|everyone) "
                    + "(?!(?:is|are|'s)? ?(?:not |no )?(?:ok|okay|alright|fine|possible|trouble|too much)|forget)"
                    + "|\\bevery (?:night|morning|evening|hour|\\w*day)\\b|\\blater\\W*$|\\b(?:on|at) (?:weekdays|weekends)\\b|\\btomorrow\\b(?!')"
                    + "|\\b(?:at|from|until|till) (?:noon|midnight|dawn|dusk|sunset|sunrise|half past|quarter (?:past|to)|[0-9]{1,2}(?::[0-9]{2}| ?(?:am|pm|o'? ?clock)))\\b"
                    + "|\\bin (?:[0-9]+|an?|half an|two|three|five|ten|fifteen|twenty|thirty) (?:minutes?|hours?|seconds?|mins?)\\b");
    // Why is it still on, turn it off.
    private static final Pattern WISH_AFTER = Pattern.compile(
            "(?:[,.;!?]|\\b(?:also|plus|so|then))\\s+(?:(?:also|plus|so|then|please|now|just) )*(?:turn|switch|put|open|close|shut|lock|unlock|set|start|stop|lower|raise|dim)\\b");
    // What stands for a name is none.
    private static final Pattern NO_NAME = Pattern.compile(
            "(?:it|them|they|that|this|those|these|one|that one|this one|both|(?:both|all) of (?:them|those|these)|(?:them|those|these) (?:all|both)|em)");

    // Another wish, or what somebody tells: it ran on past the name.
    private static final Pattern PAST_THE_NAME = Pattern.compile(
            "^(?:brighten|turn|unlock|put|make|bring) (?!stile)|(?:\\b(?:and|then|n|plus)|[,;&]) (?:(?:then|also|please) )*(?:turn|switch|set|open|close|shut|lock|unlock|dim|start|stop|put|make)\\b"
                    + "|\\b(?:is|are|was|were|because|please|i|you|when|if|it's|that's)\\b");

    // It is raining, it stinks of paint: what is told and not named.
    private static final Pattern TOLD_OF =
            Pattern.compile("\\b(?:it is|it's|because of|(?:stinks|smells|reeks) of)(?: the| my| our| a)? \n");

    /** What becomes of a call. */
    sealed interface Verdict {
        record Pass(JsonObject arguments) implements Verdict {}

        record Refuse(String sentence) implements Verdict {}
    }

    private CopyGuard() {}

    /**
     * Checks a call.
     *
     * @param function the function that is called
     * @param arguments as the model wrote them, all texts
     * @param asked what the person said last
     * @param before what was said before, for a device that is only called it
     * @return the arguments in the types that the function takes, or what to say instead
     */
    static Verdict check(FunctionSpec function, JsonObject arguments, String asked, String before) {
        if (function.name().equals(HomeFunctions.CALCULATE)) {
            return sum(arguments, asked);
        }
        boolean device =
                function.name().equals(HomeFunctions.QUERY) || function.name().equals(HomeFunctions.COMMAND);
        return named(function, device ? wholeName(arguments, asked) : arguments, asked, before);
    }

    private static JsonObject wholeName(JsonObject arguments, String asked) {
        return arguments
                .string("target")
                .map(target -> arguments.toBuilder()
                        .put("target", WholeName.of(target, asked))
                        .build())
                .orElse(arguments);
    }

    private static Verdict named(FunctionSpec function, JsonObject arguments, String asked, String before) {
        Optional<String> problem = switch (function.name()) {
            case HomeFunctions.CLOCK -> time(arguments, asked);
            case HomeFunctions.QUERY -> noQuestion(asked).or(() -> target(arguments, asked, before));
            case HomeFunctions.COMMAND ->
                noQuestion(asked)
                        .or(() -> noWish(asked))
                        .or(() -> target(arguments, asked, before))
                        .or(() -> state(arguments, asked, before));
            default -> forbidden(asked).or(() -> others(arguments, asked, function));
        };
        return problem.<Verdict>map(Verdict.Refuse::new)
                .or(() -> typed(function, arguments).map(Verdict.Pass::new))
                .orElseGet(() -> new Verdict.Refuse(
                        "Sorry, I did not understand with which values to call " + function.name() + "."));
    }

    // The model decides that there is something to calculate; where the words are a sum, they are what is calculated.
    private static Verdict sum(JsonObject arguments, String asked) {
        if (SumGuard.agrees(arguments.string("expression").orElse(""), asked)) {
            return new Verdict.Pass(arguments);
        }
        return SumGuard.copied(asked)
                .<Verdict>map(sum -> new Verdict.Pass(JsonObject.of("expression", sum)))
                .orElseGet(() -> new Verdict.Refuse(
                        "Sorry, I did not understand that sum. Write it with figures, such as 17 * 23."));
    }

    private static Optional<String> time(JsonObject arguments, String asked) {
        if (NO_TIME.matcher(plain(asked)).find()) {
            return Optional.of(OUTSIDE);
        }
        String zone = arguments.string("zone").orElse("");
        boolean follows = !zone.isBlank()
                && ALONE.matcher(plain(asked).replace(plain(zone), "")).matches();
        if (!follows && !OF_TIME.matcher(Slips.OF_TIMES.mended(plain(asked))).find()) {
            return Optional.of(OUTSIDE);
        }
        boolean elsewhere = zone.isBlank()
                && (IN_A_PLACE.matcher(asked).find()
                        || PLACE_TIME.matcher(asked.strip()).find());
        return within(zone, asked) && !elsewhere
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand for which place you want the time.");
    }

    private static Optional<String> noQuestion(String asked) {
        return NO_QUESTION.matcher(request(asked)).find() ? Optional.of(OUTSIDE) : Optional.empty();
    }

    private static Optional<String> noWish(String asked) {
        boolean question = NO_WISH.matcher(request(asked)).find()
                && !WISH_AFTER.matcher(plain(asked)).find();
        boolean later = NOT_NOW.matcher(SpokenNumbers.inFigures(request(asked))).find();
        return question || later ? Optional.of(LEFT_AS_IT_IS) : forbidden(asked);
    }

    private static Optional<String> forbidden(String asked) {
        return FORBIDDEN.matcher(plain(asked)).find() ? Optional.of(LEFT_AS_IT_IS) : Optional.empty();
    }

    private static String request(String asked) {
        return ADDRESS.matcher(plain(asked)).replaceFirst("");
    }

    private static Optional<String> target(JsonObject arguments, String asked, String before) {
        String target = arguments.string("target").orElse("");
        boolean named = within(target, asked)
                || within(target, STATE_WITHIN.matcher(plain(asked)).replaceAll(""))
                || (IT.matcher(plain(asked)).find() && within(target, before));
        boolean name = !target.isBlank()
                && !NO_NAME.matcher(plain(target)).matches()
                && !PAST_THE_NAME.matcher(plain(target)).find();
        boolean told =
                TOLD_OF.matcher(plain(asked).replace(plain(target), "\n")).find();
        return name && named && !told
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand which device you mean.");
    }

    private static Optional<String> state(JsonObject arguments, String asked, String before) {
        String state = arguments.string("state").orElse("").toLowerCase(Locale.ROOT);
        String property = arguments
                .string("property")
                .map(own -> own.equals("color") ? "colo" : own)
                .orElse("");
        boolean said = isSaid(state, property, asked);
        boolean again = !said
                && property.isEmpty()
                && SAME.matcher(plain(asked)).find()
                && saidStates(asked).isEmpty()
                && numbers(asked).isEmpty();
        boolean fits = said
                || (again && isSaid(state, property, before))
                || (state.equals("on") && isBare(arguments.string("target").orElse(""), asked));
        return fits && !state.isBlank()
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand what it should be set to.");
    }

    private static boolean isBare(String target, String asked) {
        return saidStates(asked).isEmpty()
                && Pattern.compile(BARE_BEFORE + Pattern.quote(plain(target)) + BARE_AFTER)
                        .matcher(plain(asked))
                        .find();
    }

    // Of on and off, open and closed, locked and unlocked one that was said; any of them where a verb says none, such
    // as "kill the light".
    private static boolean isSaid(String state, String property, String text) {
        if (SAID_AS.containsKey(state)) {
            Set<String> said = saidStates(text);
            Pattern way = WAY.get(state);
            return said.contains(state)
                    || (way != null && way.matcher(plain(text)).find())
                    || (said.isEmpty()
                            && (VERB.matcher(Slips.OF_VERBS.mended(plain(text))).find()
                                    || (state.equals("on")
                                            && DARK.matcher(plain(text)).find())));
        }
        return within(state, text) && plain(text).contains(property) && wholeNumbers(state, text);
    }

    private static Set<String> saidStates(String text) {
        String plain = Slips.OF_VERBS.mended(plain(text));
        Set<String> said = statesIn(plain);
        return said.isEmpty() ? statesIn(Slips.OF_STATES.mended(plain)) : said;
    }

    private static Set<String> statesIn(String plain) {
        Set<String> words = words(PLACE.matcher(plain).replaceAll(" "));
        Set<String> said = SAID_AS.entrySet().stream()
                .filter(state -> !Collections.disjoint(state.getValue(), words))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
        if (OFF.matcher(plain).find()) {
            said.add("off");
        }
        return said;
    }

    private static Optional<String> others(JsonObject arguments, String asked, FunctionSpec function) {
        boolean copied = arguments.members().values().stream()
                .allMatch(value -> value instanceof JsonString text
                        && within(text.value(), asked)
                        && wholeNumbers(text.value(), asked));
        boolean complete = arguments.members().keySet().containsAll(HomeFunctions.required(function));
        return copied && complete
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand with which values to call " + function.name() + ".");
    }

    // A number is the same number, not a part of a longer one: 2 is not in 21.
    private static boolean wholeNumbers(String value, String asked) {
        List<String> said = numbers(asked);
        return said.containsAll(numbers(value));
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(found -> found.group()).toList();
    }

    // As words of their own: a lamp is not in lamps, nor lamp 2 in lamp 21.
    private static boolean within(String part, String text) {
        String inside = plain(part);
        return inside.isEmpty()
                || Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(inside) + "(?![\\p{L}\\p{N}])")
                        .matcher(plain(text))
                        .find();
    }

    private static String plain(String text) {
        return SPACE.matcher(text.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .replaceAll(" ")
                .strip();
    }

    private static Set<String> words(String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = WORD.matcher(plain(text));
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static Optional<JsonObject> typed(FunctionSpec function, JsonObject arguments) {
        JsonObject.Builder typed = JsonObject.builder();
        for (Map.Entry<String, JsonValue> argument : arguments.members().entrySet()) {
            if (!HomeFunctions.takes(function, argument.getKey())) {
                continue;
            }
            if (!(argument.getValue() instanceof JsonString text)) {
                return Optional.empty();
            }
            Optional<JsonValue> value = typed(HomeFunctions.type(function, argument.getKey()), text);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            typed.put(argument.getKey(), value.get());
        }
        return Optional.of(typed.build());
    }

    private static Optional<JsonValue> typed(String type, JsonString text) {
        return switch (type) {
            case "integer", "number" -> {
                try {
                    yield Optional.of(JsonNumber.of(new java.math.BigDecimal(text.value())));
                } catch (NumberFormatException e) {
                    yield Optional.empty();
                }
            }
            case "boolean" ->
                switch (text.value()) {
                    case "true" -> Optional.of(JsonBool.TRUE);
                    case "false" -> Optional.of(JsonBool.FALSE);
                    default -> Optional.empty();
                };
            default -> Optional.of(text);
        };
    }
}
