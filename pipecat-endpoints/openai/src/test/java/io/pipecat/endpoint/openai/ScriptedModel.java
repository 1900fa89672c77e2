package io.pipecat.endpoint.openai;

import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** A model that does what the last message says: call, look, wait, flood, overflow, break; else it echoes. */
final class ScriptedModel implements LLMService {
    static final Usage USAGE = new Usage(11, 3);

    final List<LLMContext> seen = new CopyOnWriteArrayList<>();
    final Semaphore waiting = new Semaphore(0);
    final Semaphore go = new Semaphore(0);
    final Semaphore ended = new Semaphore(0);

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        seen.add(context);
        try {
            LLMResponse.Collector out = new LLMResponse.Collector(sink);
            FinishReason reason = say(context, out);
            out.accept(new LLMFrame.ResponseEnd(reason, USAGE));
            return out.response();
        } finally {
            ended.release();
        }
    }

    private FinishReason say(LLMContext context, LLMResponse.Collector out) throws LLMException, InterruptedException {
        Message last = context.messages().getLast();
        switch (last.text()) {
            case "overflow" -> throw new LLMException(LLMException.Reason.CONTEXT_OVERFLOW, "too long");
            case "away" -> throw new LLMException(LLMException.Reason.UNAVAILABLE, "nobody there");
            case "bug" -> throw new IllegalStateException("a mistake");
            default -> out.accept(new LLMFrame.ResponseStart("scripted"));
        }
        switch (last.text()) {
            case "break" -> {
                out.accept(new LLMFrame.Text("so far"));
                throw new LLMException(LLMException.Reason.BROKEN_OFF, "it broke");
            }
            case "burn" -> {
                if (last instanceof Message.User) {
                    out.accept(new ToolCall("c1", "house__burn", "{}"));
                    return FinishReason.TOOL_CALLS;
                }
            }
            case "look" -> {
                if (last instanceof Message.User) {
                    out.accept(new LLMFrame.Text("Let me "));
                    out.accept(new LLMFrame.Text("look."));
                    out.accept(new ToolCall("c1", "house__look", "{}"));
                    return FinishReason.TOOL_CALLS;
                }
            }
            case "call" -> {
                out.accept(new ToolCall("c1", "add", "{\"a\":1}"));
                out.accept(new ToolCall("c2", "add", "{\"a\":2}"));
                return FinishReason.TOOL_CALLS;
            }
            case "wait" -> {
                waiting.release();
                go.acquire();
                out.accept(new LLMFrame.Text("done"));
            }
            case "flood" -> {
                waiting.release();
                while (!Thread.currentThread().isInterrupted()) {
                    out.accept(new LLMFrame.Text("x".repeat(1 << 12)));
                }
                throw new InterruptedException();
            }
            case "think" -> {
                out.accept(new LLMFrame.Reasoning("hm"));
                out.accept(new LLMFrame.Text("so"));
            }
            default -> {
                out.accept(new LLMFrame.Text("You said: "));
                out.accept(new LLMFrame.Text(last.text()));
            }
        }
        return FinishReason.STOP;
    }

    @Override
    public OptionalInt concurrency() {
        return OptionalInt.of(1);
    }

    @Override
    public int contextTokens() {
        return 4096;
    }

    @Override
    public String description() {
        return "scripted (in process)";
    }

    @Override
    public void close() {}
}
