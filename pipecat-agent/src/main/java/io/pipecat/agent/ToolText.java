package io.pipecat.agent;

import java.nio.charset.StandardCharsets;

/** Keeps what tools give within what a model can read. */
final class ToolText {
    private ToolText() {}

    /** Returns a text of at most {@code maxBytes} bytes of UTF-8, followed by a note if something had to go. */
    static String limited(String text, int maxBytes) {
        // A char is at least one byte and at most three.
        if (text.length() <= maxBytes / 3) {
            return text;
        }
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size <= maxBytes) {
            return text;
        }
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return cut(text, end);
    }

    /** Returns the first {@code length} characters, one less if that would split a pair, with a note that says so. */
    static String cut(String text, int length) {
        int end = length > 0 && length < text.length() && Character.isLowSurrogate(text.charAt(length))
                ? length - 1
                : length;
        return text.substring(0, end) + "… [cut here: these are the first " + end + " of " + text.length()
                + " characters; ask for less]";
    }
}
