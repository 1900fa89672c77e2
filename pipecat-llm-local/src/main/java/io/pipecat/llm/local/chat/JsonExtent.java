package io.pipecat.llm.local.chat;

/** Finds where a JSON value ends, without reading it: by its brackets, outside of its strings. */
final class JsonExtent {
    private JsonExtent() {}

    /**
     * Returns where the value ends that begins with a bracket.
     *
     * @return the index after its last bracket; -1 if it is not complete
     */
    static int end(CharSequence text, int start) {
        int depth = 0;
        boolean inString = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> inString = true;
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    depth--;
                    if (depth == 0) {
                        return i + 1;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }
}
