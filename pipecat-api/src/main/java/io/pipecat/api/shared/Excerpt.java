package io.pipecat.api.shared;

import java.util.regex.Pattern;

/** A short, harmless quotation of what a server sent. */
public final class Excerpt {
    private static final int MAX = 200;
    private static final Pattern HIDDEN =
            Pattern.compile("(?is)<(script|style|head)\\b.*?(</\\1\\s*>|$)|<!--.*?(-->|$)");
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title");
    private static final Pattern TAG = Pattern.compile("(?s)<[^>]*>?");
    // Control and format characters could reach a terminal through a log.
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}\\p{Cf}\\p{Z}]+");

    private Excerpt() {}

    /**
     * Quotes.
     *
     * @param text what a server sent
     * @return its words in one line, without markup and control characters, cut where it is long
     */
    public static String of(String text) {
        String plain = text.stripLeading().startsWith("<") ? withoutTags(text) : text;
        String line = BLANK.matcher(plain).replaceAll(" ").strip();
        if (line.codePointCount(0, line.length()) <= MAX) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, MAX)).strip() + "…";
    }

    private static String withoutTags(String markup) {
        String body = TAG.matcher(HIDDEN.matcher(markup).replaceAll(" ")).replaceAll(" ");
        if (!body.isBlank()) {
            return body;
        }
        var title = TITLE.matcher(markup);
        return title.find() ? title.group(1) : "";
    }
}
