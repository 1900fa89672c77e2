package io.pipecat.agent;

import io.pipecat.api.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Arguments as a person may see them: without secrets, and without characters that would make a screen show something else. */
final class ShownArguments {
    private static final int MAX_LENGTH = 2000;
    private static final Redactor REDACTOR = new Redactor(List.of());

    private ShownArguments() {}

    static String of(JsonObject arguments) {
        String json = REDACTOR.redact(arguments).toString();
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < json.length(); ) {
            int codePoint = json.codePointAt(i);
            String piece = isSafe(codePoint) ? Character.toString(codePoint) : escaped(codePoint);
            if (shown.length() + piece.length() > MAX_LENGTH) {
                return shown.append("… (")
                        .append(json.codePointCount(i, json.length()))
                        .append(" more characters)")
                        .toString();
            }
            shown.append(piece);
            i += Character.charCount(codePoint);
        }
        return shown.toString();
    }

    private static boolean isSafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** As JSON escapes it. Such characters stand only within strings, so the text stays JSON. */
    private static String escaped(int codePoint) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
        return escaped.toString();
    }
}
