package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is sent nowhere but to its own provider. */
class KeyTest {
    private static final Map<String, String> ALL_KEYS = Map.of(
            "llama_api_key", "key-llama",
            "openai_api_key", "key-openai",
            "groq_api_key", "key-groq",
            "deepseek_api_key", "key-deepseek",
            "openrouter_api_key", "key-openrouter");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Preset preset(String name) {
        return Preset.ALL.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Preset here(String name) {
        Preset preset = preset(name);
        return new Preset(
                name, server.url("/v1").toString(), preset.key(), preset.defaultModel(), preset.maxTokensField());
    }

    private RecordedRequest asked(TestService llm) throws Exception {
        try (llm) {
            server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP));
            llm.ask();
        }
        return server.takeRequest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "groq", "deepseek", "openrouter"})
    void aHostedServiceGetsItsOwnKeyOnly(String name) throws Exception {
        RecordedRequest request = asked(TestService.hosted(here(name), ALL_KEYS));

        assertEquals("Bearer key-" + name, request.getHeaders().get("Authorization"));
        assertNull(request.getHeaders().get("X-Pipecat-Instance"), "it learns nothing of the cluster");
        assertEquals(
                List.of("Bearer key-" + name),
                request.getHeaders().names().stream()
                        .flatMap(header -> request.getHeaders().values(header).stream())
                        .filter(value -> value.contains("key-"))
                        .toList());
    }

    @Test
    void aBaseUrlGetsTheFirstLlamaKey() throws Exception {
        Map<String, String> keys = new HashMap<>(ALL_KEYS);
        keys.put("llama_api_key", "new-key, old-key");

        assertEquals(
                "Bearer new-key",
                asked(TestService.at(server.url("/v1").uri(), keys))
                        .getHeaders()
                        .get("Authorization"));
    }

    @Test
    void withoutAKeyNoneIsSent() throws Exception {
        Map<String, String> keys = new HashMap<>(ALL_KEYS);
        keys.remove("llama_api_key");

        assertNull(asked(TestService.at(server.url("/v1").uri(), keys))
                .getHeaders()
                .get("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "groq", "deepseek", "openrouter"})
    void aMissingKeyIsNamed(String name) {
        LLMException e = assertThrows(
                LLMException.class,
                () -> new OpenAILLMProvider()
                        .create(
                                new LLMSource.Hosted(name),
                                new TestNode(Map.of("llama_api_key", "key-llama", "llm_model", "m"))));

        assertEquals(Reason.UNUSABLE, e.reason());
        assertTrue(e.getMessage().contains(name.toUpperCase(Locale.ROOT) + "_API_KEY"), e.getMessage());
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsRefusedWithoutBeingShown() {
        LLMException e = assertThrows(
                LLMException.class, () -> TestService.at(URI.create("http://h"), Map.of("llama_api_key", "a\nsecret")));

        assertEquals(Reason.UNUSABLE, e.reason());
        assertTrue(e.getMessage().contains("LLAMA_API_KEY") && !e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void aServerThatRepeatsTheKeyIsNotQuoted() throws Exception {
        try (TestService llm = TestService.at(server.url("/v1").uri(), ALL_KEYS)) {
            server.enqueue(Sse.status(401, "{\"error\":{\"message\":\"bad key key-llama given\"}}"));
            server.enqueue(Sse.status(200, "what is key-llama?"));
            server.enqueue(Sse.stream(Sse.data("{\"key-llama\"")));
            for (int i = 0; i < 3; i++) {
                LLMException e = llm.refused();
                StringWriter all = new StringWriter();
                e.printStackTrace(new PrintWriter(all));
                assertFalse(all.toString().contains("key-llama"), all.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectionToAnotherServerIsNotFollowed(int status) throws Exception {
        try (MockWebServer other = new MockWebServer();
                TestService llm = TestService.at(server.url("/v1").uri(), ALL_KEYS)) {
            other.start();
            server.enqueue(new MockResponse.Builder()
                    .code(status)
                    .setHeader("Location", other.url("/v1/chat/completions?token=t"))
                    .build());

            LLMException e = llm.refused();
            assertEquals(Reason.REJECTED, e.reason());
            assertTrue(e.getMessage().contains(other.url("/v1/chat/completions").toString()), e.getMessage());
            assertFalse(e.getMessage().contains("token"), e.getMessage());
            assertEquals(0, other.getRequestCount());
        }
    }

    @Test
    void aRedirectionWithinTheServerIsFollowed() throws Exception {
        try (TestService llm = TestService.at(server.url("/v1").uri(), ALL_KEYS)) {
            server.enqueue(new MockResponse.Builder()
                    .code(307)
                    .setHeader("Location", "/v1/chat/completions/")
                    .build());
            server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP));

            assertEquals("x", llm.ask().text());
            assertEquals("/v1/chat/completions", server.takeRequest().getTarget());
            RecordedRequest second = server.takeRequest();
            assertEquals("POST /v1/chat/completions/ HTTP/1.1", second.getRequestLine());
            assertTrue(Objects.requireNonNull(second.getBody()).utf8().contains("Hello"));
        }
    }

    @Test
    void aCircleOfRedirectionsEnds() throws Exception {
        try (TestService llm = TestService.at(server.url("/v1").uri(), Map.of())) {
            for (int i = 0; i < 4; i++) {
                server.enqueue(new MockResponse.Builder()
                        .code(308)
                        .setHeader("Location", "/v1/chat/completions")
                        .build());
            }
            assertEquals(Reason.REJECTED, llm.refused().reason());
        }
    }

    @Test
    void aNodeDoesNotAskItself() throws Exception {
        try (TestService llm = TestService.at(server.url("/v1").uri(), Map.of())) {
            server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP)
                    .newBuilder()
                    .setHeader("X-Pipecat-Instance", TestNode.INSTANCE)
                    .build());
            server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP)
                    .newBuilder()
                    .setHeader("X-Pipecat-Instance", "another")
                    .build());

            LLMException e = llm.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("this node itself"), e.getMessage());
            assertEquals("x", llm.ask().text());
            assertEquals(TestNode.INSTANCE, server.takeRequest().getHeaders().get("X-Pipecat-Instance"));
        }
    }

    @Test
    void aBaseUrlWithAPasswordIsRefusedWithoutShowingIt() {
        LLMException e = assertThrows(
                LLMException.class, () -> TestService.at(URI.create("http://me:secret@host/v1"), Map.of()));

        assertEquals(Reason.UNUSABLE, e.reason());
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void presetsAreHttpsAndHaveKeysOfTheirOwn() {
        assertEquals(List.of("openai", "groq", "deepseek", "openrouter"), new OpenAILLMProvider().hosted());
        for (Preset preset : Preset.ALL) {
            assertTrue(preset.baseUrl().startsWith("https://"));
            assertEquals(preset.name() + "_api_key", preset.key().name());
            assertTrue(preset.key().secret());
            assertEquals(
                    Optional.of(preset.baseUrl()),
                    Optional.of(BaseUrl.normalise(URI.create(preset.baseUrl())).toString()));
        }
    }
}
