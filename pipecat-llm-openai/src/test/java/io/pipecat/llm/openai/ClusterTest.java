package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClusterTest {
    private static final ServiceName SECOND = new ServiceName("llama-api-main");

    /** Knows what a test tells it. */
    private static final class Directory implements ServiceDiscovery {
        final Map<ServiceName, List<Endpoint>> known = new HashMap<>();
        final List<URI> failed = new ArrayList<>();
        boolean away;

        void add(ServiceName name, URI uri) {
            known.computeIfAbsent(name, n -> new ArrayList<>()).add(new Endpoint(uri, "the test", TestNode.NOW));
        }

        @Override
        public Optional<Endpoint> find(ServiceName name) throws DiscoveryException {
            return findAll(name).stream().findFirst();
        }

        @Override
        public List<Endpoint> findAll(ServiceName name) throws DiscoveryException {
            if (away) {
                throw new DiscoveryException("Consul at core:8500 does not answer", null);
            }
            return known.getOrDefault(name, List.of());
        }

        @Override
        public void reportFailure(ServiceName name, Endpoint endpoint) {
            failed.add(endpoint.uri());
        }

        @Override
        public String absence(ServiceName name) {
            return "Consul at core:8500 " + (away ? "does not answer" : "answers, but knows no instance of " + name);
        }

        @Override
        public String description() {
            return "Consul at core:8500";
        }

        @Override
        public void close() {}
    }

    private final Directory directory = new Directory();
    private final MockWebServer first = new MockWebServer();
    private final MockWebServer second = new MockWebServer();
    private TestService llm;

    @BeforeEach
    void start() throws Exception {
        first.start();
        second.start();
        llm = TestService.cluster(
                new LLMSource.Cluster(List.of(ServiceName.LLM, SECOND)), directory, Map.of("llama_api_key", "k"));
    }

    @AfterEach
    void stop() {
        llm.close();
        first.close();
        second.close();
    }

    private static URI root(MockWebServer server) {
        return URI.create("http://" + server.getHostName() + ":" + server.getPort());
    }

    @Test
    void findsItAnewForEachCall() throws Exception {
        directory.add(ServiceName.LLM, root(first));
        first.enqueue(Sse.stream(Sse.text("one"), Sse.STOP));
        assertEquals("one", llm.ask().text());

        directory.known.clear();
        directory.add(SECOND, root(second));
        second.enqueue(Sse.stream(Sse.text("two"), Sse.STOP));
        assertEquals("two", llm.ask().text());

        assertEquals("/v1/chat/completions", first.takeRequest().getTarget());
        assertEquals("Bearer k", second.takeRequest().getHeaders().get("Authorization"));
    }

    @Test
    void saysWhereItLookedAndWhatWouldHelp() {
        LLMException e = llm.refused();

        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertEquals(
                "No language model was found: looked for llamacpp-rpc-api, llama-api-main: Consul at core:8500 answers,"
                        + " but knows no instance of llamacpp-rpc-api; Consul at core:8500 answers, but knows no instance"
                        + " of llama-api-main; start one there, or set LLAMA_API_URL_OVERRIDE to the base URL of one.",
                e.getMessage());
    }

    @Test
    void saysWhyTheDirectoryDidNotHelp() {
        directory.away = true;
        assertEquals(
                "No language model was found: looked for llamacpp-rpc-api, llama-api-main: Consul at core:8500 does not"
                        + " answer; start one there, or set LLAMA_API_URL_OVERRIDE to the base URL of one.",
                llm.refused().getMessage());

        directory.away = false;
        directory.add(ServiceName.LLM, URI.create("tcp://core:1"));
        assertTrue(llm.refused().getMessage().contains("http://"));
    }

    @Test
    void asksTheNextInstanceAndReportsTheFirst() throws Exception {
        directory.add(ServiceName.LLM, root(first));
        directory.add(ServiceName.LLM, root(second));
        first.enqueue(Sse.status(503, ""));
        second.enqueue(Sse.stream(Sse.text("two"), Sse.STOP));

        assertEquals("two", llm.ask().text());
        assertEquals(List.of(root(first)), directory.failed);
        assertEquals(List.of(), llm.waits, "the next one is asked at once");
    }

    @Test
    void asksTheNextNameIfNothingWasPushed() throws Exception {
        directory.add(ServiceName.LLM, root(first));
        directory.add(SECOND, root(second));
        first.enqueue(Sse.stream(Sse.delta("{\"role\":\"assistant\"}")));
        second.enqueue(Sse.stream(Sse.text("two"), Sse.STOP));

        assertEquals("two", llm.ask().text());
        assertEquals(3, llm.frames.size(), "one start: " + llm.frames);
    }

    @Test
    void doesNotStartOverOnceSomethingWasPushed() {
        directory.add(ServiceName.LLM, root(first));
        directory.add(ServiceName.LLM, root(second));
        first.enqueue(Sse.stream(Sse.text("half")));

        assertEquals(Reason.BROKEN_OFF, llm.refused().reason());
        assertEquals(List.of(root(first)), directory.failed);
        assertEquals(0, second.getRequestCount());
    }

    @Test
    void aRefusalIsNotTheInstancesFault() {
        directory.add(ServiceName.LLM, root(first));
        directory.add(ServiceName.LLM, root(second));
        first.enqueue(Sse.status(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}"));

        assertEquals(Reason.CONTEXT_OVERFLOW, llm.refused().reason());
        assertTrue(directory.failed.isEmpty());
        assertEquals(0, second.getRequestCount());
    }

    @Test
    void triesAllAgainAfterAWait() throws Exception {
        directory.add(ServiceName.LLM, root(first));
        directory.add(SECOND, root(second));
        first.enqueue(Sse.status(200, "<html>not a model</html>"));
        second.enqueue(Sse.status(503, ""));
        second.enqueue(Sse.stream(Sse.text("two"), Sse.STOP));

        assertEquals("two", llm.ask().text());
        assertEquals(1, llm.waits.size());
        assertEquals(1, first.getRequestCount(), "what failed for good is not asked again");
    }

    @Test
    void checksTheInstancesInTurn() throws Exception {
        directory.add(ServiceName.LLM, root(first));
        directory.add(SECOND, root(second));
        first.enqueue(Sse.status(503, ""));
        second.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"m\",\"max_model_len\":4096}]}"));
        second.enqueue(Sse.status(200, "{\"default_generation_settings\":{\"n_ctx\":2048}}"));

        llm.service.check();

        assertEquals(List.of(root(first)), directory.failed);
        assertFalse(llm.service.description().isEmpty());
    }

    /** A probe that waited for the patience of one that stands alone would not see within five seconds who is back. */
    @Test
    @Timeout(value = 4, unit = TimeUnit.SECONDS)
    void checkDoesNotWaitLongForOneThatHangsWhileThereIsAnother() throws Exception {
        llm.close();
        llm = TestService.cluster(
                new LLMSource.Cluster(List.of(ServiceName.LLM)), directory, Map.of("llm_liveness_timeout", "300ms"));
        directory.add(ServiceName.LLM, root(first));
        directory.add(ServiceName.LLM, root(second));
        first.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        second.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"m\"}]}"));

        llm.service.check();

        assertEquals(List.of(root(first)), directory.failed);
    }

    /** Where the network is cut, nobody waits for each of many instances before the model in this process answers. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void afterOneThatHungTheNextIsLookedAtBeforeItIsAskedIfSomebodyElseCanAnswer() throws Exception {
        llm.close();
        llm = TestService.cluster(
                new LLMSource.Cluster(List.of(ServiceName.LLM)),
                directory,
                Map.of("llm_liveness_timeout", "600ms", "llm_first_token_timeout", "1h"));
        directory.add(ServiceName.LLM, root(first));
        directory.add(ServiceName.LLM, root(second));
        MockResponse hang = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        first.enqueue(hang);
        first.enqueue(hang);
        second.enqueue(hang);

        LLMException e =
                assertThrows(LLMException.class, () -> llm.service.processOnce(TestService.HELLO, llm.frames::add));

        assertEquals(Reason.TIMEOUT, e.reason());
        assertEquals(List.of(root(first), root(second)), directory.failed);
        assertEquals("/v1/models", second.takeRequest().getTarget());
        assertEquals(1, second.getRequestCount(), "the question itself does not go there");

        for (int i = 0; i < 2; i++) {
            first.enqueue(hang);
        }
        second.enqueue(Sse.status(503, "busy"));
        second.enqueue(Sse.stream(Sse.text("two"), Sse.STOP));
        assertEquals(
                "two",
                llm.service.processOnce(TestService.HELLO, llm.frames::add).text(),
                "an error shows that it is there");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void instanceThatHangsIsLeftForTheNextWithinTheSameCall() throws Exception {
        llm.close();
        llm = TestService.cluster(
                new LLMSource.Cluster(List.of(ServiceName.LLM)),
                directory,
                Map.of("llm_liveness_timeout", "300ms", "llm_first_token_timeout", "1h"));
        directory.add(ServiceName.LLM, root(first));
        directory.add(ServiceName.LLM, root(second));
        for (int i = 0; i < 2; i++) {
            first.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
        }
        second.enqueue(Sse.stream(Sse.text("two"), Sse.STOP));
        assertEquals("two", llm.ask().text());
        assertEquals(List.of(root(first)), directory.failed);
    }
}
