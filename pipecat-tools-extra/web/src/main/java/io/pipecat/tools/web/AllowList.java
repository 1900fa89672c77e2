package io.pipecat.tools.web;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What may be reached although it is not public.
 *
 * @param entries hosts and networks
 */
record AllowList(List<Entry> entries) {
    static final AllowList NOTHING = new AllowList(List.of());
    private static final int MAX_PORT = 65_535;

    AllowList {
        entries = List.copyOf(entries);
    }

    /**
     * One of them.
     *
     * @param host a name in lower case; empty if it is a network
     * @param range a network; empty if it is a host
     * @param port the only port; empty for all
     */
    record Entry(Optional<String> host, Optional<AddressRange> range, OptionalInt port) {
        boolean covers(String toHost, int toPort, InetAddress address) {
            return (port.isEmpty() || port.getAsInt() == toPort)
                    && (host.filter(canonical(toHost)::equals).isPresent()
                            || range.filter(r -> r.contains(address)).isPresent());
        }

        @Override
        public String toString() {
            String target = host.orElseGet(() -> range.map(Entry::bracketed).orElse(""));
            return target + (port.isPresent() ? ":" + port.getAsInt() : "");
        }

        private static String bracketed(AddressRange range) {
            String text = range.toString();
            return text.contains(":") ? "[" + text + "]" : text;
        }
    }

    /**
     * Reads a comma-separated list.
     *
     * @throws IllegalArgumentException if an entry is wrong; the message goes on after the whole text
     */
    static AllowList parse(String text) {
        return new AllowList(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(AllowList::entry)
                .toList());
    }

    private static Entry entry(String text) {
        String target = text;
        String port = "";
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            target = text.substring(1, bracket);
            port = text.substring(bracket + 1);
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
            target = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':'));
        }
        try {
            OptionalInt number = port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(port(port));
            return AddressRange.looksLikeOne(target) || target.contains("/")
                    ? new Entry(Optional.empty(), Optional.of(AddressRange.parse(target)), number)
                    : new Entry(Optional.of(host(target)), Optional.empty(), number);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has the entry '" + text + "', which " + e.getMessage(), e);
        }
    }

    private static int port(String text) {
        if (!text.matches(":[0-9]{1,5}")) {
            throw new IllegalArgumentException("has no port from 1 to " + MAX_PORT + " after the ':'");
        }
        int port = Integer.parseInt(text.substring(1));
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "must have a port from 1 to " + MAX_PORT + "; the nearest is " + (port < 1 ? 1 : MAX_PORT));
        }
        return port;
    }

    private static String host(String text) {
        String host;
        try {
            host = canonical(IDN.toASCII(text));
        } catch (IllegalArgumentException e) {
            host = "";
        }
        if (!host.matches("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")) {
            throw new IllegalArgumentException("is no host such as wiki.lan and no network such as 10.1.0.0/16");
        }
        return host;
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Whether a host may be reached at a port under one of its addresses. */
    boolean covers(String host, int port, InetAddress address) {
        return entries.stream().anyMatch(entry -> entry.covers(host, port, address));
    }

    @Override
    public String toString() {
        return String.join(",", entries.stream().map(Entry::toString).toList());
    }
}
