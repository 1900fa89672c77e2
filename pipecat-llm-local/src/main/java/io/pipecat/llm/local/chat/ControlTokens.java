package io.pipecat.llm.local.chat;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts that a model's tokenizer takes for control. In what people and tools write they are broken up by a space, so that they stay
 * readable and mean nothing: else {@code <|im_end|>} in a web page would end the page and begin orders to the model.
 */
public final class ControlTokens {
    // Made control by convention, even where a file does not list them.
    private static final List<String> ALWAYS = List.of(
            "<|im_start|>",
            "<|im_end|>",
            "<|endoftext|>",
            "<tool_call>",
            "</tool_call>",
            "<tool_response>",
            "</tool_response>",
            "<tools>",
            "</tools>");
    // Tokens after which a response is over in llama.cpp (llama-vocab.cpp).
    private static final Set<String> ENDS = Set.of(
            "<|im_end|>",
            "<|endoftext|>",
            "<|eot_id|>",
            "<|eom_id|>",
            "<|end|>",
            "<|end_of_text|>",
            "<end_of_turn>",
            "<EOT>",
            "_<EOT>",
            "< EOT >",
            "</s>",
            "<|END_OF_TURN_TOKEN|>",
            "<|return|>",
            "<eos>",
            "<|eos|>",
            "<\uff5cend\u2581of\u2581sentence\uff5c>",
            "<|end_of_role|>",
            "[EOS]");

    private final Set<String> control;
    private final Map<Character, List<String>> byFirst = new HashMap<>();

    /**
     * Collects the markers of a model.
     *
     * @param control its control tokens
     * @param userDefined tokens its makers added; those shaped like a marker and used by its chat template count
     * @param chatTemplate its own template
     * @param markers what templates and dialects write
     */
    public ControlTokens(
            Set<String> control, Collection<String> userDefined, String chatTemplate, Collection<String> markers) {
        this.control = Set.copyOf(control);
        Set<String> all = new HashSet<>(control);
        all.addAll(ALWAYS);
        all.addAll(markers);
        userDefined.stream()
                .filter(token -> isMarker(token) && (token.startsWith("<|") || chatTemplate.contains(token)))
                .forEach(all::add);
        all.stream()
                .filter(token -> token.length() > 2)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(token -> byFirst.computeIfAbsent(token.charAt(0), first -> new java.util.ArrayList<>())
                        .add(token));
    }

    private static boolean isMarker(String token) {
        return (token.startsWith("<") && token.endsWith(">")) || (token.startsWith("[") && token.endsWith("]"));
    }

    /**
     * Makes a text harmless.
     *
     * @param text what somebody wrote
     * @return the text without a marker in it
     */
    public String neutralise(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int at = i;
            if (c == 0) {
                out.append(' ');
                continue;
            }
            out.append(c);
            // A marker whose second character is a space would survive one; that one loses its first character's
            // neighbour instead.
            byFirst.getOrDefault(c, List.of()).stream()
                    .filter(marker -> text.startsWith(marker, at))
                    .findFirst()
                    .ifPresent(marker -> out.append(marker.charAt(1) == ' ' ? '\u200b' : ' '));
        }
        return out.toString();
    }

    /**
     * Returns whether a piece of a response is one control token.
     *
     * @param piece what the model wrote
     * @return whether it is control
     */
    public boolean isControl(String piece) {
        return control.contains(piece);
    }

    /**
     * Returns whether a piece of a response ends it.
     *
     * @param piece what the model wrote
     * @return whether it is over
     */
    public boolean isEnd(String piece) {
        return ENDS.contains(piece);
    }
}
