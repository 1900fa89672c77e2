package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.setting.SettingSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenAILLMProviderTest {
    private final LLMProvider provider = new OpenAILLMProvider();

    @Test
    void isFound() {
        assertEquals(
                List.of("openai"),
                ServiceLoader.load(LLMProvider.class).stream()
                        .map(found -> found.get().name())
                        .toList());
    }

    @Test
    void supportsWhatIsRemote() {
        assertTrue(provider.supports(new LLMSource.Url(URI.create("http://core:8080/v1"))));
        assertTrue(provider.supports(new LLMSource.Url(URI.create("HTTPS://core/v1"))));
        assertTrue(provider.supports(new LLMSource.Cluster(List.of(ServiceName.LLM))));
        assertTrue(provider.supports(new LLMSource.Hosted("groq")));
        assertFalse(provider.supports(new LLMSource.Hosted("elsewhere")));
        assertFalse(provider.supports(new LLMSource.Url(URI.create("ftp://core/v1"))));
        assertFalse(provider.supports(new LLMSource.InProcess(Path.of("m.gguf"))));
    }

    @Test
    void declaresWhatItReads() {
        Map<String, SettingSpec<?>> specs =
                provider.settings().stream().collect(Collectors.toMap(SettingSpec::name, s -> s));
        for (String name : List.of(
                "llm_model",
                "llm_context_tokens",
                "llm_connect_timeout",
                "llm_first_token_timeout",
                "llm_token_gap_timeout",
                "llm_retries",
                "llm_retry_max_wait")) {
            assertFalse(specs.get(name).secret(), name);
        }
        for (String service : List.of("llama", "openai", "groq", "deepseek", "openrouter")) {
            assertTrue(specs.get(service + "_api_key").secret(), service);
        }
        assertEquals(13, specs.size());
    }

    @Test
    void refusesWhatItCannotMake() {
        for (LLMSource source : List.of(
                new LLMSource.InProcess(Path.of("m.gguf")),
                new LLMSource.Hosted("elsewhere"),
                new LLMSource.Url(URI.create("ftp://core/v1")))) {
            assertEquals(
                    Reason.UNUSABLE,
                    assertThrows(LLMException.class, () -> provider.create(source, new TestNode(Map.of())))
                            .reason());
        }
    }

    @Test
    void aHostedServiceWithoutADefaultNeedsAModel() throws Exception {
        LLMException e = assertThrows(
                LLMException.class,
                () -> provider.create(new LLMSource.Hosted("openai"), new TestNode(Map.of("openai_api_key", "k"))));
        assertTrue(e.getMessage().contains("LLM_MODEL"), e.getMessage());

        try (LLMService llm =
                provider.create(new LLMSource.Hosted("deepseek"), new TestNode(Map.of("deepseek_api_key", "k")))) {
            assertEquals("deepseek-chat at deepseek", llm.description());
        }
    }

    @Test
    void asksNobodyBeforeItIsUsed() throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::hang);
                LLMService llm = provider.create(new LLMSource.Url(server.base()), new TestNode(Map.of()))) {
            assertEquals("the model at " + server.base() + "/v1", llm.description());
            assertEquals(8192, llm.contextTokens());
            assertEquals(0, server.connections.get());
        }
    }
}
