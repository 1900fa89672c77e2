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
                "water(zone, minutes): Waters a zone. | water the tomato bed for 15 minutes | {'zone':'tomato bed','minutes':'15'} | {'zone':'tomato bed','minutes':'15'}",
                "convert_dollars(amount, currency): Converts. | convert 250 dollars to yen | {'amount':'250','currency':'yen'} | {'amount':'250','currency':'yen'}",
                "alarm(time): Sets an alarm. | alarm at 7 am please | {'time':'7'} | {'time':'7 am'}",
                "alarm(time): Sets an alarm. | alarm at 7 amid the storm | {'time':'7'} | {'time':'7'}",
                "car_charge(limit): Charges the car. | charge the car up to 80% | {'limit':'80'} | {'limit':'80%'}",
                "print(file, copies): Prints a file. | print a.pdf 2 times | {'file':'a.pdf','copies':'2'} | {'file':'a.pdf','copies':'2'}",
                "story(topic): Tells a story. | a story with dragons pls pls | {'topic':'dragons pls'} | {'topic':'dragons'}",
                "send(to, text): Sends a text. | text Anna I'm late | {'to':'Anna','text':'Anna I'm late'} | {'to':'Anna','text':'I'm late'}",
                "send(to, text): Sends a text. | text Anna that Anna is late | {'to':'Anna','text':'Anna is late'} | {'to':'Anna','text':'Anna is late'}",
                "trains(from, to): Finds trains. | trains from York to Durham | {'from':'York','to':'York'} | refused",
                "trains(from, to): Finds trains. | trains from York to York | {'from':'York','to':'York'} | {'from':'York','to':'York'}",
                "find_recipe(dish): Finds a recipe. | the recipe from last week was awful | {'dish':'last week was awful'} | refused",
                "ring(name): Rings a person. | what should I ring my kitten | {'name':'I ring my kitten'} | refused",
                "say(text): Says a text. | say dinner is ready | {'text':'dinner is ready'} | {'text':'dinner is ready'}"
            })
    void areGivenWholeValues(String tool, String asked, String written, String given) {
        assertEquals(given, outcome(tool, asked, tool(tool).name(), written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "taxi_cancel(): Cancels the taxi. | the taxi driver was rude | refused",
                "taxi_cancel(): Cancels the taxi. | forget the taxi, we walk | {}",
                "stop_wash(): Stops the washing. | the washing is so loud today | refused",
                "stop_wash(): Stops the washing. | turn the washing off | {}",
                "bus_stop_times(): Lists the buses of a stop. | which buses come next | {}",
                "taxi_cancel(): '' | the taxi driver was rude | refused",
                "lights_off(): Turns off all lamps. | these lamps are nice | refused",
                "all_off(): Switches off all lamps. | no lamps any more please | {}"
            })
    void endNothingUnlessThatIsSaid(String tool, String asked, String outcome) {
        String line = tool.replace("''", "");
        assertEquals(outcome, outcome(line, asked, line.substring(0, line.indexOf('(')), "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list_add(item): Puts an item on the shopping list. | take butter off the shopping list | refused",
                "list_add(item): Puts an item on the shopping list. | scratch the butter off our shopping list | refused",
                "list_add(item): Puts an item on the shopping list. | put butter on the shopping list | {'item':'butter'}",
                "list_add(item): Puts an item on the shopping list; list_find(item): Looks for an item in the list. | look for butter in the list | refused",
                "list_add(item): Puts an item on the shopping list; list_find(item): Looks for an item in the list. | add butter to the shopping list | {'item':'butter'}"
            })
    void areNotTakenForAnotherOne(String tools, String asked, String outcome) {
        assertEquals(outcome, outcome(tools, asked, "list_add", "{'item':'butter'}"));
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
