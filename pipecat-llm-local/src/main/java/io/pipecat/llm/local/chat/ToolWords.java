package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.FunctionSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which functions a request may be for, by the words of their names and descriptions and by words for the same matter: who asks for an
 * umbrella may mean a tool that says "weather".
 */
final class ToolWords {
    private static final Pattern CAMEL = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ENDING = Pattern.compile("(?<=\\p{L}{3})(?:ing|ed|(?<=ch|sh|ss|us|x|z)es|(?<!s)s)$");
    private static final Set<String> COMMON = Set.of(
            ("a an the of to in on at for by with from and or is are it its this that what which who how when where me my you your i we do does"
                            + " can could would will please tell give show get set say make one all some any be as if not no so up")
                    .split(" "));
    // Words for the same matter, a line each.
    private static final String RELATED = """
            weather forecast rain rainy snow sunny umbrella storm stormy wind windy hail cloudy drizzle thunder outside
            translate translation language english spanish french german italian portuguese dutch polish finnish swedish norwegian danish russian turkish greek chinese japanese korean arabic hindi latin
            music song artist album track tune playlist listen hear sing band melody
            radio station tune
            podcast episode show
            audiobook book chapter read reading
            alarm wake snooze
            timer countdown count stopwatch
            reminder remind remember forget
            note memo write jot wrote written
            todo task chore job
            shopping grocery buy bought shop
            calendar appointment event schedule diary meeting planned agenda anything busy free
            mail email inbox
            message text sms chat
            phone call ring dial telephone mobile speak
            announce announcement speaker broadcast everyone everybody
            news headline
            stock share trading trade
            currency money euro dollar yen pound franc exchange convert
            unit measurement convert kilometre mile metre inch foot feet pint litre gallon kilo ounce fahrenheit celsius
            bank account balance saving
            pay transfer payment money owe
            recipe cook cooking dish bake meal
            restaurant table reserve reservation book
            taxi cab ride
            bus tram train departure depart leave
            flight plane airport fly
            traffic jam road
            navigation navigate route direction drive guide way
            parking parked park
            petrol fuel tank diesel
            charge charging battery
            film movie cinema showtime
            tv television telly channel watch
            record recording tape
            pause hold
            skip next
            volume louder quieter loud quiet
            joke funny laugh
            story tale fairy
            quiz trivia test
            define definition dictionary mean meaning
            spell spelt spelling
            rhyme poem
            pet cat dog
            feed food hungry fed
            vacuum hoover robot clean dirty mop dock
            plant water watering garden sprinkler lawn bed
            dishwasher dish
            laundry washing wash washer clothes
            coffee cappuccino espresso latte
            bin rubbish trash garbage waste recycling collect collection
            sunset sunrise sun dusk dawn
            sport score match team win won game league result play played
            workout exercise yoga pilates
            weight weigh scale kilo
            medicine pill tablet medication
            sleep slept
            log record note
            find lost locate search look
            delete remove rid cancel scratch cross
            photo picture snapshot camera
            print copy
            file document
            site website page online reach reachable
            wifi internet network speed fast slow
            coin head tail flip toss
            home presence
            distance far
            calorie fattening
            garage parked car""";
    private static final Map<String, Set<Integer>> LINES = lines();

    private ToolWords() {}

    private static Map<String, Set<Integer>> lines() {
        Map<String, Set<Integer>> found = new HashMap<>();
        List<String> lines = RELATED.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            for (String word : lines.get(i).strip().split(" ", -1)) {
                found.computeIfAbsent(stem(word), stem -> new HashSet<>()).add(i);
            }
        }
        return found;
    }

    /** Returns how many words of a request fit a function. */
    static long fit(FunctionSpec function, String asked) {
        Set<String> own = stems(function.name() + " " + HomeFunctions.description(function));
        Set<Integer> matters = own.stream()
                .flatMap(stem -> LINES.getOrDefault(stem, Set.of()).stream())
                .collect(Collectors.toSet());
        return stems(asked).stream()
                .filter(stem -> own.contains(stem)
                        || LINES.getOrDefault(stem, Set.of()).stream().anyMatch(matters::contains))
                .count();
    }

    /** Returns the words that a name or a sentence is made of, in lower case with spaces between them. */
    static String spelled(String text) {
        return BETWEEN_WORDS
                .matcher(CAMEL.matcher(text).replaceAll(" "))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the words without their endings, and without those that stand in any sentence. */
    static Set<String> stems(String text) {
        return Arrays.stream(spelled(text).split(" ", -1))
                .filter(word -> !word.isEmpty() && !COMMON.contains(word))
                .map(ToolWords::stem)
                .collect(Collectors.toSet());
    }

    // Enough to find "fetch" in "Fetches" and "roll" in "Rolls".
    private static String stem(String word) {
        return ENDING.matcher(word).replaceFirst("");
    }
}
