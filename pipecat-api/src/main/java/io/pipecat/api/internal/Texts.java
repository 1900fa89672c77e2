package io.pipecat.api.internal;

/** Pieces of messages. */
public final class Texts {
    private static final int MAX_SHOWN = 60;

    private Texts() {}

    /**
     * Cuts a text that would make a message too long.
     *
     * @param text the text
     * @return the text, or its beginning and an ellipsis; never half of a surrogate pair
     */
    public static String shortened(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end) + "…";
    }
}
