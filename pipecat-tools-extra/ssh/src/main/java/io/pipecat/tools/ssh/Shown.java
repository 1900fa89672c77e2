package io.pipecat.tools.ssh;

/** Text from elsewhere as it may stand in a line for people: no control characters, and not endless. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String line(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
