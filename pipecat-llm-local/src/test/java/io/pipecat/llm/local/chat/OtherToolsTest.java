package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that the built-in model never saw: which it is offered for a request, and what of its calls passes. */
class OtherToolsTest {
    private static FunctionSpec tool(String line) {
        int open = line.indexOf('(');
        int close = line.indexOf(')');
        List<String> parameters = Arrays.stream(line.substring(open + 1, close).split(", "))
                .filter(parameter -> !parameter.isEmpty())
                .toList();
        JsonObject.Builder properties = JsonObject.builder();
        parameters.forEach(parameter -> properties.put(parameter, JsonObject.of("type", "string")));
        return new FunctionSpec(
                line.substring(0, open),
                line.substring(close + 3),
                JsonObject.builder()
                        .put("type", "object")
                        .put("properties", properties.build())
                        .put("required", JsonArray.ofStrings(parameters))
                        .build());
    }

    private static List<FunctionSpec> tools(String lines) {
        return Arrays.stream(lines.split("; ")).map(OtherToolsTest::tool).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forecast(city): Weather for a city. | do I need an umbrella in Oslo | forecast",
                "forecast(city): Weather for a city. | turn on the lamp | ''",
                "mail__find(sender): Looks for letters from a person. | any new email from Sven | mail__find",
                "play(title): Plays a song; stop_play(): Stops the player. | let me hear Thriller | play",
                "files__delete(name): Deletes a file. | who is the president of France | ''",
                "wake_up(time): Rings at a time. | set the alarm for seven | wake_up"
            })
    void areOfferedWhereTheirMatterIsSpokenOf(String tools, String asked, String offered) {
        String list = HomeFunctions.list(tools(tools), asked);

        assertEquals(
                offered,
                list.lines()
                        .filter(line -> line.contains("("))
                        .map(line -> line.substring(0, line.indexOf('(')))
                        .collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "water(zone, duration): Waters a zone. | water the tomato bed for 15 minutes | {'zone':'tomato bed','duration':'15'} | {'zone':'tomato bed','duration':'15 minutes'}",
                "water(zone, duration): Waters a zone. | water the lawn for fifteen minutes | {'zone':'lawn','duration':'fifteen'} | {'zone':'lawn','duration':'fifteen minutes'}",
                "water(zone, minutes): Waters a zone. | water the tomato bed for 15 minutes | {'zone':'tomato bed','minutes':'15'} | {'zone':'tomato bed','minutes':'15'}",
                "water(zone, seconds): Waters a zone. | water the lawn for 15 minutes | {'zone':'lawn','seconds':'15'} | refused",
                "heat(fahrenheit): Heats. | heat to 20 degrees celsius | {'fahrenheit':'20'} | refused",
                "convert_dollars(amount, currency): Converts. | convert 250 dollars to yen | {'amount':'250','currency':'yen'} | {'amount':'250','currency':'yen'}",
                "reminder(text, delay): Sets a reminder. | remind me to stretch in 10 min | {'text':'stretch','delay':'10'} | {'text':'stretch','delay':'10 min'}",
                "alarm(time): Sets an alarm. | alarm at 7 am please | {'time':'7'} | {'time':'7 am'}",
                "alarm(time): Sets an alarm. | alarm at 7 pm for bus 47 | {'time':'7'} | {'time':'7 pm'}",
                "alarm(time): Sets an alarm. | alarm at 7 amid the storm | {'time':'7'} | {'time':'7'}",
                "alarm(time): Sets an alarm. | alarm at 7:30 am | {'time':'7'} | refused",
                "alarm(time): Sets an alarm. | alarm at half past 7 | {'time':'7'} | refused",
                "alarm(time): Sets an alarm. | alarm in twenty five minutes | {'time':'five minutes'} | refused",
                "pay(amount): Pays. | pay 2,50 euros | {'amount':'50 euros'} | refused",
                "pay(amount): Pays. | pay 250€ | {'amount':'250'} | {'amount':'250€'}",
                "cool(value): Cools. | cool to minus 18 degrees | {'value':'18 degrees'} | refused",
                "car_charge(limit): Charges the car. | charge the car up to 80% | {'limit':'80'} | {'limit':'80%'}",
                "print(file, copies): Prints a file. | print a.pdf 2 times | {'file':'a.pdf','copies':'2'} | {'file':'a.pdf','copies':'2'}",
                "dose(amount): Notes a dose. | note 500 mg of ibuprofen | {'amount':'500'} | {'amount':'500 mg'}",
                "bake(celsius): Heats the oven. | heat the oven to 350 F | {'celsius':'350'} | refused",
                "weigh(kilos): Logs a weight. | log 180 pounds | {'kilos':'180'} | refused",
                "pay(euros): Pays. | pay 50 cents | {'euros':'50'} | refused",
                "pay(euros): Pays. | pay 50 euros | {'euros':'50'} | {'euros':'50'}",
                "timer(minutes): Starts a timer of up to 24 hours. | a timer for 2 hours | {'minutes':'2'} | refused",
                "remind(delay): Reminds later in the day. | remind me in 10 minutes | {'delay':'10'} | {'delay':'10 minutes'}",
                "balance(account): Tells the balance. | what is the balance of my savings account | {'account':'savings'} | {'account':'savings'}",
                "scene(scene): Starts a scene. | start do not disturb | {'scene':'do not disturb'} | {'scene':'do not disturb'}",
                "move(time): Moves a meeting. | move the meeting from ten to 11 | {'time':'11'} | {'time':'11'}",
                "weigh(weight): Logs the weight. | I weigh 80 kilos today | {'weight':'80 kilos'} | {'weight':'80 kilos'}",
                "eggs(count): Records eggs. | the hens laid 9 eggs, record that | {'count':'9 eggs'} | {'count':'9'}",
                "timer(minutes): Starts a timer. | who on earth came up with the egg timer | {'minutes':'earth came'} | refused",
                "story(topic): Tells a story. | a story with dragons pls pls | {'topic':'dragons pls'} | {'topic':'dragons'}",
                "send(to, text): Sends a text. | text Anna I'm late | {'to':'Anna','text':'Anna I'm late'} | {'to':'Anna','text':'I'm late'}",
                "send(to, text): Sends a text. | text Anna that Anna is late | {'to':'Anna','text':'Anna is late'} | {'to':'Anna','text':'Anna is late'}",
                "send(to, text): Sends a text. | text Anna many thanks, thank you | {'to':'Anna','text':'many thanks, thank you'} | {'to':'Anna','text':'many thanks, thank you'}",
                "trains(from, to): Finds trains. | trains from York to Durham | {'from':'York','to':'York'} | refused",
                "trains(from, to): Finds trains. | trains from York to York | {'from':'York','to':'York'} | {'from':'York','to':'York'}",
                "find_recipe(dish): Finds a recipe. | the recipe from last week was awful | {'dish':'last week was awful'} | refused",
                "ring(name): Rings a person. | what should I ring my kitten | {'name':'I ring my kitten'} | refused",
                "list_add(item): Adds an item. | add it | {'item':'seventeen bananas'} | refused",
                "list_add(item): Adds an item. | add something to the list, please | {'item':''} | refused",
                "say(text): Says a text. | say dinner is ready | {'text':'dinner is ready'} | {'text':'dinner is ready'}",
                "announce(announcement): Says it. | announce dinner is ready | {'announcement':'dinner is ready'} | {'announcement':'dinner is ready'}",
                "play(artist): Plays an artist. | play We Are Scientists | {'artist':'We Are Scientists'} | {'artist':'We Are Scientists'}"
            })
    void areGivenWholeValues(String tool, String asked, String written, String given) {
        assertEquals(given, outcome(tool, asked, tool(tool).name(), written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "taxi_cancel(): Cancels the taxi. | the taxi driver was rude | refused",
                "taxi_cancel(): Cancels the taxi. | I want a taxi | refused",
                "taxi_cancel(): Cancels the taxi. | take me home, a taxi please | refused",
                "taxi_cancel(): Cancels the taxi. | please don't cancel the taxi | refused",
                "taxi_cancel(): Cancels the taxi. | did you cancel the taxi | refused",
                "taxi_cancel(): Cancels the taxi. | forget the taxi, we walk | {}",
                "cancelTaxi(): '' | the taxi driver was rude | refused",
                "appointment_cancel(): Cancels the appointment. | the appointment was lovely | refused",
                "timer_cancel(): Cancels the timer. | how long until the timer goes off | refused",
                "timer_cancel(): Cancels the timer. | turn the timer off | {}",
                "stop_wash(): Stops the washing. | is the washing done already | refused",
                "stop_wash(): Stops the washing. | turn the washing off | {}",
                "prune(): Prunes all images. | how big are my images | refused",
                "power(): Shuts down the server. | the server is slow today | refused",
                "delete_mails(): Löscht alle Mails. | show my mails | refused",
                "delete_mails(): Löscht alle Mails. | get all mails deleted | {}",
                "delete_doubles(): Finds and deletes photos that are there twice. | show me photos of Rome | refused",
                "tidy(): Looks for and removes old photos. | show me photos of Rome | refused",
                "tidy(): Finds and removes old photos. | show me photos of Rome | refused",
                "tidy(): Gets rid of old photos. | show me old photos | refused",
                "stop_times(): Lists the buses of a stop. | which buses come next | {}",
                "bus_stop(): Lists the buses of a stop. | which buses come next | {}",
                "taxi_cancel(): '' | the taxi driver was rude | refused",
                "lights_off(): Turns off all lamps. | these lamps are nice | refused",
                "all_off(): Switches off all lamps. | no more lamps please | {}"
            })
    void endNothingUnlessThatIsSaid(String tool, String asked, String outcome) {
        assertEquals(outcome, outcome(tool, asked));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list_add(item): Puts an item on the shopping list. | take butter off the shopping list | refused",
                "list_add(item): Puts an item on the shopping list. | scratch the butter off our shopping list | refused",
                "list_add(item): Puts an item on the shopping list. | put butter on the shopping list | {'item':'butter'}",
                "list_add(item): Puts an item on the shopping list; list_find(item): Looks for an item in the list. | look for butter in the list | refused",
                "list_add(item): Puts an item on the shopping list; list_find(item): Looks for an item in the list. | add butter to the shopping list | {'item':'butter'}",
                "list_add(item): Puts an item on the shopping list; butter_churn(): Churns butter. | add butter to the shopping list | {'item':'butter'}",
                "list_add(item): Puts an item on the shopping list. | our shopping list is in the butter again, typical me | refused"
            })
    void areNotTakenForAnotherOne(String tools, String asked, String outcome) {
        assertEquals(outcome, outcome(tools, asked, "list_add", "{'item':'butter'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unlock_door(): Unlocks the door. | lock the front door | refused",
                "unlock_door(): Unlocks the door. | the front door is so beautiful | refused",
                "unlock_door(): Unlocks the door. | unlock the front door | {}",
                "gate_open(): Opens the gate. | close the gate | refused",
                "lights_on(): Turns the lights on. | turn the lights off | refused",
                "lights_on(): Turns the lights on. | turn the lights on | {}",
                "fan_on(): '' | turn the fan off | refused",
                "switch_on_pump(): Switches the pump on. | switch off the pump on the terrace | refused",
                "shop_hours(): Says when a shop opens. | when does the shop close | {}",
                "door_state(): Says whether a door is locked. | is the cellar door unlocked | {}",
                "louder(): Turns the volume up. | make it louder | {}",
                "louder(): Turns the volume up. | turn the volume up | {}",
                "louder(): Turns the volume up. | turn it down | refused",
                "vacuum(): Starts the vacuum robot. | vacuum the hall by the end of the day | {}",
                "weather(): Tells the weather. | the weather of today | {}",
                "news(): Reads the headlines. | the latest news | {}",
                "feed_cat(): Feeds the cat. | never feed the cat | refused",
                "water(): Waters the roses. | don't water the roses | refused",
                "open_garage(): Opens the garage. | is the garage open | refused",
                "open_garage(): Opens the garage. | is the garage shut? open it | {}",
                "call_tom(): Calls Tom. | should i call Tom | refused",
                "margherita(): Orders a margherita. | if Tom comes order a margherita | refused",
                "stops(): Departures of buses at a stop. | when does the next bus leave | {}",
                "brew(): Makes coffee. | coffee gives me a headache, doesn't it | refused",
                "brew(): Makes coffee. | we need coffee | {}",
                "brew(): Makes coffee. | the guests are here, make coffee | {}"
            })
    void doNotTheOppositeAndNothingThatIsOnlyTold(String tool, String asked, String outcome) {
        assertEquals(outcome, outcome(tool, asked));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reminder_set(text): Sets a reminder; feed_cat(): Feeds the cat. | remind me to feed the cat | {'text':'feed the cat'}",
                "reminder_set(text): Sets a reminder. | create a reminder to cancel my gym membership | {'text':'cancel my gym membership'}",
                "reminder_set(text): Sets a reminder. | remind me not to book a flight | {'text':'not to book a flight'}"
            })
    void readNoDeedInAValue(String tools, String asked, String given) {
        assertEquals(given, outcome(tools, asked, "reminder_set", given));
    }

    // Of a tool that takes no values.
    private static String outcome(String tool, String asked) {
        String line = tool.replace("''", "");
        return outcome(line, asked, line.substring(0, line.indexOf('(')), "{}");
    }

    private static String outcome(String tools, String asked, String name, String arguments) {
        List<LLMFrame> pushed = new ArrayList<>();
        HomeCalls calls = new HomeCalls(
                new LLMContext(List.of(new Message.User(asked)), tools(tools), GenerationOptions.DEFAULT), pushed::add);
        calls.accept("<tool_call>{\"name\":\"" + name + "\",\"arguments\":" + quoted(arguments) + "}</tool_call>");
        calls.end();
        return pushed.getFirst() instanceof ToolCall call ? single(call.argumentsJson()) : "refused";
    }

    private static String quoted(String text) {
        return text.replaceAll("(?<![\\p{L}])'|'(?![\\p{L}])", "\"");
    }

    private static String single(String json) {
        return json.replace('"', '\'');
    }
}
