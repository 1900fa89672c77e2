package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.Message;
import io.pipecat.json.Json;
import io.pipecat.llm.local.chat.HomeResults.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the built-in model is told of functions, which of its calls pass, and what becomes of their results. */
class HomeToolsTest {
    private static final FunctionSpec CLOCK = function(HomeFunctions.CLOCK, "Tells the time.", "", "zone:string");
    private static final FunctionSpec QUERY = function(HomeFunctions.QUERY, "State.", "target", "target:string");
    private static final FunctionSpec COMMAND =
            function(HomeFunctions.COMMAND, "Changes.", "target,state", "target:string,state:string,property:string");
    private static final FunctionSpec DIE =
            function("roll_dice", "Rolls a die, with that many sides.", "sides", "sides:integer");
    private static final FunctionSpec FETCH = function(
            "web__fetch",
            "Fetches a page and returns its readable text, with links.",
            "url",
            "url:string,start:integer");
    private static final FunctionSpec SSH =
            function("ssh__run_command", "Runs a command.", "host,username,command", "host:string");

    private static FunctionSpec function(String name, String description, String required, String parameters) {
        JsonObject.Builder properties = JsonObject.builder();
        for (String parameter : List.of(parameters.split(",", -1))) {
            int colon = parameter.indexOf(':');
            properties.put(parameter.substring(0, colon), JsonObject.of("type", parameter.substring(colon + 1)));
        }
        return new FunctionSpec(
                name,
                description,
                JsonObject.builder()
                        .put("type", "object")
                        .put("properties", properties.build())
                        .put(
                                "required",
                                JsonArray.ofStrings(required.isEmpty() ? List.of() : List.of(required.split(",", -1))))
                        .build());
    }

