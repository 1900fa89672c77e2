package io.pipecat.tools.local.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps the beginning and the end of a stream of any length in bounded memory. Both matter: a program says at its start what it does, and
 * at its end why it failed. Thread-safe.
 */
final class CappedOutput {
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final int headLimit;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] ring;
    private long total;

    CappedOutput(int limit) {
        this.headLimit = limit / 2;
        this.ring = new byte[limit - headLimit];
    }

    synchronized void write(byte[] bytes, int length) {
        int toHead = (int) Math.max(0, Math.min(length, headLimit - total));
        head.write(bytes, 0, toHead);
        // Of one long piece only its last part can remain.
        int from = Math.max(toHead, length - ring.length);
        for (int i = from; i < length; i++) {
            ring[(int) ((total + i - headLimit) % ring.length)] = bytes[i];
        }
        total += length;
    }

    synchronized boolean truncated() {
        return total > (long) headLimit + ring.length;
    }

    /** What was kept, as UTF-8 with U+FFFD for what is not. */
    synchronized String text() {
        byte[] start = head.toByteArray();
        if (!truncated()) {
            byte[] all = Arrays.copyOf(start, (int) total);
            System.arraycopy(ring, 0, all, start.length, all.length - start.length);
            return new String(all, StandardCharsets.UTF_8);
        }
        byte[] end = new byte[ring.length];
        int oldest = (int) ((total - headLimit) % ring.length);
        System.arraycopy(ring, oldest, end, 0, ring.length - oldest);
        System.arraycopy(ring, 0, end, ring.length - oldest, oldest);
        int startLength = wholeCharacters(start);
        int endFrom = firstCharacter(end);
        long left = total - startLength - (end.length - endFrom);
        return new String(start, 0, startLength, StandardCharsets.UTF_8) + "\n… [" + left + " bytes left out] …\n"
                + new String(end, endFrom, end.length - endFrom, StandardCharsets.UTF_8);
    }

    private static boolean continues(byte b) {
        return (b & CONTINUATION_MASK) == CONTINUATION;
    }

    /** How much of it does not end within a character. */
    private static int wholeCharacters(byte[] bytes) {
        int at = bytes.length - 1;
        while (at > 0 && bytes.length - at < 4 && continues(bytes[at])) {
            at--;
        }
        if (at < 0 || bytes[at] >= 0) {
            return bytes.length;
        }
        int needed = Integer.numberOfLeadingZeros(~(bytes[at] << 24));
        return bytes.length - at < needed ? at : bytes.length;
    }

    private static int firstCharacter(byte[] bytes) {
        int at = 0;
        while (at < Math.min(3, bytes.length) && continues(bytes[at])) {
            at++;
        }
        return at;
    }
}
