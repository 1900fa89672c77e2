package io.pipecat.llm.openai;

/** Keeps surrogate pairs together. */
final class Utf16 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf16() {}

    /** Replaces lone surrogates, which strict JSON readers (llama-server's) refuse. */
    static String wellFormed(String text) {
        int at = 0;
        while (at < text.length() && !isLone(text, at)) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, at);
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (isLone(text, at)) {
                out.append(REPLACEMENT);
            } else {
                out.appendCodePoint(codePoint);
            }
            at += Character.charCount(codePoint);
        }
        return out.toString();
    }

    private static boolean isLone(String text, int at) {
        int codePoint = text.codePointAt(at);
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Passes text on in whole characters, though it comes in pieces that may end within one. Not thread-safe. */
    static final class Guard {
        private String held = "";

        String push(String piece) {
            String all = held + piece;
            boolean open = !all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1));
            int end = open ? all.length() - 1 : all.length();
            held = all.substring(end);
            return wellFormed(all.substring(0, end));
        }

        /** Returns what is left of a character that was never completed. */
        String flush() {
            String rest = wellFormed(held);
            held = "";
            return rest;
        }
    }
}
