package io.pipecat.discovery.consul;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The address that others are told of what listens here.
 *
 * @param uri the address; empty if there is none that they could use
 * @param why why there is none, and what to do
 */
record AdvertisedAddress(Optional<URI> uri, String why) {
    private static final String REMEDY = "; set ADVERTISE_ADDRESS to the address of this machine that they reach";

    private static AdvertisedAddress of(URI uri) {
        return new AdvertisedAddress(Optional.of(uri), "");
    }

    private static AdvertisedAddress none(String why) {
        return new AdvertisedAddress(Optional.empty(), why);
    }

    /**
     * Works it out. A wildcard stands for the address by which this machine reaches Consul; where that is loopback, for the one
     * that the agent beside it tells its cluster. Loopback is of use only to a cluster that is all on this machine.
     *
     * @throws ConsulFailure if Consul has to be asked and does not answer
     */
    static AdvertisedAddress of(URI listening, ConsulLink link) throws ConsulFailure, InterruptedException {
        InetAddress address;
        InetAddress consul;
        try {
            address = InetAddress.getByName(listening.getHost());
            consul = InetAddress.getByName(link.uri().getHost());
        } catch (UnknownHostException e) {
            throw ConsulFailure.of(e, link.hasToken());
        }
        if (address.isLoopbackAddress()) {
            if (!consul.isLoopbackAddress()) {
                return none("it listens on " + listening.getHost() + ", where nobody else reaches it, and "
                        + link.where() + " is elsewhere; set BIND_ADDRESS, or ADVERTISE to false");
            }
            InetAddress agent = agentAddress(link);
            return agent.isLoopbackAddress()
                    ? of(listening)
                    : none("it listens on " + listening.getHost() + ", where nobody else in the cluster of "
                            + agent.getHostAddress() + " reaches it; set BIND_ADDRESS, or ADVERTISE to false");
        }
        if (!address.isAnyLocalAddress()) {
            return of(listening);
        }
        InetAddress route = routeTo(consul, link.uri().getPort());
        InetAddress reachable = route.isLoopbackAddress() ? agentAddress(link) : route;
        return Addresses.uri(listening.getScheme(), reachable.getHostAddress(), listening.getPort())
                .map(AdvertisedAddress::of)
                .orElseGet(() -> none("others cannot use the address " + reachable.getHostAddress() + REMEDY));
    }

    /** Connecting such a socket sends nothing; it only looks the route up. */
    private static InetAddress routeTo(InetAddress address, int port) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, port));
            return socket.getLocalAddress();
        } catch (IOException e) {
            // Without a route there is no Consul either, which says so for itself.
            return InetAddress.getLoopbackAddress();
        }
    }

    private static InetAddress agentAddress(ConsulLink link) throws ConsulFailure, InterruptedException {
        String text = link.ask(() -> link.agent().getAgent().getMember().getAddress());
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw ConsulFailure.of(e, link.hasToken());
        }
    }
}
