package io.pipecat.agent;

import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A model that answers from a script, one step for each call, and keeps what it was asked. */
final class ScriptedModel implements LLMService {
    static final Usage USAGE = new Usage(10, 5);

    /** What the model does in one call. */
    interface Step {
        LLMResponse answer(LLMContext context, Consumer<? super LLMFrame> sink)
                throws LLMException, InterruptedException;
    }

    private final ConcurrentLinkedQueue<Step> steps = new ConcurrentLinkedQueue<>();
    final List<LLMContext> asked = new CopyOnWriteArrayList<>();
    private volatile int contextTokens = 100_000;

    ScriptedModel then(Step step) {
        steps.add(step);
        return this;
    }

    ScriptedModel says(String... pieces) {
        return then((context, sink) -> answer(sink, FinishReason.STOP, pieces));
    }

    ScriptedModel calls(ToolCall... calls) {
        return saysAndCalls("", calls);
    }

    ScriptedModel saysAndCalls(String text, ToolCall... calls) {
        return then((context, sink) -> {
            LLMResponse.Collector collector = begin(sink);
            if (!text.isEmpty()) {
                collector.accept(new LLMFrame.Text(text));
            }
            List.of(calls).forEach(collector);
            return end(collector, calls.length == 0 ? FinishReason.STOP : FinishReason.TOOL_CALLS);
        });
    }

    ScriptedModel fails(LLMException.Reason reason, String message) {
        return then((context, sink) -> {
            throw new LLMException(reason, message);
        });
    }

    ScriptedModel withContext(int tokens) {
        contextTokens = tokens;
        return this;
    }

    static ToolCall call(String id, String name, String arguments) {
        return new ToolCall(id, name, arguments);
    }

    static LLMResponse.Collector begin(Consumer<? super LLMFrame> sink) {
        LLMResponse.Collector collector = new LLMResponse.Collector(sink);
        collector.accept(new LLMFrame.ResponseStart("scripted"));
        return collector;
    }

    static LLMResponse end(LLMResponse.Collector collector, FinishReason reason) {
        collector.accept(new LLMFrame.ResponseEnd(reason, USAGE));
        return collector.response();
    }

    static LLMResponse answer(Consumer<? super LLMFrame> sink, FinishReason reason, String... pieces) {
        LLMResponse.Collector collector = begin(sink);
        for (String piece : pieces) {
            if (!piece.isEmpty()) {
                collector.accept(new LLMFrame.Text(piece));
            }
        }
        return end(collector, reason);
    }

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        asked.add(context);
        Step step = steps.poll();
        if (step == null) {
            throw new AssertionError("the model was asked once more than the script has answers: " + context);
        }
        return step.answer(context, sink);
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    /** A token for each character, so that a test can reckon. */
    @Override
    public int countTokens(LLMContext context) {
        int count = 0;
        for (var message : context.messages()) {
            count += message.text().length();
            if (message instanceof io.pipecat.api.llm.Message.Assistant assistant) {
                for (ToolCall call : assistant.toolCalls()) {
                    count += call.name().length() + call.argumentsJson().length();
                }
            }
        }
        return count;
    }

    @Override
    public String description() {
        return "scripted (test)";
    }

    @Override
    public void close() {}
}
