package io.pipecat.tools.local.ansible;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the table at the end of a playbook's output: {@code web1 : ok=2 changed=1 unreachable=0 failed=0 …}. */
final class Recap {
    private static final Pattern HOST = Pattern.compile("^(\\S+)\\s+:\\s+(ok=[0-9]+(?:\\s+[a-z]+=[0-9]+)*)$");
    private static final Pattern COUNT = Pattern.compile("([a-z]+)=([0-9]{1,9})");

    private final Map<String, Map<String, Integer>> hosts = new LinkedHashMap<>();
    private boolean begun;

    /** Takes a line of the output, in order. */
    synchronized void line(String line) {
        if (line.startsWith("PLAY RECAP")) {
            begun = true;
            hosts.clear();
            return;
        }
        Matcher host = HOST.matcher(line);
        if (!begun || !host.matches()) {
            return;
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        Matcher count = COUNT.matcher(host.group(2));
        while (count.find()) {
            counts.put(count.group(1), Integer.valueOf(count.group(2)));
        }
        hosts.put(host.group(1), counts);
    }

    synchronized Map<String, Map<String, Integer>> hosts() {
        return new LinkedHashMap<>(hosts);
    }
}
