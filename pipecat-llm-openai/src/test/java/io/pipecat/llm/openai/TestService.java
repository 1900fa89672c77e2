package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.llm.Message;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service under test, with what it pushed and how long it would have waited. */
final class TestService implements AutoCloseable {
    static final LLMContext HELLO = LLMContext.of(new Message.User("Hello"));

    final List<LLMFrame> frames = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    final LLMService service;
    final TestNode node;

    private TestService(
            LLMSource source, List<Preset> presets, Map<String, String> settings, Optional<ServiceDiscovery> discovery)
            throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("llm_model", "test-model"));
        all.putAll(settings);
        all.values().removeIf(String::isEmpty);
        OpenAILLMProvider provider = new OpenAILLMProvider(presets, () -> 0, Optional.of(time -> {
            waits.add(time);
            return false;
        }));
        node = new TestNode(all, discovery);
        service = provider.create(source, node);
    }

    static TestService at(URI base, Map<String, String> settings) throws Exception {
        return new TestService(new LLMSource.Url(base), Preset.ALL, settings, Optional.empty());
    }

    static TestService hosted(Preset preset, Map<String, String> settings) throws Exception {
        return new TestService(new LLMSource.Hosted(preset.name()), List.of(preset), settings, Optional.empty());
    }

    static TestService cluster(LLMSource.Cluster source, ServiceDiscovery discovery, Map<String, String> settings)
            throws Exception {
        return new TestService(source, Preset.ALL, settings, Optional.of(discovery));
    }

    LLMResponse ask() throws Exception {
        return ask(HELLO);
    }

    LLMResponse ask(LLMContext context) throws Exception {
        frames.clear();
        return service.process(context, frames::add);
    }

    LLMException refused() {
        return assertThrows(LLMException.class, this::ask);
    }

    @Override
    public void close() {
        service.close();
    }
}
