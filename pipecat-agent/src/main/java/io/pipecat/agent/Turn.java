package io.pipecat.agent;

import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One turn: from what the user said to the answer, with any number of tool calls in between. It runs on a virtual thread of its own, which alone
 * touches its state until the queue of its frames is closed.
 */
final class Turn {
    private static final int OVERFLOW_ATTEMPTS = 3;
    private static final String NO_ANSWER = "(no answer)";
    private static final String INTERRUPTED = "(interrupted by the user before there was an answer)";
    private static final String FAILED = "(no answer: the model failed)";
    private static final String BROKEN_OFF = "\n\n(the answer broke off here: the model failed)";

    /**
     * What a turn is made of.
     *
     * @param id names it
     * @param llm the model
     * @param systemPrompt what the model is told about itself
     * @param options the options as they are now
     * @param table the functions
     * @param frames takes the frames; closed when the turn is over
     * @param tools what a round of calls needs
     * @param modelGrace how long to wait for a model that was interrupted
     * @param modelSeen gets the name of each model that answers
     */
    record Parts(
            String id,
            LLMService llm,
            String systemPrompt,
            Supplier<ConversationOptions> options,
            FunctionTable table,
            FrameQueue frames,
            ToolRound.Means tools,
            Duration modelGrace,
            Consumer<String> modelSeen) {}

    /** How the turn ended, for the thread that called {@code send}. */
    sealed interface Ending {}

    /** It has a result. */
    record Ended(TurnResult result) implements Ending {}

    /** It has none. */
    record Failed(Throwable cause) implements Ending {}

    private final Parts parts;
    private final ConversationOptions options;
    private final ContextBuilder contexts;
    private final ModelCall model;
    private final Compactor compactor;
    private final List<Message> before;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final Thread thread;

    private Window window;
    private String text = "";
    private Usage usage = Usage.NONE;
    private int steps;
    private boolean takenBack;
    private List<Message> history;
    private Ending ending = new Failed(new IllegalStateException("the turn has not ended"));

    /** Prepares a turn. */
    Turn(Parts parts, List<Message> past, String userText) {
        this.parts = parts;
        this.options = parts.options().get();
        this.before = past;
        this.history = past;
        this.window = new Window(past, List.of(new Message.User(userText)));
        this.contexts = new ContextBuilder(parts.systemPrompt(), parts.table().specs(), options.generation());
        this.model = new ModelCall(parts.llm(), parts.frames(), parts.modelGrace(), parts.modelSeen());
        this.compactor = new Compactor(
                parts.llm(),
                contexts,
                options.compactionThreshold(),
                new Summariser(parts.llm(), this::askQuietly),
                this::notice);
        this.thread = Thread.ofVirtual().name("turn " + parts.id()).unstarted(this::run);
    }

    /** Starts the turn. */
    void start() {
        thread.start();
    }

    /** Stops the model and the tools; returns at once. The first call counts, be it before the start. */
    void interrupt() {
        // Once only: what the turn does to end itself in order must not be interrupted again.
        if (interrupted.compareAndSet(false, true)) {
            thread.interrupt();
        }
    }

    FrameQueue frames() {
        return parts.frames();
    }

    /** Returns how it ended. Call it after the queue of frames has ended, as the next two. */
    Ending ending() {
        return ending;
    }

    /** Returns the messages of the conversation after this turn, consistent. */
    List<Message> history() {
        return history;
    }

    /** Returns whether it failed before anything came of it, so that the history does not hold it and it can be sent again. */
    boolean isTakenBack() {
        return takenBack;
    }

    private void run() {
        try {
            parts.frames().putAlways(new TurnFrame.TurnStart(parts.id()));
            Outcome outcome = respond();
            end(outcome, NO_ANSWER);
        } catch (InterruptedException e) {
            endInterrupted();
        } catch (LLMException | RuntimeException | Error e) {
            if (interrupted.get()) {
                endInterrupted();
            } else {
                endFailed(e);
            }
        } finally {
            parts.frames().close();
        }
    }

