package io.pipecat.endpoint.web;

import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A model that does what a test says. */
final class ScriptedModel implements LLMService {
    /** One response. */
    interface Script {
        void answer(LLMContext context, Pen pen) throws LLMException, InterruptedException;
    }

    /** What a response is written with. */
    static final class Pen {
        private final LLMResponse.Collector collector;
        private boolean called;

        Pen(LLMResponse.Collector collector) {
            this.collector = collector;
        }

        Pen say(String text) {
            collector.accept(new LLMFrame.Text(text));
            return this;
        }

        Pen think(String text) {
            collector.accept(new LLMFrame.Reasoning(text));
            return this;
        }

        void call(String id, String function, String arguments) {
            called = true;
            collector.accept(new ToolCall(id, function, arguments));
        }
    }

    private final List<LLMContext> asked = new CopyOnWriteArrayList<>();
    private volatile Script script = (context, pen) -> pen.say("Hello.");

    void does(Script value) {
        script = value;
    }

    /** Returns what it was asked so far. */
    List<LLMContext> asked() {
        return asked;
    }

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        asked.add(context);
        LLMResponse.Collector collector = new LLMResponse.Collector(sink);
        collector.accept(new LLMFrame.ResponseStart("scripted"));
        Pen pen = new Pen(collector);
        script.answer(context, pen);
        collector.accept(
                new LLMFrame.ResponseEnd(pen.called ? FinishReason.TOOL_CALLS : FinishReason.STOP, new Usage(10, 5)));
        return collector.response();
    }

    @Override
    public int contextTokens() {
        return 100_000;
    }

    @Override
    public String description() {
        return "scripted model";
    }

    @Override
    public void close() {}
}
