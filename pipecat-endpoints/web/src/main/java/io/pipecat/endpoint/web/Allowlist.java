package io.pipecat.endpoint.web;

import io.pipecat.api.setting.SettingsException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where answers may be sent. An entry names a place by its host or origin, or machines by their addresses. Being named is not enough for
 * a private address: a name is whatever its owner's DNS says at this moment, so an address inside must be listed as one.
 */
final class Allowlist {
    private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F:.]+)(?:/([0-9]{1,3}))?");
    private static final Pattern PLACE =
            Pattern.compile("(?:(https?)://)?([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+])(?::([0-9]{1,5}))?/?");

    private static final class Range {
        private final byte[] network;
        private final int bits;

        Range(byte[] network, int bits) {
            this.network = network;
            this.bits = bits;
        }

        boolean holds(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != network.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i % 8);
                if ((bytes[i / 8] & mask) != (network[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Place(Optional<String> scheme, String host, Optional<Integer> port) {}

    private final List<Range> ranges = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    /** The addresses that stand in places: they are listed as addresses, but only for that place. */
    private final List<String> addresses = new ArrayList<>();

    Allowlist(List<String> entries) throws SettingsException {
        for (String entry : entries) {
            add(entry.strip());
        }
    }

    private void add(String entry) throws SettingsException {
        var range = RANGE.matcher(entry);
        boolean looksLikeAddress = (entry.contains("/") && range.matches()) || isAddress(entry);
        if (looksLikeAddress && range.matches()) {
            try {
                byte[] network = InetAddress.getByName(range.group(1)).getAddress();
                int bits = range.group(2) == null ? network.length * 8 : Integer.parseInt(range.group(2));
                if (bits <= network.length * 8) {
                    ranges.add(new Range(network, bits));
                    return;
                }
            } catch (UnknownHostException e) {
                throw refused(entry, e);
            }
            throw refused(entry, null);
        }
        var place = PLACE.matcher(entry);
        if (!place.matches()) {
            throw refused(entry, null);
        }
        String host = place.group(2).toLowerCase(Locale.ROOT);
        Optional<Integer> port = Optional.ofNullable(place.group(3)).map(Integer::valueOf);
        places.add(new Place(Optional.ofNullable(place.group(1)), host, port));
        String bare = host.replaceAll("[\\[\\]]", "");
        if (isAddress(bare)) {
            addresses.add(bare);
        }
    }

    /** With one colon it is a host and a port; an address of IPv6 has at least two. */
    private static boolean isAddress(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
                || text.matches("[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    }

    private static SettingsException refused(String entry, @org.jspecify.annotations.Nullable Throwable cause) {
        return new SettingsException(
                "callback_allowlist holds '" + entry + "', which is neither host, host:port, scheme://host[:port], an"
                        + " address, nor a range such as 10.0.0.0/8.",
                cause);
    }

    /** Whether a place is named, as far as its URL tells. */
    boolean names(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = port(url);
        String bare = host.replaceAll("[\\[\\]]", "");
        if (isAddress(bare) && ranges.stream().anyMatch(range -> holds(range, bare))) {
            return true;
        }
        return places.stream()
                .anyMatch(place -> place.host().equals(host)
                        && place.scheme().filter(each -> !each.equals(scheme)).isEmpty()
                        && (place.port().isPresent()
                                ? place.port().get() == port
                                : port == defaultPort(scheme) || place.scheme().isEmpty()));
    }

    private static boolean holds(Range range, String address) {
        try {
            InetAddress read = InetAddress.getByName(address);
            // 010 is ten to some and eight to others.
            boolean plain = address.contains(":") || read.getHostAddress().equals(address);
            return plain && range.holds(read);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether an address to which a named place resolves may be connected to. */
    boolean takes(URI url, InetAddress address) {
        String bare = url.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        return isPublic(address) || ranges.stream().anyMatch(range -> range.holds(address)) || addresses.contains(bare);
    }

    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : defaultPort(url.getScheme().toLowerCase(Locale.ROOT));
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean inside = address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress();
        boolean special = bytes.length == 4
                // This network, carrier-grade NAT, and what is reserved.
                ? first == 0 || (first == 100 && second >= 64 && second < 128) || first >= 240
                // Unique local addresses, and IPv4 in the clothes of IPv6 (NAT64, 6to4).
                : (first & 0xfe) == 0xfc || (first == 0 && second == 0x64) || (first == 0x20 && second == 0x02);
        return !inside && !special;
    }
}
