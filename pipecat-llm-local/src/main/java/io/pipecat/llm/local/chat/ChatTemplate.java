package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Set;

/**
 * Writes turns as the prompt that a family of models was trained on. The start token (BOS) is left out: llama.cpp adds it where the
 * model wants it.
 */
public interface ChatTemplate {

    /**
     * Writes a prompt.
     *
     * @param turns what was said
     * @return the prompt, up to where the model's answer begins
     */
    String render(List<Turn> turns);

    /**
     * Returns the marker at the end of a turn, at which a response is over even where it is no token of the model's.
     *
     * @return the marker; empty if llama.cpp chooses it
     */
    String end();

    /**
     * Returns the markers that this template writes. They are taken out of what people and tools say.
     *
     * @return the markers
     */
    Set<String> markers();
}
