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
import io.pipecat.llm.local.chat.TokenRoom;
import io.pipecat.llm.local.chat.ToolDialect;
import io.pipecat.llm.local.engine.Generation;
import io.pipecat.llm.local.engine.Sampling;
import io.pipecat.llm.local.engine.TextModel;
import java.util.ArrayList;
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
        LLMResponse.Collector collector = new LLMResponse.Collector(sink);
        Optional<String> ready = dialect.ready(context);
        if (ready.isPresent()) {
            collector.accept(new LLMFrame.ResponseStart(model.header().name()));
            collector.accept(new LLMFrame.Text(ready.get()));
            collector.accept(new LLMFrame.ResponseEnd(FinishReason.STOP, Usage.NONE));
            return collector.response();
        }
        Attempt first = attempt(context, collector, true);
        Optional<LLMContext> corrected = collector.hasContent() ? Optional.empty() : correction(context, first);
        Attempt last = corrected.isPresent() ? attempt(corrected.get(), collector, false) : first;
        last.calls().forEach(collector);
        Usage usage = corrected.isPresent() ? first.usage().plus(last.usage()) : last.usage();
        FinishReason reason = last.calls().isEmpty() ? last.reason() : FinishReason.TOOL_CALLS;
        collector.accept(new LLMFrame.ResponseEnd(reason, usage));
        return collector.response();
    }

    /** What one run of the model gave; its text has been pushed, its calls have not. */
    private record Attempt(List<ToolCall> calls, FinishReason reason, Usage usage) {}

    private Attempt attempt(LLMContext context, LLMResponse.Collector collector, boolean first)
            throws LLMException, InterruptedException {
        String prompt = dialect.prompt(context, new TokenRoom(promptTokens(context.options()), model::countTokens));
        int promptTokens = model.countTokens(prompt);
        Sampling sampling = sampling(context.options(), promptTokens);
        List<ToolCall> calls = new ArrayList<>();
        ResponseReader reader = new ResponseReader(dialect, dialect.parser(context, frame -> {
            if (frame instanceof ToolCall call) {
                calls.add(call);
            } else {
                collector.accept(frame);
            }
        }));
        try (Generation generation = model.generate(prompt, sampling)) {
            running.removeIf(Generation::isFinished);
            running.add(generation);
            // One that began while this was being closed is not in what close() looks at.
            check();
            read(generation, reader, collector, first);
        }
        int written = reader.tokens();
        FinishReason reason =
                reader.isOver() || written < sampling.maxTokens() ? FinishReason.STOP : FinishReason.LENGTH;
        return new Attempt(calls, reason, new Usage(promptTokens, written));
    }

    private void read(Generation generation, ResponseReader reader, LLMResponse.Collector collector, boolean first)
            throws LLMException, InterruptedException {
        boolean started = !first;
        try {
            Optional<String> piece = generation.next();
            while (piece.isPresent() && !reader.isOver()) {
                if (!started) {
                    collector.accept(new LLMFrame.ResponseStart(model.header().name()));
                    started = true;
                }
                reader.accept(piece.get());
                piece = generation.next();
            }
            if (closed) {
                throw closedException();
            }
            if (!started) {
                collector.accept(new LLMFrame.ResponseStart(model.header().name()));
            }
        } catch (Generation.NativeFailure e) {
            throw new LLMException(
                    collector.hasContent() ? Reason.BROKEN_OFF : Reason.UNAVAILABLE,
                    "The model " + model.header().name() + " in this process failed while it answered: "
                            + e.getMessage()
                            + ". Try again; if it happens again, set LOCAL_LLM_CONTEXT_SIZE or LOCAL_LLM_SLOTS lower.",
                    e);
        }
        reader.end();
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
        int least = Math.min(maxTokens(options), Math.min(LEAST_ANSWER, contextTokens() / 4));
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
        return new Sampling(
                temperature, Math.min(maxTokens(options), contextTokens() - promptTokens), seed, dialect.stops());
    }

    @Override
    public int contextTokens() {
        return model.options().contextTokens();
    }

    /** Counts exactly. A dialect that leaves out old turns by itself counts what it would show the model. */
    @Override
    public int countTokens(LLMContext context) {
        TokenRoom room = new TokenRoom(promptTokens(context.options()), model::countTokens);
        return model.countTokens(dialect.prompt(context, room));
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
