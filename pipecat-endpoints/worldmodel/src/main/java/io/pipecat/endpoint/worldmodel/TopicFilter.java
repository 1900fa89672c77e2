package io.pipecat.endpoint.worldmodel;

/**
 * A topic filter as MQTT defines it.
 *
 * @param text the filter: levels parted by {@code /}, {@code +} for any one level, a last {@code #} for the rest
 */
record TopicFilter(String text) {

    /**
     * Checks the filter.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    TopicFilter {
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean hash = levels[i].contains("#") && !(levels[i].equals("#") && i == levels.length - 1);
            boolean plus = levels[i].contains("+") && !levels[i].equals("+");
            if (text.isEmpty() || hash || plus) {
                throw new IllegalArgumentException("'" + text + "' is not a topic filter: a level is text or +, and"
                        + " the last may be #, as in home/+/light or home/#");
            }
        }
    }

    /** Everything at and below a topic. */
    static TopicFilter below(String topic) {
        return new TopicFilter(topic + "/#");
    }

    boolean matches(String topic) {
        if (topic.startsWith("$") && !text.startsWith("$")) {
            return false;
        }
        int filterAt = 0;
        int topicAt = 0;
        while (true) {
            int filterEnd = end(text, filterAt);
            int topicEnd = end(topic, topicAt);
            if (filterEnd == filterAt + 1 && text.charAt(filterAt) == '#') {
                return true;
            }
            boolean any = filterEnd == filterAt + 1 && text.charAt(filterAt) == '+';
            if (!any
                    && (filterEnd - filterAt != topicEnd - topicAt
                            || !text.regionMatches(filterAt, topic, topicAt, topicEnd - topicAt))) {
                return false;
            }
            if (topicEnd == topic.length()) {
                return filterEnd == text.length() || text.substring(filterEnd).equals("/#");
            }
            if (filterEnd == text.length()) {
                return false;
            }
            filterAt = filterEnd + 1;
            topicAt = topicEnd + 1;
        }
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }
}
