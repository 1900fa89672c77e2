package io.pipecat.llm.local.chat;

import io.pipecat.llm.local.chat.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The templates that are known here. Recognised as llama.cpp's {@code llama-chat.cpp} does, by the markers in a model's own template. */
public final class ChatTemplates {
    private ChatTemplates() {}

    /**
     * ChatML: Qwen, Hermes, the built-in model and many others.
     *
     * @return the template
     */
    public static ChatTemplate chatMl() {
        return new Headed("<|im_start|>%s\n", "<|im_end|>", "\n", "tool", Set.of("<|im_start|>", "<|im_end|>"));
    }

    /**
     * Llama 3 and its successors up to 3.3.
     *
     * @return the template
     */
    public static ChatTemplate llama3() {
        return new Headed(
                "<|start_header_id|>%s<|end_header_id|>\n\n",
                "<|eot_id|>",
                "",
                "ipython",
                Set.of("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>", "<|python_tag|>"));
    }

    /**
     * Phi 3.
     *
     * @return the template
     */
    public static ChatTemplate phi3() {
        return new Headed(
                "<|%s|>\n", "<|end|>", "\n", "user", Set.of("<|system|>", "<|user|>", "<|assistant|>", "<|end|>"));
    }

    /**
     * Gemma, which has no place for instructions: they go before the first thing the user says.
     *
     * @return the template
     */
    public static ChatTemplate gemma() {
        return new Gemma();
    }

    /**
     * Mistral's instruction format.
     *
     * @param chatTemplate the model's own template, which tells the versions apart
     * @return the template
     */
    public static ChatTemplate mistral(String chatTemplate) {
        if (chatTemplate.contains("[SYSTEM_PROMPT]")) {
            return new MistralTemplate(" ", "", true);
        }
        if (chatTemplate.contains(" [INST]")) {
            return new MistralTemplate(" ", " ", false);
        }
        return chatTemplate.contains("\"[INST]\"")
                ? new MistralTemplate("", "", false)
                : new MistralTemplate(" ", "", false);
    }

    /**
     * Whatever the model's own template is, as llama.cpp renders it. It knows no tools: their results are the user's words.
     *
     * @param renderer takes pairs of role and text
     * @return the template
     */
    public static ChatTemplate own(Function<List<Map.Entry<String, String>>, String> renderer) {
        return new Own(renderer);
    }

    static List<Turn> systemIntoUser(List<Turn> turns) {
        List<Turn> result = new ArrayList<>();
        String pending = "";
        for (Turn turn : turns) {
            if (turn.role() == Role.SYSTEM) {
                pending += turn.text() + "\n\n";
            } else if (turn.role() == Role.USER) {
                result.add(new Turn(Role.USER, pending + turn.text()));
                pending = "";
            } else {
                result.add(turn);
            }
        }
        if (!pending.isEmpty()) {
            result.add(new Turn(Role.USER, pending.strip()));
        }
        return result;
    }

    private record Headed(String head, String end, String gap, String toolRole, Set<String> markers)
            implements ChatTemplate {
        @Override
        public String render(List<Turn> turns) {
            StringBuilder out = new StringBuilder();
            for (Turn turn : turns) {
                out.append(header(roleName(turn.role())))
                        .append(turn.text())
                        .append(end)
                        .append(gap);
            }
            return out.append(header("assistant")).toString();
        }

        private String header(String role) {
            return String.format(Locale.ROOT, head, role);
        }

        private String roleName(Role role) {
            return switch (role) {
                case SYSTEM, TOOLS -> "system";
                case USER -> "user";
                case ASSISTANT -> "assistant";
                case TOOL -> toolRole;
            };
        }
    }

    private record Gemma() implements ChatTemplate {
        @Override
        public String render(List<Turn> turns) {
            StringBuilder out = new StringBuilder();
            for (Turn turn : systemIntoUser(turns)) {
                out.append("<start_of_turn>")
                        .append(turn.role() == Role.ASSISTANT ? "model" : "user")
                        .append('\n')
                        .append(turn.text().strip())
                        .append("<end_of_turn>\n");
            }
            return out.append("<start_of_turn>model\n").toString();
        }

        @Override
        public String end() {
            return "<end_of_turn>";
        }

        @Override
        public Set<String> markers() {
            return Set.of("<start_of_turn>", "<end_of_turn>");
        }
    }

    private record Own(Function<List<Map.Entry<String, String>>, String> renderer) implements ChatTemplate {
        @Override
        public String render(List<Turn> turns) {
            List<Map.Entry<String, String>> messages = new ArrayList<>();
            for (Turn turn : turns) {
                String role = switch (turn.role()) {
                    case SYSTEM, TOOLS -> "system";
                    case USER, TOOL -> "user";
                    case ASSISTANT -> "assistant";
                };
                messages.add(Map.entry(role, turn.text()));
            }
            return renderer.apply(messages);
        }

        @Override
        public String end() {
            return "";
        }

        @Override
        public Set<String> markers() {
            return Set.of();
        }
    }
}