    private Outcome respond() throws LLMException, InterruptedException {
        while (true) {
            if (interrupted.get()) {
                throw new InterruptedException("the turn was interrupted before the model was asked");
            }
            boolean last = steps >= options.maxSteps();
            LLMResponse response = ask(last);
            steps++;
            usage = usage.plus(response.usage());
            if (!response.text().isBlank()) {
                text = response.text();
            }
            List<ToolCall> calls = last ? List.of() : withDistinctIds(response.toolCalls());
            window = window.plus(new Message.Assistant(response.text(), calls));
            model.forget();
            if (calls.isEmpty()) {
                return outcome(response, last);
            }
            if (interrupted.get()) {
                throw new InterruptedException("the turn was interrupted before its tools were called");
            }
            ToolRound.Results results = new ToolRound(parts.tools()).run(calls);
            window = window.plus(results.results());
            if (results.interrupted() || interrupted.get()) {
                throw new InterruptedException("the turn was interrupted while tools ran");
            }
        }
    }

    private LLMResponse ask(boolean last) throws LLMException, InterruptedException {
        window = compactor.fit(window);
        for (int attempt = 1; ; attempt++) {
            try {
                return model.ask(last ? contexts.buildLast(window) : contexts.build(window));
            } catch (LLMException e) {
                Window shorter = e.reason() == LLMException.Reason.CONTEXT_OVERFLOW
                                && attempt <= OVERFLOW_ATTEMPTS
                                && !model.hasContent()
                        ? compactor.fitHarder(window, attempt)
                        : window;
                if (shorter.equals(window)) {
                    throw e;
                }
                window = shorter;
            }
        }
    }

    private LLMResponse askQuietly(LLMContext context) throws LLMException, InterruptedException {
        LLMResponse response = model.askQuietly(context);
        usage = usage.plus(response.usage());
        return response;
    }

    private Outcome outcome(LLMResponse response, boolean last) throws InterruptedException {
        if (response.text().isBlank() && last) {
            text = "I stopped after " + options.maxSteps() + " rounds of tool calls without an answer.";
            parts.frames().put(new TurnFrame.Text(text));
            window = window.plus(new Message.Assistant(text));
        } else if (response.text().isBlank()) {
            notice("The model gave an empty answer.");
        } else if (response.reason() == FinishReason.CONTENT_FILTER) {
            notice("The provider's content filter ended the answer.");
        }
        if (last) {
            return Outcome.STEP_LIMIT;
        }
        return response.reason() == FinishReason.LENGTH ? Outcome.LENGTH : Outcome.COMPLETED;
    }

    /** Models that number their calls from 0 in each response, or not at all, must not mix up the results. */
    private List<ToolCall> withDistinctIds(List<ToolCall> calls) {
        Set<String> used = new HashSet<>();
        for (Message message : window.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> used.add(call.id()));
            }
        }
        List<ToolCall> distinct = new ArrayList<>();
        for (ToolCall call : calls) {
            String id = call.id();
            for (int i = 1; id.isBlank() || !used.add(id); i++) {
                id = (call.id().isBlank() ? "call" : call.id()) + "_" + i;
            }
            distinct.add(new ToolCall(id, call.name(), call.argumentsJson()));
        }
        return distinct;
    }

    private void notice(String message) {
        parts.frames().putAlways(new TurnFrame.Notice(message));
    }

    private void endInterrupted() {
        String said = model.said();
        if (!said.isBlank()) {
            text = said;
            window = window.plus(new Message.Assistant(said));
        }
        end(Outcome.INTERRUPTED, INTERRUPTED);
    }

    private void end(Outcome outcome, String noteIfUnanswered) {
        history = answered(noteIfUnanswered);
        ending = new Ended(new TurnResult(text, outcome, usage, steps));
    }

    /** What was said and what tools have done stays on record; a turn without either is taken back, so that it can be sent again. */
    private void endFailed(Throwable cause) {
        String said = model.said();
        if (!said.isBlank()) {
            window = window.plus(new Message.Assistant(said + BROKEN_OFF));
        }
        takenBack = window.current().size() == 1;
        history = takenBack ? before : answered(FAILED);
        ending = new Failed(cause);
    }

    /** Returns the messages with the note after results that nothing follows: the next message is the user's. */
    private List<Message> answered(String note) {
        List<Message> messages =
                new ArrayList<>(History.consistent(window.messages(), ToolExecution.Result.INTERRUPTED.text()));
        if (messages.getLast() instanceof Message.ToolResult) {
            messages.add(new Message.Assistant(note));
        }
        return List.copyOf(messages);
    }
}
