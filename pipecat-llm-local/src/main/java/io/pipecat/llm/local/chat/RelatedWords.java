package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Words that people use for the same matter, a line each: who asks for an umbrella may mean a tool that says "weather". A tool is only
 * offered to the built-in model, not chosen, because of them.
 */
final class RelatedWords {
    private static final String LINES = """
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
            todo task chore job done
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
            laundry washing wash washer clothe
            coffee cappuccino espresso latte
            bin rubbish trash garbage waste recycling collect collection
            sunset sunrise sun dusk dawn
            sport score match team win won game league result play played
            workout exercise yoga pilates training
            weight weigh scale kilo
            medicine pill tablet medication
            sleep slept
            log record note
            find lost locate search look where
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
    private static final List<Set<String>> GROUPS = LINES.lines()
            .map(line ->
                    Set.of(line.split(" ")).stream().map(HomeFunctions::stem).collect(Collectors.toUnmodifiableSet()))
            .toList();

    private RelatedWords() {}

    /** Returns the numbers of the lines that a word belongs to. */
    static IntStream lines(String stem) {
        return IntStream.range(0, GROUPS.size()).filter(i -> GROUPS.get(i).contains(stem));
    }
}
