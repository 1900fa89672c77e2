package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.llm.local.gguf.GgufHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a response of the built-in model to a request: what is pushed, what is refused, and what is asked again. */
class HomeCallsTest {
    private static final ToolDialect HOME = Dialects.of(
            new GgufHeader(
                    Path.of("m.gguf"), 1, "llama", "pipecat-home", 1024, "", "llama", 1, Set.of(), List.of(), false, 1),
            messages -> "");
    private static final List<FunctionSpec> FUNCTIONS = List.of(
            function("clock__now", "zone"),
            function(HomeFunctions.CALCULATE, "expression"),
            function(HomeFunctions.COMMAND, "target", "state"));

    private final List<LLMFrame> pushed = new ArrayList<>();

    private static FunctionSpec function(String name, String... parameters) {
        JsonObject.Builder properties = JsonObject.builder();
        for (String parameter : parameters) {
            properties.put(parameter, JsonObject.of("type", "string"));
        }
        return new FunctionSpec(
                name,
                "",
                JsonObject.builder()
                        .put("type", "object")
                        .put("properties", properties.build())
                        .put("required", JsonArray.ofStrings(List.of(parameters)))
                        .build());
    }

    private static LLMContext context(Message... messages) {
        return new LLMContext(List.of(messages), FUNCTIONS, GenerationOptions.DEFAULT);
    }

    private static String sum(String expression) {
        return "<tool_call>{\"name\":\"calculator__evaluate\",\"arguments\":{\"expression\":\"" + expression
                + "\"}}</tool_call>";
    }

    private static String command(String target, String state) {
        return "<tool_call>{\"name\":\"world_model__command\",\"arguments\":{\"target\":\"" + target + "\",\"state\":\""
                + state + "\"}}</tool_call>";
    }

    private OutputParser reads(String asked, String response) {
        OutputParser parser = HOME.parser(context(new Message.User(asked)), pushed::add);
        parser.accept(response);
        return parser;
    }

    private List<String> calls() {
        return pushed.stream()
                .filter(ToolCall.class::isInstance)
                .map(call -> ((ToolCall) call).argumentsJson())
                .toList();
    }

    @Test
    void pushesTextAtOnceAndCallsAtTheEnd() {
        OutputParser parser = reads("i have 2 and get 3 more, how many is that", "Hello");
        assertEquals(List.of(new LLMFrame.Text("Hello")), pushed);
        parser.accept(sum("2 + 3"));
        assertEquals(1, pushed.size());
        parser.end();
        assertEquals(List.of("{\"expression\":\"2 + 3\"}"), calls());
    }

    @Test
    void refusesACallThatDoesNotAgree() {
        OutputParser parser = reads("what do 2 and 3 make", sum("2 + 4"));
        assertTrue(parser.refuses());
        assertEquals(List.of(), pushed, "so that nobody sees it if another try does better");
        parser.end();
        assertEquals(List.of(), calls());
        assertTrue(
                pushed.getFirst() instanceof LLMFrame.Text text && text.text().startsWith("Sorry"), pushed.toString());
    }

    @Test
    void setsNoDeviceToANumberOfTheSum() {
        reads(
                        "Had 200 in the bank, spent 45 and then 62. How much have I left?",
                        command("bank", "200") + sum("200 - 45 - 62"))
                .end();

        assertEquals(List.of("{\"expression\":\"200 - 45 - 62\"}"), calls());
        assertEquals(1, pushed.size(), pushed.toString());
    }

    @Test
    void makesNoDeviceOfAStoryWhoseSumIsRefused() {
        reads(
                        "curtain pole is 240 cm long i saw off 65 and then 80, how long is the rest",
                        command("curtain pole", "off") + sum("240 - 65"))
                .end();

        assertEquals(List.of(), calls());
    }

    @Test
    void setsADeviceToANumberThatIsInTheSumToo() {
        reads("set the volume to 12, then 12 times 3", command("volume", "12") + sum("12 * 3"))
                .end();

        assertEquals(2, calls().size(), pushed.toString());
    }

    @Test
    void refusesACallThatIsCutOff() {
        String asked = "i have 2 and get 3 more, how many is that";
        assertTrue(reads(asked, "<tool_call>{\"name\":\"calcul").refuses());
        assertFalse(reads(asked, sum("2 + 3")).refuses());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what is 2 + 3 | <tool_call>{\"name\":\"calcul",
                "what is 2 + 3 | Sorry, I am only a small model and cannot help with that.",
                "Hey, how much is 2 plus 3 please? | Hello!"
            })
    void calculatesWhatIsASumAndNothingElse(String asked, String response) {
        OutputParser parser = reads(asked, response);
        assertFalse(parser.refuses());
        parser.end();

        assertEquals(1, pushed.size(), pushed.toString());
        assertEquals(List.of("{\"expression\":\"2 + 3\"}"), calls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wake me up at 6:15",
                "is it 10:30 now",
                "what is 9/11",
                "9-1-1",
                "i give you 10/10",
                "give me a number 1-10",
                "what is an A380-800",
                "raise 2 by 10",
                "is it half 8",
                "we are 3!",
                "call 555-1234",
                "are you there 24/7",
                "my birthday is 3/4/1980",
                "I am 5 and she is 3",
                "chapter 3: 4 * 5 pages",
                "what is my name"
            })
    void leavesTheModelToAnswerWhatIsNone(String asked) {
        reads(asked, "Hello!").end();

        assertEquals(List.of(new LLMFrame.Text("Hello!")), pushed);
    }

