package io.pipecat.llm.local.chat;

import io.pipecat.llm.local.chat.Turn.Role;
import java.util.List;
import java.util.Set;

/**
 * Mistral's instruction format. Its versions differ in spaces and in whether instructions have a place of their own.
 *
 * @param inside what follows an opening marker
 * @param before what precedes an opening marker after an answer
 * @param systemMarker whether instructions stand in {@code [SYSTEM_PROMPT]}, else before the last words of the user
 */
record MistralTemplate(String inside, String before, boolean systemMarker) implements ChatTemplate {
    @Override
    public String render(List<Turn> turns) {
        List<Turn> all = systemMarker ? turns : ChatTemplates.systemIntoUser(turns);
        int lastUser = all.stream().map(Turn::role).toList().lastIndexOf(Role.USER);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            Turn turn = all.get(i);
            switch (turn.role()) {
                case SYSTEM ->
                    out.append("[SYSTEM_PROMPT]")
                            .append(inside)
                            .append(turn.text())
                            .append("[/SYSTEM_PROMPT]");
                // Written before the last words of the user, wherever the list stands.
                case TOOLS -> {}
                case USER -> {
                    if (i == lastUser) {
                        appendTools(all, out);
                    }
                    out.append(before)
                            .append("[INST]")
                            .append(inside)
                            .append(turn.text())
                            .append(before);
                    out.append("[/INST]");
                }
                case ASSISTANT ->
                    out.append(turn.text().startsWith("[") ? "" : inside)
                            .append(turn.text())
                            .append("</s>");
                case TOOL ->
                    out.append("[TOOL_RESULTS]")
                            .append(inside)
                            .append(turn.text())
                            .append("[/TOOL_RESULTS]");
            }
        }
        return out.toString();
    }

    private void appendTools(List<Turn> turns, StringBuilder out) {
        turns.stream()
                .filter(turn -> turn.role() == Role.TOOLS)
                .forEach(turn -> out.append("[AVAILABLE_TOOLS]")
                        .append(inside)
                        .append(turn.text())
                        .append("[/AVAILABLE_TOOLS]"));
    }

    @Override
    public String end() {
        return "</s>";
    }

    @Override
    public Set<String> markers() {
        return Set.of(
                "[INST]",
                "[/INST]",
                "[SYSTEM_PROMPT]",
                "[/SYSTEM_PROMPT]",
                "[AVAILABLE_TOOLS]",
                "[/AVAILABLE_TOOLS]",
                "[TOOL_RESULTS]",
                "[/TOOL_RESULTS]",
                "[TOOL_CALLS]",
                "</s>");
    }
}
