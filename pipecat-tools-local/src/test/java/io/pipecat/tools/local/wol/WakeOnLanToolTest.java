package io.pipecat.tools.local.wol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.tools.local.Calls;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeOnLanToolTest {
    private static final int TIMEOUT_MS = 10_000;

    private final Tool wol = Tool.annotated(new WakeOnLanTool());
    private DatagramSocket machine;

    @BeforeEach
    void listen() throws Exception {
        machine = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        machine.setSoTimeout(TIMEOUT_MS);
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    private JsonObject arguments(String mac) {
        return JsonObject.builder()
                .put("mac", mac)
                .put("ip", machine.getLocalAddress().getHostAddress())
                .put("port", machine.getLocalPort())
                .build();
    }

    private byte[] received() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        machine.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0a:1b:2c:3d:4e:5f", "0A-1B-2C-3D-4E-5F", "0a1b2c3d4e5f", "0a1b.2c3d.4e5f", " 0a:1B:2c:3D:4e:5F "
            })
    void sendsTheMagicPacket(String mac) throws Exception {
        JsonObject sent = Calls.object(wol, "wake", arguments(mac));

        assertArrayEquals(HexFormat.of().parseHex("ffffffffffff" + "0a1b2c3d4e5f".repeat(16)), received());
        assertEquals("0a:1b:2c:3d:4e:5f", sent.string("mac").orElseThrow());
        assertEquals("[\"127.0.0.1\"]", sent.get("sent_to").orElseThrow().toString());
        assertEquals(machine.getLocalPort(), sent.number("port").orElseThrow().toInt());
    }

    @Test
    void toEverybodyMeansEveryNetwork() throws Exception {
        Tool loopback =
                Tool.annotated(new WakeOnLanTool(() -> List.of(InetAddress.getLoopbackAddress()), DatagramSocket::new));
        JsonObject sent = Calls.object(
                loopback,
                "wake",
                JsonObject.builder()
                        .put("mac", "0a:1b:2c:3d:4e:5f")
                        .put("port", machine.getLocalPort())
                        .build());

        assertEquals(102, received().length);
        assertTrue(sent.get("sent_to").orElseThrow().toString().contains("\"127.0.0.1\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kitchen-pc",
                "0a:1b:2c:3d:4e",
                "0a:1b:2c:3d:4e:5f:6a",
                "0a:1b-2c:3d-4e:5f",
                "0g:1b:2c:3d:4e:5f",
                "0a1b2c3d4e5"
            })
    void whatIsNoMacIsNamed(String mac) {
        assertEquals(
                "'" + mac + "' is no MAC address: write six bytes in hexadecimal, as aa:bb:cc:dd:ee:ff,"
                        + " aa-bb-cc-dd-ee-ff or aabbccddeeff.",
                Calls.failure(wol, "wake", arguments(mac)));
    }

    @Test
    void aGroupIsNoMachine() {
        assertEquals(
                "'ff:ff:ff:ff:ff:ff' is the MAC address of a group, not of one machine's network card.",
                Calls.failure(wol, "wake", arguments("FF:FF:FF:FF:FF:FF")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nas.local", "256.1.1.1", "1.2.3", "1.2.3.4.", "1.2.3.4.5", "::zz", "1:2", "010.0.0.1x"})
    void whatIsNoAddressIsNamedAndNotLookedUp(String ip) {
        JsonObject arguments =
                arguments("0a:1b:2c:3d:4e:5f").toBuilder().put("ip", ip).build();
        assertEquals(
                "'" + ip
                        + "' is no IP address: leave it out, or give the broadcast address of the network, such as 192.168.1.255.",
                Calls.failure(wol, "wake", arguments));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void whatIsNoPortIsNamed(int port) {
        JsonObject arguments =
                arguments("0a:1b:2c:3d:4e:5f").toBuilder().put("port", port).build();
        assertEquals(
                "The port " + port + " is not between 1 and 65535; 9 is the usual one.",
                Calls.failure(wol, "wake", arguments));
    }

    @Test
    void networksThatCannotBeListedAreNamed() {
        Tool broken = Tool.annotated(new WakeOnLanTool(
                () -> {
                    throw new SocketException("no interfaces");
                },
                DatagramSocket::new));
        assertEquals(
                "Cannot list this machine's networks: no interfaces. Give the broadcast address of the network as ip.",
                Calls.failure(broken, "wake", JsonObject.of("mac", "0a:1b:2c:3d:4e:5f")));
    }

    @Test
    void anInterfaceThatIsNotThereIsNamed() {
        JsonObject arguments = arguments("0a:1b:2c:3d:4e:5f").toBuilder()
                .put("ip", "ff02::1%nosuchcard")
                .build();
        String message = Calls.failure(wol, "wake", arguments);
        assertTrue(message.startsWith("'ff02::1%nosuchcard' is no IP address"), message);
    }

    private static WakeOnLanTool.Sockets unreachable(InetAddress except) {
        return () -> new DatagramSocket() {
            @Override
            public void send(DatagramPacket packet) throws IOException {
                if (!packet.getAddress().equals(except)) {
                    throw new IOException("Network is unreachable");
                }
                super.send(packet);
            }
        };
    }

    @Test
    void aPacketThatNoNetworkTakesIsAFailure() throws Exception {
        Tool cut = Tool.annotated(
                new WakeOnLanTool(List::of, unreachable(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}))));
        assertEquals(
                "No network took the packet (127.0.0.1: Network is unreachable). Check that this machine is in the network of the"
                        + " other one, and that ip is its broadcast address.",
                Calls.failure(cut, "wake", arguments("0a:1b:2c:3d:4e:5f")));
    }

    @Test
    void oneNetworkThatTakesItIsEnough() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Tool half = Tool.annotated(new WakeOnLanTool(() -> List.of(loopback), unreachable(loopback)));
        JsonObject sent = Calls.object(
                half,
                "wake",
                JsonObject.builder()
                        .put("mac", "0a:1b:2c:3d:4e:5f")
                        .put("port", machine.getLocalPort())
                        .build());
        assertEquals("[\"127.0.0.1\"]", sent.get("sent_to").orElseThrow().toString());
        assertEquals(102, received().length);
    }
}
