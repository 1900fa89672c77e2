package io.pipecat.llm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.llm.Message;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.json.Json;
import io.pipecat.llm.local.chat.Dialects;
import io.pipecat.llm.local.gguf.GgufHeader;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model of a known family would do on a bad day; a small real one cannot be made to. */
class LocalLLMServiceTest {
    private static final String GOOD =
            "<tool_call>{\"name\":\"calculator__evaluate\",\"arguments\":{\"expression\":\"1+1\"}}" + "</tool_call>";
    private static final String WRONG =
            "<tool_call>{\"name\":\"calculator__evaluate\",\"arguments\":{\"sum\":\"1+1\"}}</tool_call>";
    private static final GgufHeader QWEN = new GgufHeader(
            Path.of("qwen.gguf"),
            1,
            "qwen2",
            "qwen",
            8000,
            "<|im_start|> <tool_call>",
            "gpt2",
            1,
            Set.of("<|im_start|>", "<|im_end|>", "<|vision_start|>"),
            List.of("<tool_call>", "</tool_call>"),
            false,
            1);

    @TempDir
    private Path folder;

    private final List<LLMFrame> frames = new ArrayList<>();

    private LLMResponse process(ScriptedModel model, LLMContext context) throws Exception {
        return service(model).process(context, frames::add);
    }

    private LocalLLMService service(ScriptedModel model) {
        return new LocalLLMService(
                model, Dialects.of(QWEN, messages -> ""), new LocalSettings(new TestNode(folder, Map.of()).settings()));
    }

    @Test
    void sendsABadCallBackOnce() throws Exception {
        ScriptedModel model =
                new ScriptedModel(QWEN, List.of(List.of(WRONG, "<|im_end|>"), List.of(GOOD, "<|im_end|>")));

        LLMResponse response = process(model, RealModel.ask("1+1?"));

        assertEquals("{\"expression\":\"1+1\"}", response.toolCalls().getFirst().argumentsJson());
        assertEquals(1, response.toolCalls().size());
        assertEquals(FinishReason.TOOL_CALLS, response.reason());
        assertEquals(3, frames.size(), frames.toString());
        assertEquals(4, response.usage().completionTokens());
        String second = model.prompts().get(1);
        assertTrue(second.contains("{\"sum\":\"1+1\"}"), second);
        assertTrue(second.contains("'expression' is missing"), second);
    }

    @Test
    void passesOnACallThatStaysBad() throws Exception {
        ScriptedModel model =
                new ScriptedModel(QWEN, List.of(List.of("<tool_call>{oops"), List.of("<tool_call>{oops")));

        LLMResponse response = process(model, RealModel.ask("1+1?"));

        assertEquals("{oops", response.toolCalls().getFirst().argumentsJson());
        assertEquals(2, model.prompts().size());
    }

    @Test
    void neverStartsOverOnceTextWasSeen() throws Exception {
        ScriptedModel model = new ScriptedModel(QWEN, List.of(List.of("I see. ", WRONG, "<|im_end|>")));

        LLMResponse response = process(model, RealModel.ask("1+1?"));

        assertEquals("I see.", response.text());
        assertEquals("{\"sum\":\"1+1\"}", response.toolCalls().getFirst().argumentsJson());
        assertEquals(1, model.prompts().size());
    }

    @Test
    void takesAnAnswerInWordsToACorrection() throws Exception {
        ScriptedModel model =
                new ScriptedModel(QWEN, List.of(List.of(WRONG, "<|im_end|>"), List.of("It is 2.", "<|im_end|>")));

        LLMResponse response = process(model, RealModel.ask("1+1?"));

        assertEquals("It is 2.", response.text());
        assertEquals(List.of(), response.toolCalls());
        assertEquals(FinishReason.STOP, response.reason());
    }

    @Test
    void dropsControlTokensAndStopsAtTheEnd() throws Exception {
        ScriptedModel model =
                new ScriptedModel(QWEN, List.of(List.of("Two", "<|vision_start|>", ".", "<|im_end|>", "never seen")));

        assertEquals("Two.", process(model, RealModel.ask("1+1?")).text());
    }

    @Test
    void tellsAFailureBeforeTheFirstTokenFromOneAfter() {
        ScriptedModel before = new ScriptedModel(QWEN, List.of(List.of(ScriptedModel.FAILURE)));
        LLMException e = assertThrows(LLMException.class, () -> process(before, RealModel.ask("1+1?")));
        assertEquals(LLMException.Reason.UNAVAILABLE, e.reason());
        assertEquals(List.of(), frames);

        ScriptedModel after = new ScriptedModel(QWEN, List.of(List.of("Two", ScriptedModel.FAILURE)));
        LLMException late = assertThrows(LLMException.class, () -> process(after, RealModel.ask("1+1?")));
        assertEquals(LLMException.Reason.BROKEN_OFF, late.reason());
    }

    @Test
    void startsNoResponseBeforeThereIsSomethingToSee() {
        for (String unseen : List.of(" ", "<tool", "<tool_call>{\"name\"", "<|vision_start|>")) {
            ScriptedModel model = new ScriptedModel(QWEN, List.of(List.of(unseen, ScriptedModel.FAILURE)));

            LLMException e = assertThrows(LLMException.class, () -> process(model, RealModel.ask("1+1?")));
            assertEquals(LLMException.Reason.UNAVAILABLE, e.reason());
            assertEquals(List.of(), frames, "another model may still start one");
        }
    }

