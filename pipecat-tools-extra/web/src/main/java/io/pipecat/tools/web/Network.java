package io.pipecat.tools.web;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** What the tool asks about names and addresses. */
interface Network {

    /** The one that this machine is in. */
    Network SYSTEM = new Network() {
        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            return List.of(InetAddress.getAllByName(host));
        }

        @Override
        public boolean isOwn(InetAddress address) throws SocketException {
            return NetworkInterface.getByInetAddress(address) != null;
        }
    };

    /** The addresses of a host, which may be an address itself. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** Whether this machine has the address. */
    boolean isOwn(InetAddress address) throws SocketException;
}
