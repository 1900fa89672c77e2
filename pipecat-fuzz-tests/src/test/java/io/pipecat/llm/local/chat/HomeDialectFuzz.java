package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.fuzz.Input;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.List;
import java.util.Set;

/** What the built-in model writes, of anything that anybody asked. */
public final class HomeDialectFuzz {

    private static final JsonObject ONE_TEXT = JsonObject.builder()
            .put("type", "object")
            .put("properties", JsonObject.of("expression", JsonObject.of("type", "string")))
            .put("required", JsonArray.of(new JsonString("expression")))
            .build();

    private static final JsonObject NO_TEXT = JsonObject.builder()
            .put("type", "object")
            .put("properties", JsonObject.EMPTY)
            .build();
    private static final List<FunctionSpec> OFFERED = List.of(
            new FunctionSpec("calculator__evaluate", "Evaluates an expression.", ONE_TEXT),
            new FunctionSpec("clock__now", "Tells the time.", NO_TEXT),
            new FunctionSpec("world_model__query", "Tells the state.", NO_TEXT),
            new FunctionSpec("world_model__command", "Switches.", NO_TEXT));

    private HomeDialectFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 2);
        LLMContext context =
                new LLMContext(List.of(new Message.User(parts.get(0))), OFFERED, GenerationOptions.DEFAULT);
        ToolDialect dialect = new HomeDialect(new ControlTokens(Set.of(), List.of(), "", Set.of()), 512);
        OutputParser parser = dialect.parser(context, frame -> {
            if (frame instanceof ToolCall call) {
                Input.check("offered", OFFERED.stream().anyMatch(f -> f.name().equals(call.name())));
                try {
                    Json.parseObject(call.argumentsJson());
                } catch (JsonException e) {
                    throw new AssertionError(call.argumentsJson(), e);
                }
            }
        });
        parser.accept(parts.get(1));
        parser.end();
        Input.check(
                "a prompt",
                !dialect.prompt(context, new TokenRoom(512, String::length)).isEmpty());
    }
}
