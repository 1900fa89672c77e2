package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.fuzz.Input;
import java.util.List;
import java.util.Set;

/** What tools answer, on its way to the built-in model. */
public final class ToolResultFuzz {
    private static final List<String> FUNCTIONS =
            List.of("calculator__evaluate", "clock__now", "world_model__query", "world_model__command", "other__tool");

    private ToolResultFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 4);
        for (String function : FUNCTIONS) {
            LLMContext context = new LLMContext(
                    List.of(
                            new Message.User(parts.get(0)),
                            new Message.Assistant("", List.of(new ToolCall("1", function, parts.get(1)))),
                            new Message.ToolResult("1", function, parts.get(2), false)),
                    List.of(),
                    GenerationOptions.DEFAULT);
            ToolDialect dialect = new HomeDialect(new ControlTokens(Set.of(), List.of(), "", Set.of()), 512);
            dialect.ready(context).ifPresent(ready -> Input.check("something to say", !ready.isEmpty()));
            OutputParser parser = dialect.parser(context, frame -> {});
            parser.accept(parts.get(3));
            parser.end();
            Input.check(
                    "a prompt",
                    !dialect.prompt(context, new TokenRoom(512, String::length)).isEmpty());
        }
    }
}