    @ParameterizedTest
    @CsvSource({
        "two hundred and six plus forty, 206 + 40",
        "what is (3+4)×5, (3 + 4) * 5",
        "60 divided by 5 and by 2, 60 / 5 / 2",
        "'subtract 3 from 9, then double it', (9 - 3) * 2",
        "twice the sum of 3 and 4, (3 + 4) * 2",
        "5 less than 3 times 10, 3 * 10 - 5",
        "fifteen hundred divided by 60, 1500 / 60",
        "how much would 250 grams times 6 be, 250 * 6",
        "twice as much as 15, 15 * 2",
        "'square 5, then cube it', (5 ^ 2) ^ 3",
        "2 times the remainder of 5 divided by 3, 2 * (5 mod 3)",
        "at this point 3 plus 4, 3 + 4",
        "a tip of 15% on 60, 15% of 60",
        "cut 60 in half, 60 / 2",
        "2(3 + 4), 2 * (3 + 4)",
        "the average of 4 8 and 15, (4 + 8 + 15) / 3",
        "3 point 5 times 2, 3.5 * 2",
        "12 multiplied by itself, 12 * 12",
        "7 into 56, 56 / 7",
        "a 30% discount on 90, 90 - 30%",
        "'what do 3, 291 and 9.4 make', 3 + 291 + 9.4",
        "( 3 + 4 ) * 5, (3 + 4) * 5",
        "the square root of 16 minus -2, sqrt(16) - -2",
        "how many days are 3 weeks and 2 days, 3 * 7 + 2"
    })
    void copiesASumThatTheWordsAre(String asked, String expression) {
        reads(asked, sum("1 + 1")).end();
        assertEquals(List.of("{\"expression\":\"" + expression + "\"}"), calls());
    }

    @Test
    void setsNoDeviceOfAStory() {
        reads(
                        "my budget for curtains is 120 and I found some for 87, how much under budget am I",
                        "<tool_call>{\"name\":\"world_model__query\",\"arguments\":{\"target\":\"curtains\"}}</tool_call>"
                                + sum("120 * 87"))
                .end();

        assertEquals(List.of(), calls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"what's eleven elevens", "open bracket nine plus two close bracket times eleven"})
    void calculatesASumThatTheModelTookForADevice(String asked) {
        reads(asked, "<tool_call>{\"name\":\"world_model__query\",\"arguments\":{\"target\":\"elevens\"}}</tool_call>")
                .end();

        assertEquals(
                List.of(
                        asked.startsWith("what")
                                ? "{\"expression\":\"11 * 11\"}"
                                : "{\"expression\":\"(9 + 2) * 11\"}"),
                calls());
    }

    @ParameterizedTest
    @CsvSource({
        "what do 3 and 4 make together times 5, (3 + 4 * 5",
        "what do 3 and 4 make together times 5, 3 + 4 + ) * 5"
    })
    void refusesWhatIsNoSumOrAnother(String asked, String expression) {
        assertTrue(reads(asked, sum(expression)).refuses());
    }

    @Test
    void takesNoWishFromAPartOfWhatForbidsOrAsks() {
        for (String asked : List.of(
                "don't turn off the fan and turn off the lamp, what is 2 + 3",
                "who turned off the lamp and what is 2 + 3",
                "is the lamp off? thanks, and what is 2 + 3")) {
            pushed.clear();
            reads(asked, sum("2 + 3") + command("lamp", "off")).end();
            assertEquals(List.of("{\"expression\":\"2 + 3\"}"), calls(), asked);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "and plus 10?, 48 + 10",
        "plus ten please, 48 + 10",
        "now divide that by 6, 48 / 6",
        "half of that?, 48 / 2",
        "times 2, 48 * 2",
        "x 2, 48 * 2",
        "add 5, 48 + 5",
        "and subtract 5 from it, 48 - 5",
        "subtract 5, 48 - 5",
        "ok then square it, 48 ^ 2",
        "what is that times 3, 48 * 3",
        "multiply by 3, 48 * 3",
        "20% of that, 20% of 48",
        "times 2 plus 3, 48 * 2 + 3",
        "and plus 10 plus 5?, 48 + 10 + 5",
        "minus 6 plus 2, 48 - 6 + 2"
    })
    void goesOnFromTheLastResult(String asked, String expression) {
        afterASum(asked, expression).end();

        assertEquals(List.of("{\"expression\":\"" + expression + "\"}"), calls(), pushed.toString());
    }

