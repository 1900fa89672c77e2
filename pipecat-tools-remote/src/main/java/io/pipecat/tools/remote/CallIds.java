package io.pipecat.tools.remote;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for calls on a server that many nodes call. */
final class CallIds {
    private static final int MAX_READABLE = 40;

    private CallIds() {}

    /** Returns a name that begins with the caller's own, so that the logs of both can be laid side by side. */
    static String unique(String callId) {
        String readable = callId.replaceAll("[^A-Za-z0-9_-]", "_");
        String cut = readable.substring(0, Math.min(readable.length(), MAX_READABLE));
        return cut + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
