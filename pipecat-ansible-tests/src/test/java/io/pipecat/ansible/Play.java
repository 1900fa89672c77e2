package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a play did.
 *
 * @param output all that it said
 * @param changed how many tasks changed something, by host
 * @param failed how many failed or found the host away
 */
record Play(Shell.Output output, Map<String, Integer> changed, Map<String, Integer> failed) {
    private static final Pattern RECAP =
            Pattern.compile("(?m)^(\\S+) +: ok=\\d+ +changed=(\\d+) +unreachable=(\\d+) +failed=(\\d+)");

    static Play of(Shell.Output output) {
        Map<String, Integer> changed = new TreeMap<>();
        Map<String, Integer> failed = new TreeMap<>();
        Matcher lines = RECAP.matcher(output.text());
        while (lines.find()) {
            changed.put(lines.group(1), Integer.parseInt(lines.group(2)));
            failed.put(lines.group(1), Integer.parseInt(lines.group(3)) + Integer.parseInt(lines.group(4)));
        }
        return new Play(output, changed, failed);
    }

    Play succeeded() {
        assertEquals(0, output.code(), text());
        assertTrue(!failed.isEmpty() && failed.values().stream().allMatch(count -> count == 0), text());
        return this;
    }

    String text() {
        return output.text();
    }
}
