package io.pipecat.tools.web;

import io.pipecat.api.tool.ToolException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/** Decides where a request may go: by the addresses that a name has at this moment, not by the name. */
final class Gate {
    private static final Set<Integer> WEB_PORTS = Set.of(80, 443);
    private static final String REMEDY =
            " Only public addresses are fetched from; whoever runs this node can allow others by the"
                    + " setting web_allow_private.";

    private final Network network;
    private final Supplier<AllowList> allowed;

    Gate(Network network, Supplier<AllowList> allowed) {
        this.network = network;
        this.allowed = allowed;
    }

    /**
     * Looks a URL's host up, once.
     *
     * @return the addresses to connect to, and to no other
     * @throws ToolException if the host has none, or any that must not be reached: whoever runs a name server can mix them
     */
    List<InetAddress> check(HttpUrl url) throws ToolException {
        List<InetAddress> addresses = resolve(url.host());
        AllowList exceptions = allowed.get();
        for (InetAddress address : addresses) {
            if (!exceptions.covers(url.host(), url.port(), address)) {
                checkPublic(url, address);
            }
        }
        return addresses;
    }

    private List<InetAddress> resolve(String host) throws ToolException {
        try {
            List<InetAddress> addresses = network.resolve(host);
            if (!addresses.isEmpty()) {
                return List.copyOf(addresses);
            }
        } catch (UnknownHostException e) {
            throw new ToolException(ToolException.Reason.FAILED, unknown(host), e);
        }
        throw ToolException.failed(unknown(host));
    }

    private static String unknown(String host) {
        return "There is no host '" + host + "', or no name server can be reached. Check the spelling of the URL.";
    }

    private void checkPublic(HttpUrl url, InetAddress address) throws ToolException {
        Optional<String> kind = SpecialAddresses.kind(address).or(() -> own(address));
        String place = "'" + url.host() + "'";
        if (kind.isPresent()) {
            throw ToolException.failed("The host " + place + " is not fetched from: it has " + kind.get() + " ("
                    + address.getHostAddress() + ")." + REMEDY);
        }
        if (!WEB_PORTS.contains(url.port())) {
            throw ToolException.failed("Port " + url.port() + " of " + place
                    + " is not fetched from: only the ports 80 and 443 are. Whoever runs this node can allow others by the setting"
                    + " web_allow_private.");
        }
    }

    private Optional<String> own(InetAddress address) {
        try {
            return network.isOwn(address) ? Optional.of("an address of this machine") : Optional.empty();
        } catch (SocketException e) {
            return Optional.of("an address that could not be compared with those of this machine");
        }
    }
}
