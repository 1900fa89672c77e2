package io.pipecat.tools.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses that are not those of a server of the public Internet, after IANA's registries of special-purpose addresses
 * (RFC 6890 and what came later).
 */
final class SpecialAddresses {
    private static final Map<AddressRange, String> SPECIAL = new LinkedHashMap<>();
    private static final AddressRange PUBLIC_IPV6 = AddressRange.parse("2000::/3");
    /** Networks without IPv4 reach it through these: the last 32 bits are the address that is really meant (RFC 6052). */
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
    private static final int IPV4_LENGTH = 4;

    static {
        add("a loopback address", "127.0.0.0/8", "::1/128");
        add("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10");
        add("a link-local address", "169.254.0.0/16", "fe80::/10");
        add("an address of a provider's own network (CGNAT)", "100.64.0.0/10");
        add("a multicast address", "224.0.0.0/4", "ff00::/8");
        add("a broadcast address", "255.255.255.255/32");
        add("an unspecified address", "0.0.0.0/8", "::/128");
        add(
                "an address for documentation",
                "192.0.2.0/24",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "2001:db8::/32",
                "3fff::/20");
        add("an address for benchmarks", "198.18.0.0/15");
        // 2001::/23 holds Teredo, 2002::/16 is 6to4: both hide an IPv4 address that nobody would have checked.
        add("a reserved address", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "2001::/23", "2002::/16");
    }

    private SpecialAddresses() {}

    private static void add(String kind, String... ranges) {
        for (String range : ranges) {
            SPECIAL.put(AddressRange.parse(range), kind);
        }
    }

    /**
     * Returns what is special about an address.
     *
     * @return such as {@code a private address}; empty if it is public
     */
    static Optional<String> kind(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isIPv6 = bytes.length > IPV4_LENGTH;
        if (isIPv6 && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            return Optional.of("an IPv4 address in the clothes of IPv6");
        }
        if (NAT64.contains(address)) {
            return kind(ofBytes(Arrays.copyOfRange(bytes, bytes.length - IPV4_LENGTH, bytes.length)));
        }
        return SPECIAL.entrySet().stream()
                .filter(entry -> entry.getKey().contains(address))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> isIPv6 && !PUBLIC_IPV6.contains(address)
                        ? Optional.of("a reserved address")
                        : Optional.empty());
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
