package io.pipecat.llm.local;

import io.pipecat.llm.local.engine.Generation;
import io.pipecat.llm.local.engine.LoadOptions;
import io.pipecat.llm.local.engine.Sampling;
import io.pipecat.llm.local.engine.TextModel;
import io.pipecat.llm.local.gguf.GgufHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Writes what a test has it write. A token is a character. */
final class ScriptedModel implements TextModel {
    static final String FAILURE = "\0failure";

    private final GgufHeader header;
    private final Deque<List<String>> responses;
    private final List<String> prompts = new ArrayList<>();
    private final List<Sampling> samplings = new ArrayList<>();

    ScriptedModel(GgufHeader header, List<List<String>> responses) {
        this.header = header;
        this.responses = new ArrayDeque<>(responses);
    }

    List<String> prompts() {
        return prompts;
    }

    List<Sampling> samplings() {
        return samplings;
    }

    @Override
    public GgufHeader header() {
        return header;
    }

    @Override
    public LoadOptions options() {
        return new LoadOptions(header.contextLength(), 1, 1, 0);
    }

    @Override
    public Generation generate(String prompt, Sampling sampling) {
        prompts.add(prompt);
        samplings.add(sampling);
        Iterator<String> pieces = responses.removeFirst().iterator();
        return new Generation() {
            @Override
            public Optional<String> next() {
                if (!pieces.hasNext()) {
                    return Optional.empty();
                }
                String piece = pieces.next();
                if (piece.equals(FAILURE)) {
                    throw new NativeFailure(new IllegalStateException("out of memory"));
                }
                return Optional.of(piece);
            }

            @Override
            public void close() {}

            @Override
            public boolean isFinished() {
                return true;
            }

            @Override
            public void awaitFinished() {}
        };
    }

    @Override
    public int countTokens(String prompt) {
        return prompt.length();
    }
}
