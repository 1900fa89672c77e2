package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;

/** A conversation as a text to read. */
final class Markdown {
    private Markdown() {}

    static String of(Stored stored) {
        StringBuilder out = new StringBuilder("# ")
                .append(stored.title().isBlank() ? "Conversation" : stored.title())
                .append("\n\n")
                .append(stored.created())
                .append("\n");
        for (Stored.Turn turn : stored.turns()) {
            out.append("\n## User, ")
                    .append(turn.user().string("time").orElse(""))
                    .append("\n\n");
            out.append(turn.user().string("text").orElse("")).append("\n");
            JsonObject answer = turn.answer();
            out.append("\n## Assistant, ")
                    .append(answer.string("time").orElse(""))
                    .append("\n");
            Stored.parts(answer).forEach(part -> part(part, out));
            String finish = answer.string("finish").orElse("");
            if (!finish.equals("completed")) {
                out.append("\n*(")
                        .append(finish)
                        .append(answer.string("error")
                                .map(error -> ": " + error)
                                .orElse(""))
                        .append(")*\n");
            }
        }
        return out.toString();
    }

    private static void part(JsonObject part, StringBuilder out) {
        String text = part.string("text").orElse("");
        out.append("\n");
        switch (part.string("type").orElse("")) {
            case "text" -> out.append(text).append("\n");
            case "reasoning", "notice" ->
                text.lines().forEach(line -> out.append("> ").append(line).append("\n"));
            case "tool" -> {
                out.append("**").append(part.string("name").orElse("")).append("**");
                part.string("approval")
                        .ifPresent(decision ->
                                out.append(" (approval: ").append(decision).append(")"));
                out.append("\n\n");
                fenced(part.string("arguments").orElse(""), out);
                fenced(part.string("result").orElse(""), out);
            }
            default -> {}
        }
    }

    /** A fence longer than any in the text, so that the text cannot end it. */
    private static void fenced(String text, StringBuilder out) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        out.append(fence).append("\n").append(text).append("\n").append(fence).append("\n");
    }
}
