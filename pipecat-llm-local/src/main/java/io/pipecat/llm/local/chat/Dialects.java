package io.pipecat.llm.local.chat;

import io.pipecat.llm.local.gguf.GgufHeader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Chooses how to speak to a model. */
public final class Dialects {
    private Dialects() {}

    /**
     * Chooses the template and the dialect of a model by its own chat template, else by its tokens.
     *
     * @param header what its file says
     * @param ownTemplate renders the model's own template from pairs of role and text; for families not known here
     * @return the dialect
     */
    public static ToolDialect of(GgufHeader header, Function<List<Map.Entry<String, String>>, String> ownTemplate) {
        String own = header.chatTemplate();
        Set<String> control = header.controlTokens();
        if (header.name().startsWith("pipecat-home")) {
            return new HomeDialect(tokens(header, ChatTemplates.chatMl(), new HermesFormat()), header.contextLength());
        }
        if (has(own, control, "<|im_start|>")) {
            // Other users of ChatML were trained on no calls, or on calls of their own; a word of the tags in the
            // template tells.
            boolean hermes = own.contains("<tool_call>") || header.userTokens().contains("<tool_call>");
            return dialect(header, ChatTemplates.chatMl(), hermes ? new HermesFormat() : new GenericFormat());
        }
        if (has(own, control, "<|start_header_id|>")) {
            boolean tools = own.isEmpty() || own.contains("tool") || control.contains("<|python_tag|>");
            return dialect(header, ChatTemplates.llama3(), tools ? new Llama3Format() : new GenericFormat());
        }
        if (own.contains("[INST]") && !own.contains("<<SYS>>")) {
            boolean tools = own.contains("[AVAILABLE_TOOLS]") || control.contains("[TOOL_CALLS]");
            return dialect(header, ChatTemplates.mistral(own), tools ? new MistralFormat() : new GenericFormat());
        }
        if (has(own, control, "<start_of_turn>")) {
            return dialect(header, ChatTemplates.gemma(), new GenericFormat());
        }
        if (own.contains("<|user|>") && own.contains("<|end|>")) {
            return dialect(header, ChatTemplates.phi3(), new GenericFormat());
        }
        return dialect(header, ChatTemplates.own(ownTemplate), new GenericFormat());
    }

    private static boolean has(String template, Set<String> control, String marker) {
        return template.contains(marker) || (template.isEmpty() && control.contains(marker));
    }

    private static ToolDialect dialect(GgufHeader header, ChatTemplate template, CallFormat format) {
        return new JsonDialect(template, format, tokens(header, template, format));
    }

    private static ControlTokens tokens(GgufHeader header, ChatTemplate template, CallFormat format) {
        Set<String> markers = new HashSet<>(template.markers());
        markers.addAll(format.markers());
        return new ControlTokens(header.controlTokens(), header.userTokens(), header.chatTemplate(), markers);
    }
}