    @Test
    void startsAResponseThatIsEmptyToo() throws Exception {
        process(new ScriptedModel(QWEN, List.of(List.of("<|im_end|>"))), RealModel.ask("1+1?"));

        assertInstanceOf(LLMFrame.ResponseStart.class, frames.getFirst());
        assertEquals(2, frames.size(), frames.toString());
    }

    @Test
    void countsTokensThatGiveNoText() throws Exception {
        LLMContext context =
                new LLMContext(List.of(new Message.User("x")), List.of(), GenerationOptions.DEFAULT.withMaxTokens(4));

        LLMResponse cut = process(new ScriptedModel(QWEN, List.of(List.of("a", "", "", "é"))), context);
        assertEquals(FinishReason.LENGTH, cut.reason());
        assertEquals(4, cut.usage().completionTokens());

        LLMResponse whole = process(new ScriptedModel(QWEN, List.of(List.of("", "", "é", "<|im_end|>"))), context);
        assertEquals(FinishReason.STOP, whole.reason());
    }

    @Test
    void neverBeginsOnceItIsClosed() {
        ScriptedModel model = new ScriptedModel(QWEN, List.of(List.of("Two.", "<|im_end|>")));
        LocalLLMService service = service(model);
        model.atSlot(service::close);

        LLMException e = assertThrows(LLMException.class, () -> service.process(RealModel.ask("1+1?"), frames::add));
        assertTrue(e.getMessage().contains("was closed"), e.getMessage());
        assertEquals(List.of(), model.prompts(), "close() had returned");
        assertTrue(model.wasAwaited());
        assertEquals(List.of(), frames);
    }

    @Test
    void forgivesNullAndCaseInACall() throws Exception {
        String call = "<tool_call>{\"name\":\"lamp__set\",\"arguments\":{\"state\":\"ON\",\"level\":null}}</tool_call>";
        ScriptedModel model = new ScriptedModel(QWEN, List.of(List.of(call, "<|im_end|>")));
        JsonObject schema = Json.parseObject("""
                {"type":"object","required":["state"],"additionalProperties":false,"properties":{
                  "state":{"type":"string","enum":["on","off"]},"level":{"type":"integer"}}}
                """);
        LLMContext context = new LLMContext(
                List.of(new Message.User("lamp on")),
                List.of(new FunctionSpec("lamp__set", "", schema)),
                GenerationOptions.DEFAULT);

        LLMResponse response = process(model, context);
        assertEquals("{\"state\":\"on\"}", response.toolCalls().getFirst().argumentsJson());
        assertEquals(1, model.prompts().size(), "nothing to correct");
    }

    @Test
    void keepsRoomForAnAnswer() {
        ScriptedModel model = new ScriptedModel(QWEN, List.of(List.of("x")));
        LLMContext context = LLMContext.of(new Message.User("x".repeat(7_900)));

        LLMException e = assertThrows(LLMException.class, () -> process(model, context));
        assertEquals(LLMException.Reason.CONTEXT_OVERFLOW, e.reason());
        assertEquals(List.of(), model.prompts());
    }

    @Test
    void samplesAsToldElseAsSet() throws Exception {
        ScriptedModel model = new ScriptedModel(QWEN, List.of(List.of("x"), List.of("x")));
        LLMContext context = LLMContext.of(new Message.User("x"));
        process(model, context);
        process(
                model,
                new LLMContext(
                        context.messages(),
                        List.of(),
                        new GenerationOptions(
                                java.util.OptionalDouble.of(0.1),
                                java.util.OptionalInt.of(7),
                                java.util.OptionalLong.of(-1))));

        assertEquals(0.7, model.samplings().get(0).temperature());
        assertTrue(model.samplings().get(0).seed().isEmpty());
        assertEquals(0.1, model.samplings().get(1).temperature());
        assertEquals(7, model.samplings().get(1).maxTokens());
        assertTrue(model.samplings().get(1).seed().getAsInt() >= 0);
    }

    @Test
    void saysWhatIsWrongWithAModelFileBeforeAnyNativeCall() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.gguf"), "just some notes");

        LLMException e = assertThrows(
                LLMException.class,
                () -> new LocalLLMProvider().create(new LLMSource.InProcess(text), new TestNode(folder, Map.of())));
        assertEquals(LLMException.Reason.UNUSABLE, e.reason());
        assertTrue(e.getMessage().contains("it is a text file"), e.getMessage());
    }

    @Test
    void servesModelsInThisProcessOnly() {
        LLMProvider provider = new LocalLLMProvider();

        assertEquals("local", provider.name());
        assertTrue(provider.supports(new LLMSource.InProcess(folder)));
        assertTrue(!provider.supports(new LLMSource.Url(URI.create("http://localhost"))));
        assertTrue(provider.settings().stream().map(SettingSpec::name).allMatch(name -> name.startsWith("local_llm_")));
    }

    @Test
    void isDeclaredAlikeForBothPaths() throws Exception {
        Set<String> onClassPath = ServiceLoader.load(LLMProvider.class).stream()
                .map(provider -> provider.type().getName())
                .collect(Collectors.toSet());
        Path classes = Path.of(LocalLLMProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            Set<String> onModulePath = ModuleDescriptor.read(descriptor).provides().stream()
                    .flatMap(p -> p.providers().stream())
                    .collect(Collectors.toSet());
            assertEquals(onClassPath, onModulePath);
        }
    }
}
