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
import java.util.function.Consumer;

/** Writes what a test has it write. A token is a character. */
final class ScriptedModel implements TextModel {
    static final String FAILURE = "\0failure";

    private final GgufHeader header;
    private final Deque<List<String>> responses;
    private final List<String> prompts = new ArrayList<>();
    private final List<Sampling> samplings = new ArrayList<>();
    private Runnable atSlot = () -> {};
    private boolean awaited;

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

    /** Has something happen when a call has got its slot and nobody knows of its response yet. */
    void atSlot(Runnable action) {
        atSlot = action;
    }

    boolean wasAwaited() {
        return awaited;
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
    public Generation generate(String prompt, Sampling sampling, Consumer<? super Generation> begun) {
        atSlot.run();
        Scripted generation = new Scripted(responses.removeFirst().iterator());
        begun.accept(generation);
        if (!generation.closed) {
            prompts.add(prompt);
            samplings.add(sampling);
        }
        return generation;
    }

    /** An empty piece is a token that gives no text. */
    private final class Scripted implements Generation {
        private final Iterator<String> pieces;
        private int tokens;
        private boolean closed;

        Scripted(Iterator<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public Optional<String> next() {
            while (!closed && pieces.hasNext()) {
                String piece = pieces.next();
                if (piece.equals(FAILURE)) {
                    throw new NativeFailure(new IllegalStateException("out of memory"));
                }
                tokens++;
                if (!piece.isEmpty()) {
                    return Optional.of(piece);
                }
            }
            return Optional.empty();
        }

        @Override
        public int tokens() {
            return tokens;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public boolean isFinished() {
            return closed;
        }

        @Override
        public void awaitFinished() {
            awaited = true;
        }
    }

    @Override
    public int countTokens(String prompt) {
        return prompt.length();
    }
}
