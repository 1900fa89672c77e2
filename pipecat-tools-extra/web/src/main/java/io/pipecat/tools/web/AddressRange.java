package io.pipecat.tools.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin alike.
 *
 * @param base one of them
 * @param prefix how many bits they share
 */
record AddressRange(InetAddress base, int prefix) {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Whether a text has the form of an address, with or without a length, so that no name server is asked about it. */
    static boolean looksLikeOne(String text) {
        String address = text.split("/", 2)[0];
        return IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or an address alone.
     *
     * @throws IllegalArgumentException if it is none of these; the message goes on after the text
     */
    static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        if (!looksLikeOne(text)) {
            throw noRange(null);
        }
        InetAddress base;
        try {
            base = InetAddress.getByName(parts[0]);
        } catch (UnknownHostException e) {
            throw noRange(e);
        }
        int bits = base.getAddress().length * 8;
        int prefix = parts.length == 1 ? bits : length(parts[1]);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("must have a length from 0 to " + bits + " after the '/'");
        }
        return new AddressRange(base, prefix);
    }

    private static int length(String digits) {
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    private static IllegalArgumentException noRange(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "is neither an address nor a network such as 10.1.0.0/16 or fd00::/8", cause);
    }

    boolean contains(InetAddress address) {
        byte[] a = base.getAddress();
        byte[] b = address.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((a[bit / 8] ^ b[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        boolean single = prefix == base.getAddress().length * 8;
        return base.getHostAddress() + (single ? "" : "/" + prefix);
    }
}