    @Test
    void listsItsOwnFunctionsAlwaysAndOthersWhereTheirWordsAreAskedFor() {
        List<FunctionSpec> offered = List.of(SSH, FETCH, DIE, COMMAND, QUERY, CLOCK);

        assertEquals(
                "clock__now(zone)\nworld_model__query(target)\nworld_model__command(target, state)",
                HomeFunctions.list(offered, "Turn on the lamp"));
        assertTrue(HomeFunctions.list(offered, "roll a die with 6 sides").endsWith("\nroll_dice(sides): Rolls a die."));
        assertTrue(HomeFunctions.list(offered, "fetch https://example.com")
                .endsWith("\nweb__fetch(url): Fetches a page and returns its readable text."));
        assertFalse(
                HomeFunctions.list(offered, "run the command on that host").contains("ssh"),
                "three values are more than it can fill in");
        assertEquals("No tools.", HomeFunctions.list(List.of(), "Hello"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kitchen light | on | turn on the Kitchen  Light | '' | pass",
                "kitchen light | off | turn the kitchen light off | '' | pass",
                "kitchen light | on | turn it on again | is the kitchen light off | pass",
                "kitchen light | on | turn on the chicken light | '' | which device",
                "kitchen light | on | turn the kitchen light off | '' | set to",
                "front door | unlocked | lock the front door | '' | set to",
                "front door | locked | lock the front door | '' | pass",
                "blinds | closed | shut the blinds | '' | pass",
                "oven | on | start the oven | '' | pass",
                "lamp | 40% | dim the lamp to 40% | '' | pass",
                "lamp | 4% | dim the lamp to 40% | '' | set to",
                "lamp | red | make the lamp blue | '' | set to",
                "lamp | '' | make the lamp blue | '' | set to",
                "lamp | on | don't turn on the lamp | '' | left everything",
                "lamp | on | never switch the lamp on at night | '' | left everything",
                "lamp | on | who turned on the lamp | '' | left everything",
                "lamp | on | should i turn on the lamp | '' | cannot help",
                "lamp | on | don't forget to turn on the lamp | '' | pass",
                "lamp | on | why don't you turn on the lamp | '' | pass",
                "lamp | off | we don't need the lamp, turn it off | '' | pass",
                "lamp | on | don’t turn on the lamp | '' | left everything",
                "lamp | on | hey, should i turn on the lamp | '' | cannot help",
                "lamp | on | is the lamp on | '' | left everything",
                "lamp | off | i don't want the lamp on anymore | '' | pass",
                "lamp | off | when you have time turn off the lamp | '' | pass",
                "lights in the kitchen | on | lights on in the kitchen | '' | pass",
                "lights in the kitchen | off | lights on in the kitchen | '' | set to",
                "lights in the kitchen | on | lights on in the hall | '' | which device",
                "lamp | on | is the lamp on? thanks | '' | left everything",
                "lamp | off | what about the lamp at the end of the hall | '' | set to",
                "lamp | on | is the lamp on? | '' | left everything",
                "lamp | off | is there a way to turn the lamp off | '' | pass",
                "lamp | off | are you able to turn the lamp off | '' | pass",
                "lamp | off | are the lamps off | '' | left everything",
                "front door | locked | bolt the front door | '' | pass",
                "front door | unlocked | bolt the front door | '' | set to",
                "lamp | on | now turn the lamp off | turn on the fan | set to",
                "lamp | 40% | set the lamp to 45% now | set the lamp to 40% | set to",
                "front door | unlocked | close the front door | '' | set to",
                "front door | open | lock the front door | '' | set to",
                "lamp | off | kill the lamp on the desk | '' | pass",
                "all lights | off | turn off the hall lights | '' | which device",
                "lamp 2 | on | turn on lamp 21 | '' | which device",
                "lamp | on | turn on the fan | turn off the lamp | which device",
                "alarm | off | disarm the alarm | '' | pass",
                "alarm | on | disarm the alarm | '' | set to",
                "blinds | closed | lower the blinds | '' | pass",
                "blinds | open | lower the blinds | '' | set to",
                "sofa lamp | 40% | the same for the sofa lamp | set the desk lamp to 40% | pass",
                "sofa lamp | 45% | the same for the sofa lamp | set the desk lamp to 40% | set to",
                "sofa lamp | 40% | make the sofa lamp blue | set the desk lamp to 40% | set to"
            })
    void passesACommandOnlyIfItWasAskedFor(String target, String state, String asked, String before, String outcome) {
        JsonObject arguments =
                JsonObject.builder().put("target", target).put("state", state).build();
        switch (CopyGuard.check(COMMAND, arguments, asked, before)) {
            case CopyGuard.Verdict.Pass pass -> {
                assertEquals("pass", outcome);
                assertEquals(arguments, pass.arguments());
            }
            case CopyGuard.Verdict.Refuse refuse -> assertTrue(refuse.sentence().contains(outcome), refuse.sentence());
        }
    }

    @Test
    void givesOtherFunctionsTheTypesThatTheyTake() {
        CopyGuard.Verdict verdict = CopyGuard.check(DIE, JsonObject.of("sides", "20"), "roll a die with 20 sides", "");

        assertEquals(
                "{\"sides\":20}",
                verdict instanceof CopyGuard.Verdict.Pass pass
                        ? pass.arguments().toString()
                        : "refused");
        assertTrue(
                CopyGuard.check(DIE, JsonObject.of("sides", "2"), "roll a die with 20 sides", "")
                        instanceof CopyGuard.Verdict.Refuse);
        assertTrue(
                CopyGuard.check(DIE, JsonObject.of("sides", "die"), "roll a die", "")
                        instanceof CopyGuard.Verdict.Refuse);
        assertTrue(CopyGuard.check(DIE, JsonObject.EMPTY, "roll a die", "") instanceof CopyGuard.Verdict.Refuse);
    }

    @Test
    void takesAPlaceForTheClockOnlyIfItWasNamed() {
        assertTrue(
                CopyGuard.check(CLOCK, JsonObject.of("zone", "Tokyo"), "time in tokyo", "")
                        instanceof CopyGuard.Verdict.Pass);
        assertTrue(
                CopyGuard.check(CLOCK, JsonObject.of("zone", "Tokyo"), "time in kyoto", "")
                        instanceof CopyGuard.Verdict.Refuse);
        assertTrue(CopyGuard.check(CLOCK, JsonObject.EMPTY, "what time is it", "") instanceof CopyGuard.Verdict.Pass);
        assertTrue(
                CopyGuard.check(CLOCK, JsonObject.of("zone", "Peru"), "what time does Peru have", "")
                        instanceof CopyGuard.Verdict.Pass);
        assertTrue(
                CopyGuard.check(CLOCK, JsonObject.EMPTY, "what time is it in Bielefeld", "")
                        instanceof CopyGuard.Verdict.Refuse);
        assertTrue(
                CopyGuard.check(CLOCK, JsonObject.EMPTY, "what time does the shop close", "")
                        instanceof CopyGuard.Verdict.Refuse);
    }

    private static Result result(String function, String text, boolean error, String arguments) throws Exception {
        return HomeResults.of(new Message.ToolResult("id", function, text, error), Json.parseObject(arguments));
    }

    @ParameterizedTest
    @CsvSource({
        "391, 17 * 23 = 391.",
        "3.50, 17 * 23 = 3.5.",
        "1.2E+3, 17 * 23 = 1200.",
        "1E+999999999, 17 * 23 = 1E+999999999.",
        "0.333333333333333333, 17 * 23 = 0.333333333333.",
        "12345678901234567890, 17 * 23 = 12345678901234567890."
    })
    void tellsASum(String text, String sentence) throws Exception {
        assertEquals(
                sentence,
                result(HomeFunctions.CALCULATE, text, false, "{\"expression\":\"17 * 23\"}")
                        .sentence());
    }

    @Test
    void tellsTheTime() throws Exception {
        Result now = result(
                HomeFunctions.CLOCK,
                "{\"time\":\"09:05:59\",\"date\":\"2026-11-22\",\"weekday\":\"Sunday\",\"zone\":\"UTC\"}",
                false,
                "{}");

        assertEquals("09:05, Sunday, 22 November 2026", now.shown());
        assertEquals("It is 09:05, Sunday, 22 November 2026.", now.sentence());
    }

    @Test
    void tellsTheStateOfDevices() throws Exception {
        Result two = result(
                HomeFunctions.QUERY,
                "{\"devices\":[{\"name\":\"Kitchen light\",\"state\":{\"state\":\"on\",\"brightness\":40}},"
                        + "{\"name\":\"Oven\",\"state\":{\"state\":\"off\",\"brightness\":40,\"temperature\":21.50}}]}",
                false,
                "{\"target\":\"kitchen\"}");

        assertEquals("Kitchen light: on, 40%; Oven: off, 21.5 °C", two.shown());
        assertEquals(List.of("Kitchen light", "on, 40%", "Oven", "off, 21.5 °C"), two.facts());
        assertTrue(two.simple());
    }

    @Test
    void leavesLongListsFailuresAndErrorsToNoModel() throws Exception {
        String device = "{\"name\":\"Lamp\",\"state\":{\"state\":\"on\"}}";
        Result many = result(
                HomeFunctions.QUERY,
                "{\"devices\":[" + String.join(",", List.of(device, device, device, device)) + "]}",
                false,
                "{}");
        Result partly = result(
                HomeFunctions.COMMAND,
                "{\"devices\":[{\"name\":\"Lamp\",\"state\":\"on\"}],\"status\":\"confirmed\",\"failed\":[{\"name\":\"x\",\"error\":\"There is no x.\"}]}",
                false,
                "{\"state\":\"on\"}");
        Result error = result(HomeFunctions.COMMAND, "There is no \"x\" here.", true, "{}");

        assertFalse(many.simple());
        assertEquals("Lamp: on; Lamp: on; Lamp: on; Lamp: on.", many.sentence());
        assertFalse(partly.simple());
        assertEquals("Done: Lamp on. There is no x.", partly.sentence());
        assertFalse(error.simple());
        assertEquals("Sorry. There is no \"x\" here.", error.sentence());
    }

    @Test
    void saysWhatIsNotConfirmed() throws Exception {
        Result asked = result(
                HomeFunctions.COMMAND,
                "{\"devices\":[{\"name\":\"Lamp\",\"state\":\"on\"}],\"status\":\"assumed\"}",
                false,
                "{\"state\":\"on\"}");

        assertEquals("asked: Lamp on", asked.shown());
        assertEquals("I asked for it: Lamp on. Not confirmed yet.", asked.sentence());
    }

    @Test
    void tellsWhatOtherToolsAnsweredInTheirOwnWords() throws Exception {
        Result weather = result("weather", "{\"sky\":\"clear\",\"degrees\":12}", false, "{}");

        assertEquals("weather: sky clear, degrees 12", weather.sentence());
        assertFalse(weather.simple());
    }
}
