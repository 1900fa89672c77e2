package io.pipecat.tools.local.summarizer;

import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A model that counts its summaries. */
final class EchoModel implements LLMService {
    final List<LLMContext> requests = new ArrayList<>();
    String answer = "summary";

    @Nullable
    LLMException failure;

    private final int contextTokens;

    EchoModel(int contextTokens) {
        this.contextTokens = contextTokens;
    }

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink) throws LLMException {
        requests.add(context);
        if (failure != null) {
            throw failure;
        }
        String text = answer.isBlank() ? answer : answer + " " + requests.size();
        return new LLMResponse("echo", text, "", List.of(), FinishReason.STOP, Usage.NONE);
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    @Override
    public String description() {
        return "echo";
    }

    @Override
    public void close() {}
}
