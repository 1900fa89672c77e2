package io.pipecat.agent;

import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.ToolCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of the model in one turn: passes on what it says, and remembers it as long as it is not part of the history. */
final class ModelCall {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCall.class);

    /** What one call has said. The call's thread writes it; it is read when the call is over or has been given up. */
    private static final class Saying {
        private final StringBuilder text = new StringBuilder();
        private boolean content;
        private boolean stopped;

        synchronized void begin() {
            if (stopped) {
                throw new CancellationException("the turn is over");
            }
            content = true;
        }

        synchronized void add(String piece) {
            if (!stopped) {
                text.append(piece);
            }
        }

        synchronized void stop() {
            stopped = true;
        }

        synchronized boolean hasContent() {
            return content;
        }

        synchronized String text() {
            return text.toString();
        }
    }

    private final LLMService llm;
    private final FrameQueue frames;
    private final Duration grace;
    private final Consumer<String> modelSeen;
    private Saying saying = new Saying();

    ModelCall(LLMService llm, FrameQueue frames, Duration grace, Consumer<String> modelSeen) {
        this.llm = llm;
        this.frames = frames;
        this.grace = grace;
        this.modelSeen = modelSeen;
    }

    /** Asks for a response, whose text and reasoning become frames. */
    LLMResponse ask(LLMContext context) throws LLMException, InterruptedException {
        Saying now = new Saying();
        saying = now;
        return run(context, now, frame -> pass(frame, now));
    }

    /** Asks for a response that the user does not get to see. */
    LLMResponse askQuietly(LLMContext context) throws LLMException, InterruptedException {
        return run(context, new Saying(), frame -> {});
    }

    /** Returns whether the latest call has shown anything of its answer. */
    boolean hasContent() {
        return saying.hasContent();
    }

    /** Returns what the latest call has said so far; empty after {@link #forget()}. */
    String said() {
        return saying.text();
    }

    /** The response is in the history now. */
    void forget() {
        saying = new Saying();
    }

    private LLMResponse run(LLMContext context, Saying now, Consumer<LLMFrame> sink)
            throws LLMException, InterruptedException {
        DetachedCall.Ending<LLMResponse> ending =
                DetachedCall.run("model", Optional.empty(), grace, () -> llm.process(context, sink));
        return switch (ending) {
            case DetachedCall.Returned<LLMResponse>(LLMResponse response) -> response;
            case DetachedCall.Threw<LLMResponse>(Throwable thrown) -> throw rethrown(thrown);
            case DetachedCall.Stopped<LLMResponse> stopped -> {
                now.stop();
                if (stopped.abandoned()) {
                    LOG.warn(
                            "the model {} goes on {} ms after its call was interrupted; its answer is ignored",
                            llm.description(),
                            grace.toMillis());
                }
                throw new InterruptedException("the turn was interrupted while the model answered");
            }
        };
    }

    private LLMException rethrown(Throwable thrown) {
        return switch (thrown) {
            case LLMException e -> e;
            case Error e -> throw e;
            case InterruptedException e ->
                new LLMException(
                        LLMException.Reason.BROKEN_OFF,
                        "The model " + llm.description()
                                + " broke off: its call was interrupted from inside. Ask again.",
                        e);
            default ->
                throw new IllegalStateException(
                        "The model " + llm.description() + " failed in a way that it should not: " + thrown, thrown);
        };
    }

    private void pass(LLMFrame frame, Saying now) {
        try {
            switch (frame) {
                case LLMFrame.ResponseStart start -> modelSeen.accept(start.model());
                case LLMFrame.Text piece -> {
                    now.begin();
                    frames.put(new TurnFrame.Text(piece.text()));
                    now.add(piece.text());
                }
                case LLMFrame.Reasoning piece -> {
                    now.begin();
                    frames.put(new TurnFrame.Reasoning(piece.text()));
                }
                case ToolCall ignored -> now.begin();
                case LLMFrame.ResponseEnd ignored -> {}
            }
        } catch (InterruptedException e) {
            // The sink of a model cannot declare it; the flag tells the model, and this ends the call in any case.
            Thread.currentThread().interrupt();
            throw new CancellationException("the turn was interrupted");
        }
    }
}
