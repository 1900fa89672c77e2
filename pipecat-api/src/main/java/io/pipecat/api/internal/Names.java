package io.pipecat.api.internal;

/** The one rule by which Java names become names on the wire: {@code keyFilename} is {@code key_filename}. */
public final class Names {
    private Names() {}

    /**
     * Turns a Java name into snake case. A run of capitals counts as one word: {@code baseURL} is {@code base_url}.
     *
     * @param javaName a name in camel case
     * @return the name in snake case
     */
    public static String snakeCase(String javaName) {
        StringBuilder out = new StringBuilder(javaName.length() + 4);
        for (int i = 0; i < javaName.length(); i++) {
            char c = javaName.charAt(i);
            if (Character.isUpperCase(c)) {
                boolean afterLower = i > 0 && !Character.isUpperCase(javaName.charAt(i - 1));
                boolean beforeLower = i + 1 < javaName.length() && Character.isLowerCase(javaName.charAt(i + 1));
                if (i > 0 && javaName.charAt(i - 1) != '_' && (afterLower || beforeLower)) {
                    out.append('_');
                }
                out.append(Character.toLowerCase(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
