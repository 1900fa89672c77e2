package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.llm.Message;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.testkit.node.TestNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LLMChainTest {
    private final TestNode node = TestNode.of(Map.of());
    private final ScriptedLLM remote = new ScriptedLLM("remote");
    private final ScriptedLLM local = new ScriptedLLM("local");
    private final List<LLMFrame> frames = new ArrayList<>();
    private final Semaphore probes = new Semaphore(0);
    private final LinkedBlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
    private final LLMLink preferred =
            link(remote, new LLMSource.Url(URI.create("http://core:8080/v1")), "llama_api_url_override");
    private final LLMLink fallback = link(local, new LLMSource.InProcess(Path.of("/m.gguf")), "llm_fallback=local");
    private LLMChain chain = chain(preferred, fallback);

    private LLMLink link(ScriptedLLM model, LLMSource source, String reason) {
        return new LLMLink(new LLMChoice(source, reason, "a setting"), model, List.of(), node, time -> {
            waits.put(time);
            probes.acquire();
        });
    }

    private LLMChain chain(LLMLink... links) {
        return new LLMChain(() -> List.of(links), "not needed", node);
    }

    @AfterEach
    void close() {
        chain.close();
    }

    private LLMResponse ask() throws Exception {
        frames.clear();
        return chain.process(LLMContext.of(new Message.User("Hello")), frames::add);
    }

    private LLMException failure() {
        return assertThrows(LLMException.class, this::ask);
    }

    private void letProbesThrough(Breaker breaker) {
        probes.release(100);
        while (breaker.isOpen()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nothingIsMadeBeforeItIsNeeded() throws Exception {
        assertEquals("none", chain.role().implementation());
        assertEquals("not needed", chain.role().reason());
        assertEquals("a language model that is chosen when something asks it", chain.description());
        chain.open();
        assertEquals(1, remote.made.get(), "only an address");
        assertEquals(0, local.made.get());
        assertTrue(
                chain.role().others().getFirst().contains("not loaded"),
                chain.role().toString());
        assertEquals("by remote", ask().text());
        assertEquals(0, local.made.get());
        chain.prepare();
        while (local.made.get() == 0) {
            Thread.onSpinWait();
        }
        chain.close();
        assertTrue(remote.closed);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"UNAVAILABLE", "TIMEOUT", "PROTOCOL"})
    void theOtherOneAnswersWithinTheTurnAndItIsSaid(Reason reason) throws Exception {
        remote.fails(reason);
        remote.dead = true;
        assertEquals("by local", ask().text());
        assertEquals(
                List.of("ResponseStart[model=local]", "Text[text=by local]"),
                frames.stream().limit(2).map(Object::toString).toList());
        assertEquals(3, frames.size());
        NodeEvent.RoleSwitched event = (NodeEvent.RoleSwitched) node.events().getFirst();
        assertEquals("model remote>model local", event.from() + ">" + event.to());
        assertTrue(
                event.message().contains("llm_fallback=local")
                        && event.message().contains("remote fails"),
                event.message());
        assertEquals(1, remote.asked.get());
        assertEquals("by local", ask().text());
        assertEquals(1, remote.asked.get(), "not asked while it is away");
        assertEquals(1, node.events().size(), "said once");
        assertEquals("local", chain.role().implementation());
        assertTrue(
                chain.role().reason().contains("model remote is away since " + TestNode.NOW),
                chain.role().reason());

        remote.works();
        letProbesThrough(preferred.breaker());
        assertEquals("by remote", ask().text());
        assertEquals(2, node.events().size());
        assertTrue(node.events().getLast().message().contains("model remote answers again"));
        assertEquals("llama_api_url_override", chain.role().reason());
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"REJECTED", "UNUSABLE"})
    void whatIsRefusedIsRefused(Reason reason) throws Exception {
        remote.fails(reason);
        assertEquals(reason, failure().reason());
        assertEquals(0, local.asked.get());
        remote.works();
        assertEquals("by remote", ask().text());
        assertEquals(List.of(), node.events());
    }

    @Test
    void afterTextWasShownNobodyElseAnswersButTheNextQuestionGoesElsewhere() throws Exception {
        remote.fails(Reason.BROKEN_OFF);
        remote.dead = true;
        remote.textBefore = "The answer is";
        assertEquals(Reason.BROKEN_OFF, failure().reason());
        assertEquals(
                List.of("ResponseStart[model=remote]", "Text[text=The answer is]"),
                frames.stream().map(Object::toString).toList());
        assertEquals(0, local.asked.get());
        assertEquals("by local", ask().text());
    }

    @Test
    void ifNobodyAnswersBothAreAskedAndBothAreNamed() throws Exception {
        remote.fails(Reason.UNAVAILABLE);
        remote.dead = true;
        local.fails(Reason.TIMEOUT);
        local.dead = true;
        LLMException e = failure();
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertEquals("remote fails. The other one did not answer either: local fails.", e.getMessage());
        assertEquals(Reason.UNAVAILABLE, failure().reason());
        assertEquals(2, remote.asked.get(), "to fail without asking helps nobody");
        local.works();
        assertEquals("by local", ask().text());
    }

    @Test
    void fallbackThatCannotBeMadeIsNamedBesideTheReasonForNeedingIt() {
        remote.fails(Reason.UNAVAILABLE);
        local.unmakeable = true;
        LLMException e = failure();
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertTrue(e.getMessage().contains("remote fails") && e.getMessage().contains("cannot be made"), e.toString());
    }

    @Test
    void longConversationGoesToTheLargerModel() throws Exception {
        chain = chain(fallback, preferred);
        local.size = 20;
        remote.size = 5000;
        chain.prepare();
        assertEquals(5000, chain.contextTokens());
        assertEquals("by local", ask().text());
        String longText = "word ".repeat(100);
        LLMResponse answer = chain.process(LLMContext.of(new Message.User(longText)), frame -> {});
        assertEquals("by remote", answer.text());
        assertEquals("by local", ask().text());
        local.fails(Reason.CONTEXT_OVERFLOW);
        assertEquals("by remote", ask().text());
        assertFalse(fallback.breaker().isOpen());
        remote.size = 10;
        assertEquals(Reason.CONTEXT_OVERFLOW, failure().reason(), "for the agent to shorten");
    }

    @Test
    void smallerFallbackIsWhatAConversationIsFittedToWhileItAnswers() throws Exception {
        local.size = 300;
        chain.prepare();
        assertEquals(1000, chain.contextTokens());
        remote.fails(Reason.UNAVAILABLE);
        remote.dead = true;
        ask();
        assertEquals(300, chain.contextTokens());
    }

    @Test
    void retryAfterIsRespected() throws Exception {
        remote.fails(Reason.UNAVAILABLE);
        remote.retryAfter = Optional.of(Duration.ofSeconds(30));
        assertEquals("by local", ask().text());
        assertEquals(Duration.ofSeconds(30), waits.take());
    }

    @Test
    void aloneItIsAskedPatientlyAndNotProbed() throws Exception {
        chain = chain(preferred);
        remote.fails(Reason.UNAVAILABLE);
        assertEquals("remote fails.", failure().getMessage());
        remote.works();
        assertEquals("by remote", ask().text());
        assertEquals(0, waits.size());
    }

    @Test
    void settingsThatMakeNoSenseShowWhenItIsAsked() {
        LLMChain broken = new LLMChain(
                () -> {
                    throw new SettingsException("local_llm_model_path: there is no file x.");
                },
                "",
                node);
        assertThrows(SettingsException.class, broken::open);
        LLMException e = assertThrows(LLMException.class, () -> broken.process(LLMContext.of(), frame -> {}));
        assertEquals(Reason.UNUSABLE, e.reason());
        assertTrue(e.getMessage().contains("there is no file x"));
        assertTrue(broken.contextTokens() > 0);
    }
}
