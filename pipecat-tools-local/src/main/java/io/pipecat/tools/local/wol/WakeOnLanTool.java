package io.pipecat.tools.local.wol;

import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Switches on a machine by a magic packet: six bytes 0xFF and sixteen times its MAC address, sent by UDP. Thread-safe; each call opens
 * and closes a socket of its own.
 */
@ToolInfo(
        name = "wol",
        description = "Switches on another machine in the local network (Wake-on-LAN).",
        placement = Placement.LIGHT)
public final class WakeOnLanTool {
    private static final String EVERYBODY = "255.255.255.255";
    private static final Pattern MAC = Pattern.compile(
            "[0-9a-f]{2}(?:(:[0-9a-f]{2}){5}|(-[0-9a-f]{2}){5}|[0-9a-f]{10})|[0-9a-f]{4}(?:\\.[0-9a-f]{4}){2}");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[\\w.-]+)?");
    private static final int REPETITIONS = 16;
    private static final int MAX_SHOWN = 60;
    private static final int MAX_PORT = 65_535;

    /** Where to send what is meant for everybody. */
    interface Broadcasts {
        List<InetAddress> addresses() throws SocketException;
    }

    /** Opens the socket that a call sends from. */
    interface Sockets {
        DatagramSocket open() throws SocketException;
    }

    private final Broadcasts broadcasts;
    private final Sockets sockets;

    /** Makes the tool. */
    public WakeOnLanTool() {
        this(WakeOnLanTool::directedBroadcasts, DatagramSocket::new);
    }

    WakeOnLanTool(Broadcasts broadcasts, Sockets sockets) {
        this.broadcasts = broadcasts;
        this.sockets = sockets;
    }

    /**
     * What was done.
     *
     * @param mac the address of the machine, {@code aa:bb:cc:dd:ee:ff}
     * @param sentTo where the packet went
     * @param port the UDP port
     * @param note what is not known: nothing answers a magic packet
     */
    public record Sent(String mac, List<String> sentTo, int port, String note) {}

    /**
     * Sends the packet.
     *
     * @param mac the address of the machine's network card
     * @param ip where to send the packet; by default everywhere that this machine's networks reach
     * @param port the UDP port
     * @return where it went
     * @throws ToolException if an argument is wrong or no network takes the packet
     */
    @ToolMethod("Switches on a machine by its MAC address. The machine does not answer: whether it starts shows later.")
    public Sent wake(
            @ToolParam("The MAC address of its network card, such as aa:bb:cc:dd:ee:ff") String mac,
            @ToolParam(value = "The broadcast address to send to", defaultValue = EVERYBODY) String ip,
            @ToolParam(value = "The UDP port, 1 to 65535", defaultValue = "9") int port)
            throws ToolException {
        byte[] card = card(mac);
        InetAddress target = target(ip);
        if (port < 1 || port > MAX_PORT) {
            throw ToolException.failed(
                    "The port " + port + " is not between 1 and " + MAX_PORT + "; 9 is the usual one.");
        }
        Set<InetAddress> addresses = new LinkedHashSet<>(List.of(target));
        if (target.getHostAddress().equals(EVERYBODY)) {
            addresses.addAll(others());
        }
        List<String> sentTo = send(packet(card), addresses, port);
        return new Sent(
                HexFormat.ofDelimiter(":").formatHex(card),
                sentTo,
                port,
                "Sent. A machine does not answer this packet; it may take a minute to start.");
    }

    private static byte[] card(String mac) throws ToolException {
        String given = mac.strip().toLowerCase(Locale.ROOT);
        if (!MAC.matcher(given).matches()) {
            throw ToolException.failed(
                    "'" + shortened(mac)
                            + "' is no MAC address: write six bytes in hexadecimal, as aa:bb:cc:dd:ee:ff, aa-bb-cc-dd-ee-ff or aabbccddeeff.");
        }
        byte[] card = HexFormat.of().parseHex(given.replaceAll("[:.-]", ""));
        if ((card[0] & 1) != 0) {
            throw ToolException.failed(
                    "'" + given + "' is the MAC address of a group, not of one machine's network card.");
        }
        return card;
    }

    /** Takes addresses only: a look-up of a name could block, and a machine that is off has none that helps. */
    private static InetAddress target(String ip) throws ToolException {
        String given = ip.strip();
        if (given.length() <= MAX_SHOWN
                && (IPV4.matcher(given).matches() || IPV6.matcher(given).matches())) {
            try {
                return InetAddress.getByName(given);
            } catch (UnknownHostException e) {
                throw noAddress(ip, e);
            }
        }
        throw noAddress(ip, null);
    }

    private static ToolException noAddress(String ip, @Nullable UnknownHostException cause) {
        return new ToolException(
                ToolException.Reason.FAILED,
                "'" + shortened(ip)
                        + "' is no IP address: leave it out, or give the broadcast address of the network, such as 192.168.1.255.",
                cause);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static byte[] packet(byte[] card) {
        byte[] packet = new byte[card.length * (1 + REPETITIONS)];
        Arrays.fill(packet, 0, card.length, (byte) 0xFF);
        for (int i = 1; i <= REPETITIONS; i++) {
            System.arraycopy(card, 0, packet, i * card.length, card.length);
        }
        return packet;
    }

    private List<InetAddress> others() throws ToolException {
        try {
            return broadcasts.addresses();
        } catch (SocketException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "Cannot list this machine's networks: " + e.getMessage()
                            + ". Give the broadcast address of the network as ip.",
                    e);
        }
    }

    /** The packet to 255.255.255.255 leaves by one network only; these reach the others. */
    private static List<InetAddress> directedBroadcasts() throws SocketException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp() && !network.isLoopback()) {
                for (InterfaceAddress address : network.getInterfaceAddresses()) {
                    if (address.getBroadcast() != null) {
                        addresses.add(address.getBroadcast());
                    }
                }
            }
        }
        return addresses;
    }

    private List<String> send(byte[] packet, Set<InetAddress> addresses, int port) throws ToolException {
        List<String> sentTo = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (DatagramSocket socket = sockets.open()) {
            socket.setBroadcast(true);
            for (InetAddress address : addresses) {
                try {
                    socket.send(new DatagramPacket(packet, packet.length, new InetSocketAddress(address, port)));
                    sentTo.add(address.getHostAddress());
                } catch (IOException e) {
                    failures.add(address.getHostAddress() + ": " + e.getMessage());
                } catch (UnsupportedAddressTypeException e) {
                    failures.add(address.getHostAddress() + ": IPv6 is switched off here");
                }
            }
        } catch (SocketException e) {
            failures.add("a UDP socket: " + e.getMessage());
        }
        if (sentTo.isEmpty()) {
            throw ToolException.failed(
                    "No network took the packet (" + String.join("; ", failures)
                            + "). Check that this machine is in the network of the other one, and that ip is its broadcast address.");
        }
        return sentTo;
    }
}
