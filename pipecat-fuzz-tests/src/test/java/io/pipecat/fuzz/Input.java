package io.pipecat.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a fuzzer hands in, cut into parts where a target takes several. */
public final class Input {
    /** Between parts; a byte that UTF-8 does not have. */
    private static final byte BORDER = (byte) 0xff;

    private Input() {}

    /**
     * Returns the input as text.
     *
     * @param data the input
     * @return the text; malformed bytes are U+FFFD
     */
    public static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    /**
     * Cuts the input at the byte 0xff.
     *
     * @param data the input
     * @param count how many parts are wanted
     * @return so many texts, of which the last ones may be empty
     */
    public static List<String> parts(byte[] data, int count) {
        return rawParts(data, count).stream().map(Input::text).toList();
    }

    /**
     * Cuts the input at the byte 0xff, for parsers of bytes: what is malformed stays so.
     *
     * @param data the input
     * @param count how many parts are wanted
     * @return so many parts, of which the last ones may be empty; in the last one that there is, 0xff is a byte like others
     */
    public static List<byte[]> rawParts(byte[] data, int count) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < data.length && parts.size() < count - 1; at++) {
            if (data[at] == BORDER) {
                parts.add(Arrays.copyOfRange(data, from, at));
                from = at + 1;
            }
        }
        parts.add(Arrays.copyOfRange(data, from, data.length));
        while (parts.size() < count) {
            parts.add(new byte[0]);
        }
        return parts;
    }

    /**
     * Fails.
     *
     * @param claim what should hold
     * @param holds whether it does
     */
    public static void check(String claim, boolean holds) {
        if (!holds) {
            throw new AssertionError(claim);
        }
    }
}
