package io.pipecat.node;

import io.pipecat.api.NodeContext;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.llm.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A model, and its provider, that fails as a test wants it to. */
final class ScriptedLLM implements LLMProvider, LLMService {
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    private final String name;
    volatile Optional<Reason> failure = Optional.empty();
    volatile Optional<Duration> retryAfter = Optional.empty();
    volatile String textBefore = "";
    volatile boolean dead;
    volatile int size = 1000;
    volatile boolean unmakeable;
    volatile boolean closed;

    ScriptedLLM(String name) {
        this.name = name;
    }

    void fails(Reason reason) {
        failure = Optional.of(reason);
    }

    void works() {
        failure = Optional.empty();
        textBefore = "";
        dead = false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supports(LLMSource source) {
        return true;
    }

    @Override
    public LLMService create(LLMSource source, NodeContext context) throws LLMException {
        made.incrementAndGet();
        if (unmakeable) {
            throw new LLMException(Reason.UNUSABLE, name + " cannot be made.");
        }
        return this;
    }

    private static final class Asked extends LLMException {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Duration> wait;

        Asked(Reason reason, String message, Optional<Duration> wait) {
            super(reason, message);
            this.wait = wait;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return wait;
        }
    }

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink) throws LLMException {
        asked.incrementAndGet();
        LLMResponse.Collector out = new LLMResponse.Collector(sink);
        out.accept(new LLMFrame.ResponseStart(name));
        if (failure.isPresent()) {
            if (!textBefore.isEmpty()) {
                out.accept(new LLMFrame.Text(textBefore));
            }
            throw new Asked(failure.get(), name + " fails.", retryAfter);
        }
        out.accept(new LLMFrame.Text("by " + name));
        out.accept(new LLMFrame.ResponseEnd(FinishReason.STOP, Usage.NONE));
        return out.response();
    }

    @Override
    public void check() throws LLMException {
        if (dead) {
            throw new LLMException(Reason.UNAVAILABLE, name + " is dead.");
        }
    }

    @Override
    public int contextTokens() {
        return size;
    }

    @Override
    public String description() {
        return "model " + name;
    }

    @Override
    public void close() {
        closed = true;
    }
}
