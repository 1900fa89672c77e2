package io.pipecat.tools.web;

/** Writes running text: white space is collapsed, and line breaks come between blocks only. */
final class TextWriter {
    private static final int PARAGRAPH = 2;

    private final StringBuilder out = new StringBuilder();
    private int breaks;
    private boolean space;
    private String marker = "";

    /** Writes text of a block. */
    void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = true;
            } else if (isVisible(c)) {
                begin();
                out.append(c);
            }
        }
    }

    /** Writes text as it is, in lines of its own. */
    void lines(String text) {
        breakTo(PARAGRAPH);
        begin();
        text.chars().filter(c -> c == '\n' || c == '\t' || isVisible((char) c)).forEach(c -> out.append((char) c));
        breakTo(PARAGRAPH);
    }

    /** Soft hyphens, marks of byte order and the like hide words from whoever looks for them. */
    private static boolean isVisible(char c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT;
    }

    private void begin() {
        if (!out.isEmpty()) {
            out.append("\n".repeat(breaks));
            if (breaks == 0 && space) {
                out.append(' ');
            }
        }
        out.append(marker);
        marker = "";
        breaks = 0;
        space = false;
    }

    /** Makes what follows begin in a new line. */
    void line() {
        breakTo(1);
    }

    /** Makes what follows begin after an empty line. */
    void paragraph() {
        breakTo(PARAGRAPH);
    }

    private void breakTo(int count) {
        breaks = Math.max(breaks, count);
        space = false;
    }

    /** Puts something before the next text, if there is any before {@link #unmark}. */
    void mark(String text) {
        marker = text;
    }

    /** Forgets a mark that was not used. */
    void unmark() {
        marker = "";
    }

    /** Writes something right behind the text so far, whatever break is to follow. */
    void attach(String text) {
        out.append(text);
    }

    int length() {
        return out.length();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
