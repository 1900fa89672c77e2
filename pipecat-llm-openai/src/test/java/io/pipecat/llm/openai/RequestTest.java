package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @Test
    void writesTheWholeContext() throws Exception {
        LLMContext context = new LLMContext(
                List.of(
                        new Message.SystemPrompt("Be kind."),
                        new Message.User("half \ud83d"),
                        new Message.Assistant(
                                "", List.of(new ToolCall("a", "f", "{\"x\":1}"), new ToolCall("b", "g", "{oops"))),
                        new Message.ToolResult("a", "f", "{\"y\":2}", false),
                        new Message.ToolResult("b", "g", "Not an object.", true),
                        new Message.Assistant("Done.")),
                List.of(new FunctionSpec("f", "Does it.", JsonObject.of("type", "object"))),
                new GenerationOptions(
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(0.9),
                        OptionalInt.of(100),
                        OptionalLong.of(7),
                        List.of("END")));

        JsonObject expected = Json.parseObject("""
                {"model":"m","messages":[
                {"role":"system","content":"Be kind."},
                {"role":"user","content":"half \uFFFD"},
                {"role":"assistant","content":"","tool_calls":[
                  {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}},
                  {"id":"b","type":"function","function":{"name":"g",
                   "arguments":"{\\"malformed_arguments\\":\\"{oops\\"}"}}]},
                {"role":"tool","content":"{\\"y\\":2}","tool_call_id":"a"},
                {"role":"tool","content":"{\\"error\\":\\"Not an object.\\"}","tool_call_id":"b"},
                {"role":"assistant","content":"Done."}],
                "stream":true,"stream_options":{"include_usage":true},
                "tools":[{"type":"function","function":
                  {"name":"f","description":"Does it.","parameters":{"type":"object"}}}],
                "temperature":0.5,"top_p":0.9,"stop":["END"],"max_tokens":100,"seed":7}""");
        assertEquals(expected, ChatRequest.body(context, "m", Preset.MAX_TOKENS));
        assertEquals(Set.of("a", "b"), ChatRequest.callIds(context));
    }

    @Test
    void leavesOutWhatIsNotAskedFor() {
        JsonObject body = ChatRequest.body(TestService.HELLO, "m", "max_completion_tokens");
        assertEquals(
                Set.of("model", "messages", "stream", "stream_options"),
                body.members().keySet());

        LLMContext limited = new LLMContext(List.of(), List.of(), GenerationOptions.DEFAULT.withMaxTokens(5));
        assertTrue(ChatRequest.body(limited, "m", "max_completion_tokens").has("max_completion_tokens"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://core:8080, http://core:8080/v1",
        "http://core:8080/, http://core:8080/v1",
        "http://core:8080/v1, http://core:8080/v1",
        "http://core:8080/v1/, http://core:8080/v1",
        "HTTP://core:8080//, http://core:8080/v1",
        "https://h/openai/v1, https://h/openai/v1",
        "http://h/v1/chat/completions, http://h/v1",
        "http://[::1]:8080, http://[::1]:8080/v1",
        "https://h/v1?api-version=1, https://h/v1?api-version=1"
    })
    void bringsBaseUrlsIntoOneForm(String written, String expected) {
        String once = BaseUrl.normalise(URI.create(written)).toString();
        assertEquals(expected, once);
        assertEquals(expected, BaseUrl.normalise(URI.create(once)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inprocess:x", "ftp://h/v1", "core:8080", "http:///v1", "http://a:b@h/v1"})
    void refusesWhatIsNoBaseUrl(String written) {
        assertThrows(IllegalArgumentException.class, () -> BaseUrl.normalise(URI.create(written)));
    }

    @Test
    void aQueryIsSentAndNotShown() {
        var base = BaseUrl.normalise(URI.create("https://h/v1?code=secret"));
        assertFalse(BaseUrl.display(base).contains("secret"));
        assertEquals(
                "https://h/v1/chat/completions?code=secret",
                base.newBuilder().addPathSegments("chat/completions").build().toString());
    }

    @Test
    void waitsLongerEachTime() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), () -> 0);
        assertEquals(Optional.of(Duration.ofMillis(500)), backoff.before(1, Optional.empty()));
        assertEquals(Optional.of(Duration.ofSeconds(2)), backoff.before(3, Optional.empty()));
        assertEquals(Optional.of(Duration.ofSeconds(10)), backoff.before(100, Optional.empty()));
        assertEquals(Optional.of(Duration.ofSeconds(9)), backoff.before(1, Optional.of(Duration.ofSeconds(9))));
        assertEquals(Optional.empty(), backoff.before(1, Optional.of(Duration.ofSeconds(11))));
        assertEquals(
                Optional.of(Duration.ofMillis(250)),
                new Backoff(Duration.ofSeconds(10), () -> 1).before(1, Optional.empty()));
        assertEquals(Optional.of(Duration.ZERO), new Backoff(Duration.ZERO, () -> 0).before(1, Optional.empty()));
    }
}
