package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallParserTest {
    private static final ControlTokens NONE = new ControlTokens(Set.of(), List.of(), "", List.of());
    private static final ToolDialect HERMES = dialect(new HermesFormat());
    private static final ToolDialect LLAMA3 = dialect(new Llama3Format());
    private static final ToolDialect MISTRAL = dialect(new MistralFormat());
    private static final ToolDialect GENERIC = dialect(new GenericFormat());
    private static final LLMContext CONTEXT = new LLMContext(
            List.of(new Message.User("x")),
            List.of(new FunctionSpec("f", "", JsonObject.of("type", "object"))),
            GenerationOptions.DEFAULT);

    private static ToolDialect dialect(CallFormat format) {
        return new JsonDialect(ChatTemplates.chatMl(), format, NONE);
    }

    static Stream<Arguments> outputs() {
        String call = "{\"name\": \"f\", \"arguments\": {\"a\": 1}}";
        String llama = "{\"name\": \"f\", \"parameters\": {\"a\": 1}}";
        String one = "f({\"a\":1})";
        return Stream.of(
                Arguments.of(HERMES, "Hello, äöü 🙂 world.", "Hello, äöü 🙂 world."),
                Arguments.of(HERMES, "\n\n Hello.\n", "Hello."),
                Arguments.of(HERMES, "a < b and <tool> and <tool_cal", "a < b and <tool> and <tool_cal"),
                Arguments.of(HERMES, "<tool_call>" + call + "</tool_call>", one),
                Arguments.of(HERMES, "<tool_call>\n" + call + "\n</tool_call>\n", one),
                Arguments.of(HERMES, "Let me see.\n\n<tool_call>" + call + "</tool_call>", "Let me see." + one),
                Arguments.of(
                        HERMES,
                        "<tool_call>" + call + "</tool_call>\n<tool_call>" + call + "</tool_call> Done.",
                        one + one + "Done."),
                Arguments.of(HERMES, "<tool_call>" + call + "\n" + call + "</tool_call>", one + one),
                Arguments.of(HERMES, "<tool_call>" + call, one),
                Arguments.of(HERMES, "<tool_call>" + call + "}</tool_call>", one),
                Arguments.of(
                        HERMES,
                        "<tool_call>{\"name\":\"f\",\"arguments\":{\"a\":\"</tool_call> } \\\" {\"}}</tool_call>ok",
                        "f({\"a\":\"</tool_call> } \\\" {\"})ok"),
                Arguments.of(HERMES, "<tool_call>{\"name\":\"f\",\"argu", "f({\"name\":\"f\",\"argu)"),
                Arguments.of(HERMES, "<tool_call>no json</tool_call>", "(no json)"),
                Arguments.of(HERMES, "<tool_call>{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}</tool_call>", one),
                Arguments.of(LLAMA3, llama, one),
                Arguments.of(LLAMA3, "<|python_tag|>" + llama, one),
                Arguments.of(LLAMA3, llama + "; " + llama, one + one),
                Arguments.of(LLAMA3, "I will look.\n" + llama, "I will look." + one),
                Arguments.of(
                        LLAMA3, "{\n  \"type\": \"function\", \"name\": \"f\", \"parameters\": {\"a\": 1}\n}", one),
                Arguments.of(LLAMA3, "{\"name\": \"Bob\", \"age\": 3}", "{\"name\": \"Bob\", \"age\": 3}"),
                Arguments.of(LLAMA3, "{\"nam", "{\"nam"),
                Arguments.of(LLAMA3, "{a} [b] {\"c\": 1}", "{a} [b] {\"c\": 1}"),
                Arguments.of(MISTRAL, "[TOOL_CALLS][" + call + "]", one),
                Arguments.of(MISTRAL, "[TOOL_CALLS] [" + call + ", " + call + "]", one + one),
                Arguments.of(MISTRAL, "See [1] and [TOOL", "See [1] and [TOOL"),
                Arguments.of(GENERIC, "{\"tool_calls\": [" + call + "]}", one),
                Arguments.of(GENERIC, "```json\n{\"tool_calls\": [" + call + "]}\n```", one),
                Arguments.of(
                        GENERIC, "Code:\n```json\n{\"x\": 1}\n```\nDone", "Code:\n```json\n{\"x\": 1}\n```\nDone"));
    }

    private static String parse(ToolDialect dialect, List<String> pieces) {
        StringBuilder seen = new StringBuilder();
        OutputParser parser = dialect.parser(CONTEXT, frame -> {
            switch (frame) {
                case LLMFrame.Text text -> {
                    assertFalse(text.text().isEmpty());
                    seen.append(text.text());
                }
                case ToolCall call ->
                    seen.append(call.name())
                            .append('(')
                            .append(call.argumentsJson())
                            .append(')');
                default -> throw new AssertionError(frame);
            }
        });
        pieces.forEach(parser::accept);
        parser.end();
        return seen.toString();
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void findsTextAndCallsHoweverTheOutputIsSplit(ToolDialect dialect, String output, String expected) {
        assertEquals(expected, parse(dialect, List.of(output)));
        int[] points = output.codePoints().toArray();
        List<String> characters = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            String before = new String(points, 0, i);
            assertEquals(expected, parse(dialect, List.of(before, output.substring(before.length()))), before);
            for (int k = i + 1; k < Math.min(points.length, i + 12); k++) {
                String middle = new String(points, i, k - i);
                List<String> three = List.of(before, middle, output.substring(before.length() + middle.length()));
                assertEquals(expected, parse(dialect, three), () -> three.toString());
            }
            characters.add(new String(points, i, 1));
        }
        assertEquals(expected, parse(dialect, characters));
    }

    @Test
    void showsTextAsSoonAsItIsCertainAndNeverHalfACall() {
        List<LLMFrame> frames = new ArrayList<>();
        OutputParser parser = HERMES.parser(CONTEXT, frames::add);

        parser.accept("Let me see");
        assertEquals(List.of(new LLMFrame.Text("Let me see")), frames);
        parser.accept(" <tool_");
        assertEquals(1, frames.size());
        parser.accept("box>");
        assertEquals(new LLMFrame.Text(" <tool_box>"), frames.get(1));
        parser.accept("<tool_call>{\"name\":\"f\",");
        parser.accept("\"arguments\":{}");
        assertEquals(2, frames.size());
        parser.accept("}");
        assertEquals("f", ((ToolCall) frames.get(2)).name());
    }

    @Test
    void takesJsonForTextWhereNothingCanBeCalled() {
        List<LLMFrame> frames = new ArrayList<>();
        OutputParser parser = LLAMA3.parser(LLMContext.of(new Message.User("x")), frames::add);

        parser.accept("{\"name\": \"f\", \"parameters\": {}}");
        parser.end();
        assertEquals(List.of(new LLMFrame.Text("{\"name\": \"f\", \"parameters\": {}}")), frames);
    }

    @Test
    void givesEachCallAnIdThatTheConversationDoesNotHave() {
        LLMContext context = new LLMContext(
                List.of(new Message.Assistant("", List.of(new ToolCall("call00001", "f", "{}")))),
                CONTEXT.functions(),
                GenerationOptions.DEFAULT);
        List<String> ids = new ArrayList<>();
        OutputParser parser = HERMES.parser(context, frame -> ids.add(((ToolCall) frame).id()));

        parser.accept("<tool_call>{\"name\":\"f\",\"arguments\":{}}{\"name\":\"f\",\"arguments\":{}}</tool_call>");
        assertEquals(List.of("call00002", "call00003"), ids);
    }
}
