package io.pipecat.llm.local;

import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import io.pipecat.llm.local.chat.CallCheck;
import io.pipecat.llm.local.chat.CallLeniency;
import io.pipecat.llm.local.chat.TokenRoom;
import io.pipecat.llm.local.chat.ToolDialect;
import io.pipecat.llm.local.engine.Generation;
import io.pipecat.llm.local.engine.Sampling;
import io.pipecat.llm.local.engine.TextModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Answers from a model in this process. */
final class LocalLLMService implements LLMService {
    // So much room is left for the answer, or the prompt counts as too long: an answer of three tokens is none.
    private static final int LEAST_ANSWER = 64;

    private final TextModel model;
    private final ToolDialect dialect;
    private final LocalSettings settings;
    private final Set<Generation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LocalLLMService(TextModel model, ToolDialect dialect, LocalSettings settings) {
        this.model = model;
        this.dialect = dialect;
        this.settings = settings;
    }

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        check();
        Frames frames = new Frames(sink);
        Optional<String> ready = dialect.ready(context);
        if (ready.isPresent()) {
            frames.accept(new LLMFrame.Text(ready.get()));
            frames.accept(new LLMFrame.ResponseEnd(FinishReason.STOP, Usage.NONE));
            return frames.response();
        }
        Attempt attempt = attempt(context, context, frames);
        Usage usage = attempt.usage();
        Optional<LLMContext> again = attempt.reader().refuses() ? dialect.again(context) : Optional.empty();
        if (again.isPresent()) {
            Attempt second = attempt(again.get(), context, frames);
            usage = usage.plus(second.usage());
            // A refusal after a refusal says no more than the first.
            attempt = second.reader().refuses() ? attempt : second;
        }
        attempt.reader().end();
        Optional<LLMContext> corrected = frames.hasContent() ? Optional.empty() : correction(context, attempt);
        if (corrected.isPresent()) {
            attempt = attempt(corrected.get(), corrected.get(), frames);
            attempt.reader().end();
            usage = usage.plus(attempt.usage());
        }
        attempt.calls().forEach(frames);
        FinishReason reason = attempt.calls().isEmpty() ? attempt.reason() : FinishReason.TOOL_CALLS;
        frames.accept(new LLMFrame.ResponseEnd(reason, usage));
        return frames.response();
    }

    /** Begins the response with its first content: a call that fails before it may be answered by another model. */
    private final class Frames implements Consumer<LLMFrame> {
        private final LLMResponse.Collector collector;
        private boolean started;

        Frames(Consumer<? super LLMFrame> sink) {
            this.collector = new LLMResponse.Collector(sink);
        }

        @Override
        public void accept(LLMFrame frame) {
            if (!started) {
                started = true;
                collector.accept(new LLMFrame.ResponseStart(model.header().name()));
            }
            collector.accept(frame);
        }

        boolean hasContent() {
            return collector.hasContent();
        }

        LLMResponse response() {
            return collector.response();
        }
    }

    /** What one run of the model gave. Text has been pushed as it came; the calls are there when the reader has ended, and have not. */
    private record Attempt(ResponseReader reader, List<ToolCall> calls, FinishReason reason, Usage usage) {}

    /** Lets the model answer what is asked in one context, with its calls read in another. */
    private Attempt attempt(LLMContext asked, LLMContext context, Frames frames)
            throws LLMException, InterruptedException {
        String prompt = dialect.prompt(asked, new TokenRoom(promptTokens(context.options()), model::countTokens));
        int promptTokens = model.countTokens(prompt);
        Sampling sampling = sampling(context.options(), promptTokens);
        List<ToolCall> calls = new ArrayList<>();
        ResponseReader reader = new ResponseReader(dialect, dialect.parser(context, frame -> {
            if (frame instanceof ToolCall call) {
                calls.add(CallLeniency.mend(call, context.functions()));
            } else {
                frames.accept(frame);
            }
        }));
        int written;
        try (Generation generation = model.generate(prompt, sampling, this::begin)) {
            read(generation, reader, frames);
            written = generation.tokens();
        }
        FinishReason reason =
                reader.isOver() || written < sampling.maxTokens() ? FinishReason.STOP : FinishReason.LENGTH;
        return new Attempt(reader, calls, reason, new Usage(promptTokens, written));
    }

    // Either close() finds a response here, or the response finds that this is closed and the model never begins on it.
    private void begin(Generation generation) {
        running.removeIf(Generation::isFinished);
        running.add(generation);
        if (closed) {
            generation.close();
        }
    }

    private void read(Generation generation, ResponseReader reader, Frames frames)
            throws LLMException, InterruptedException {
        try {
            Optional<String> piece = generation.next();
            while (piece.isPresent() && !reader.isOver()) {
                reader.accept(piece.get());
                piece = generation.next();
            }
            if (closed) {
                generation.close();
                generation.awaitFinished();
                throw closedException();
            }
        } catch (Generation.NativeFailure e) {
            throw new LLMException(
                    frames.hasContent() ? Reason.BROKEN_OFF : Reason.UNAVAILABLE,
                    "The model " + model.header().name() + " in this process failed while it answered: "
                            + e.getMessage()
                            + ". Try again; if it happens again, set LOCAL_LLM_CONTEXT_SIZE or LOCAL_LLM_SLOTS lower.",
                    e);
        }
    }

    // A bad call is answered for the model to try again, once; nobody but the model sees that.
    private Optional<LLMContext> correction(LLMContext context, Attempt attempt) {
        List<Message> messages = new ArrayList<>(context.messages());
        messages.add(new Message.Assistant("", attempt.calls()));
        boolean bad = false;
        for (ToolCall call : attempt.calls()) {
            Optional<String> problem = CallCheck.problem(call, context.functions());
            bad |= problem.isPresent();
            messages.add(new Message.ToolResult(
                    call.id(),
                    call.name(),
                    problem.orElse("Not run yet, because another call was wrong. Write all of them again."),
                    true));
        }
        return bad && dialect.corrects()
                ? Optional.of(new LLMContext(messages, context.functions(), context.options()))
                : Optional.empty();
    }

    private int maxTokens(GenerationOptions options) {
        return options.maxTokens().orElseGet(settings::maxTokens);
    }

    private int promptTokens(GenerationOptions options) {
        int least = Math.min(maxTokens(options), Math.clamp(contextTokens() / 4, 1, LEAST_ANSWER));
        return contextTokens() - least;
    }

    private Sampling sampling(GenerationOptions options, int promptTokens) throws LLMException {
        if (promptTokens > promptTokens(options)) {
            throw new LLMException(
                    Reason.CONTEXT_OVERFLOW,
                    "The conversation takes " + promptTokens + " tokens, and the model "
                            + model.header().name() + " in this process has room for " + promptTokens(options)
                            + " of its "
                            + contextTokens() + " beside an answer. Shorten it, or set LOCAL_LLM_CONTEXT_SIZE higher if"
                            + " the model was trained for more ("
                            + model.header().contextLength() + ").");
        }
        OptionalInt seed = options.seed().isPresent()
                ? OptionalInt.of(Long.hashCode(options.seed().getAsLong()) & Integer.MAX_VALUE)
                : settings.seed().map(OptionalInt::of).orElse(OptionalInt.empty());
        double temperature =
                options.temperature().orElseGet(() -> settings.temperature().orElse(dialect.temperature()));
        Set<String> stops = new HashSet<>(dialect.stops());
        stops.addAll(options.stop());
        return new Sampling(
                temperature, options.topP(), Math.min(maxTokens(options), contextTokens() - promptTokens), seed, stops);
    }

    @Override
    public int contextTokens() {
        return model.options().contextTokens();
    }

    /** Counts the whole conversation, also what a dialect leaves out by itself; that may be an estimate. */
    @Override
    public int countTokens(LLMContext context) {
        return dialect.countTokens(context, model::countTokens);
    }

    @Override
    public OptionalInt concurrency() {
        return OptionalInt.of(model.options().slots());
    }

    @Override
    public String description() {
        return model.header().name() + " (in process)";
    }

    @Override
    public void check() throws LLMException {
        if (closed) {
            throw closedException();
        }
    }

    private LLMException closedException() {
        return new LLMException(
                Reason.UNUSABLE,
                "The model " + model.header().name() + " in this process was closed, because its node is stopping.");
    }

    /** Ends running calls and waits until the model has stopped working on them. The model itself stays with the process. */
    @Override
    public void close() {
        closed = true;
        List<Generation> open = List.copyOf(running);
        open.forEach(Generation::close);
        open.forEach(Generation::awaitFinished);
    }
}
