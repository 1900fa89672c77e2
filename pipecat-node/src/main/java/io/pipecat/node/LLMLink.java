package io.pipecat.node;

import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of the models that a node may ask: made when it is first needed, and watched. Thread-safe. */
final class LLMLink implements AutoCloseable {
    private final LLMChoice choice;
    private final LLMProvider provider;
    private final List<String> otherProviders;
    private final NodeContext context;
    private final Breaker breaker;
    private final Prober prober;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable LLMService service;
    private volatile boolean closed;

    /**
     * Makes a link; the model itself comes later.
     *
     * @param choice where the model comes from, and why
     * @param provider makes the model
     * @param otherProviders who else could, for people
     * @param context the node
     * @param pause waits between probes
     */
    LLMLink(
            LLMChoice choice,
            LLMProvider provider,
            List<String> otherProviders,
            NodeContext context,
            Prober.Pause pause) {
        this.choice = choice;
        this.provider = provider;
        this.otherProviders = List.copyOf(otherProviders);
        this.context = context;
        this.breaker = new Breaker(context.clock());
        this.prober = new Prober(choice.detail(), breaker, this::probe, pause);
    }

    LLMChoice choice() {
        return choice;
    }

    LLMProvider provider() {
        return provider;
    }

    List<String> otherProviders() {
        return otherProviders;
    }

    Breaker breaker() {
        return breaker;
    }

    boolean isMade() {
        return service != null;
    }

    /** Whether to make the model takes time and memory. */
    boolean isHeavy() {
        return choice.source() instanceof LLMSource.InProcess;
    }

    /** Returns the model, made now if it was not yet. A failure is not kept: the next call tries again. */
    LLMService service() throws LLMException, InterruptedException {
        LLMService made = service;
        if (made != null) {
            return made;
        }
        making.lockInterruptibly();
        try {
            made = service;
            if (made == null) {
                if (closed) {
                    throw new LLMException(
                            LLMException.Reason.UNUSABLE,
                            "The language model " + choice.detail() + " was not asked: this node is shutting down.");
                }
                made = provider.create(choice.source(), context);
                service = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    /** Returns the model if to have it costs nothing: it is there already, or is only an address. */
    Optional<LLMService> cheap() {
        try {
            return isHeavy() && !isMade() ? Optional.empty() : Optional.of(service());
        } catch (LLMException e) {
            // Whoever asks it for an answer gets this failure.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    String description() {
        return cheap().map(LLMService::description)
                .orElseGet(() -> choice.detail() + " (not loaded until it is asked)");
    }

    /**
     * Asks the model.
     *
     * @param others whether others can be asked if it fails, so that it need not try hard, and is looked for while it is away
     */
    LLMResponse answer(LLMContext question, Consumer<? super LLMFrame> sink, boolean last, boolean others)
            throws LLMException, InterruptedException {
        try {
            LLMService model = service();
            LLMResponse response = last ? model.process(question, sink) : model.processOnce(question, sink);
            breaker.succeeded();
            return response;
        } catch (LLMException e) {
            judge(e);
            if (others) {
                prober.wake();
            }
            throw e;
        }
    }

    private void judge(LLMException e) {
        switch (e.reason()) {
            case UNAVAILABLE, TIMEOUT, PROTOCOL, BROKEN_OFF -> breaker.failed(e.getMessage(), e.retryAfter());
            // It is there, and says that the question is wrong.
            case REJECTED, CONTEXT_OVERFLOW -> breaker.succeeded();
            case UNUSABLE -> {}
        }
    }

    /** What is refused, or answered in a way that nobody understands, shows at least that somebody is there. */
    private void probe() throws PipecatException, InterruptedException {
        try {
            service().check();
        } catch (LLMException e) {
            switch (e.reason()) {
                case REJECTED, PROTOCOL, CONTEXT_OVERFLOW -> {}
                case UNAVAILABLE, TIMEOUT, BROKEN_OFF, UNUSABLE -> throw e;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        prober.close();
        making.lock();
        try {
            LLMService made = service;
            if (made != null) {
                made.close();
            }
        } finally {
            making.unlock();
        }
    }
}