    @ParameterizedTest
    @CsvSource({"and plus 10?, 12 + 10, 48 + 10", "subtract 5, 5 - 48, 48 - 5", "20% of that, 48% of 21, 20% of 48"})
    void copiesAStepThatTheWordsAre(String asked, String made, String right) {
        afterASum(asked, made).end();

        assertEquals(List.of("{\"expression\":\"" + right + "\"}"), calls());
    }

    @ParameterizedTest
    @CsvSource({
        "turn it off, 48 - 1",
        "turn it to 20, 48 + 20",
        "is that so, 48 + 0",
        "and that and this plus 3, 48 + 3"
    })
    void goesOnWithNothingElse(String asked, String expression) {
        assertTrue(afterASum(asked, expression).refuses());
    }

    private OutputParser afterASum(String asked, String expression) {
        LLMContext context = context(
                new Message.User("what's 12 times 4"), new Message.Assistant("12 * 4 = 48."), new Message.User(asked));
        OutputParser parser = HOME.parser(context, pushed::add);
        parser.accept(sum(expression));
        return parser;
    }

    @Test
    void readsBracketsThatAreNeverClosed() {
        reads("1+(".repeat(130), "Hello!").end();

        assertEquals(List.of(new LLMFrame.Text("Hello!")), pushed);
    }

    @Test
    void doesEachOfTwoWithOneName() {
        reads("turn on the lamp and lamp 2", command("lamp", "on") + command("lamp 2", "on"))
                .end();

        assertEquals(2, calls().size(), pushed.toString());
    }

    @Test
    void doesOnceWhatWasSaidTwice() {
        reads(
                        "lights out in the playroom, turn the playroom lights off",
                        command("playroom", "off") + command("playroom lights", "off"))
                .end();
        reads("i forgot the iron, switch the iron off", command("iron", "off") + command("iron", "off"))
                .end();

        assertEquals(
                List.of(
                        "{\"target\":\"playroom lights\",\"state\":\"off\"}",
                        "{\"target\":\"iron\",\"state\":\"off\"}"),
                calls());
    }

    @Test
    void doesNotTakeBackWhatWasSaid() {
        OutputParser parser = reads("what do 2 and 3 make", "Sure. " + sum("2 + 4"));
        assertFalse(parser.refuses());
        parser.end();
        assertEquals(2, pushed.size(), pushed.toString());
    }

    @Test
    void letsEachOfTwoRequestsHaveItsOwnNumbers() {
        reads("what is 2 + 3 and set the lamp to 40%", sum("2 + 3") + command("lamp", "40%"))
                .end();
        assertEquals(2, calls().size(), pushed.toString());

        pushed.clear();
        reads("add 2, 3 and 4 and turn on the lamp", sum("2 + 3") + command("lamp", "on"))
                .end();
        assertEquals(List.of("{\"expression\":\"2 + 3 + 4\"}", "{\"target\":\"lamp\",\"state\":\"on\"}"), calls());

        pushed.clear();
        reads("what is 2 + 3, what is 4 * 5, and what is 6 - 1", sum("2 + 3") + sum("4 * 5") + sum("6 - 1"))
                .end();
        assertEquals(3, calls().size(), pushed.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'Please, turn on the lamp', turn on the lamp",
        "OK so what is 2 + 3 please, what is 2 + 3",
        "What is 5!, what is 5!",
        "Twelve of twenty, 12 of 20",
        "Well pump off, well pump off"
    })
    void asksAgainAloneAndPlainly(String asked, String again) {
        LLMContext context = context(
                new Message.User("Hello"), new Message.Assistant("Hello! How can I help?"), new Message.User(asked));

        assertEquals(
                List.of(new Message.User(again)),
                HOME.again(context).orElseThrow().messages());
    }

    @Test
    void asksAStepAgainAsTheWholeThatItIs() {
        LLMContext context = context(
                new Message.User("12 * 4"), new Message.Assistant("12 * 4 = 48."), new Message.User("Plus 10 plus 5?"));

        assertEquals(
                List.of(new Message.User("48 plus 10 plus 5")),
                HOME.again(context).orElseThrow().messages());
    }

    @Test
    void readsTheLongestRequestInAMoment() {
        for (String asked : List.of(
                "-".repeat(4000),
                "(".repeat(4000) + "2 + 3",
                "1+".repeat(2000) + "1",
                "what is 2 + 3" + ", ok".repeat(1000))) {
            pushed.clear();
            reads(asked, sum("2 + 3") + sum("4 + 5") + command("lamp", "on")).end();
            assertEquals(List.of(), calls());
        }
    }

    @Test
    void asksNothingAgainThatCannotBeSaidOtherwise() {
        assertTrue(HOME.again(context(new Message.User("what is 2 + 3"))).isEmpty());
        assertTrue(HOME.again(context(
                        new Message.User("What is 2 + 3?"),
                        new Message.Assistant("", List.of(new ToolCall("a", HomeFunctions.CALCULATE, "{}"))),
                        new Message.ToolResult("a", HomeFunctions.CALCULATE, "5", false)))
                .isEmpty());
    }
}
