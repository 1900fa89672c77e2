package io.pipecat.llm.local.gguf;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a model file says of itself.
 *
 * @param file the file
 * @param fileSize its length in bytes
 * @param architecture {@code general.architecture}
 * @param name {@code general.name}, or the file's name without its ending
 * @param contextLength the tokens it was trained for, greater than 0
 * @param chatTemplate {@code tokenizer.chat_template}; empty if it has none
 * @param tokenizer {@code tokenizer.ggml.model}
 * @param vocabularySize the number of tokens
 * @param controlTokens the texts that its tokenizer takes for control wherever they stand
 * @param userTokens the texts its makers made tokens of their own; some are markers, some are ordinary text
 * @param mayAddStart whether the tokenizer adds a token for the start of the text, or does not say
 * @param tensorCount the number of tensors
 */
public record GgufHeader(
        Path file,
        long fileSize,
        String architecture,
        String name,
        int contextLength,
        String chatTemplate,
        String tokenizer,
        int vocabularySize,
        Set<String> controlTokens,
        List<String> userTokens,
        boolean mayAddStart,
        long tensorCount) {

    /** Copies the collections. */
    public GgufHeader {
        controlTokens = Set.copyOf(controlTokens);
        userTokens = List.copyOf(userTokens);
    }
}
