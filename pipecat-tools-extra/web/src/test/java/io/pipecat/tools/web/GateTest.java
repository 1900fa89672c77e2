package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.tool.ToolException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class GateTest {
    private final FakeNetwork network = new FakeNetwork();

    private List<InetAddress> check(String url, String allowed) throws ToolException {
        return new Gate(network, () -> AllowList.parse(allowed)).check(HttpUrl.get(url));
    }

    private String refusal(String url, String allowed) {
        return assertThrows(ToolException.class, () -> check(url, allowed)).getMessage();
    }

    @Test
    void passesPublicHosts() throws Exception {
        network.host("example.org", "1.1.1.1", "2606:4700::1111");
        List<InetAddress> expected = List.of(FakeNetwork.address("1.1.1.1"), FakeNetwork.address("2606:4700::1111"));
        assertEquals(expected, check("https://example.org/", ""));
        assertEquals(expected, check("http://example.org/", ""));
    }

    @Test
    void refusesAHostWithOnePrivateAddressAmongPublicOnes() {
        network.host("mixed.example", "1.1.1.1", "10.0.0.1");
        String message = refusal("http://mixed.example/", "");
        assertTrue(message.contains("a private address (10.0.0.1)") && message.contains("web_allow_private"), message);
    }

    @Test
    void refusesOtherPortsUnlessAllowed() throws Exception {
        network.host("example.org", "1.1.1.1");
        assertTrue(refusal("http://example.org:8080/", "").contains("Port 8080"));
        assertTrue(refusal("http://example.org:8080/", "example.org:8081").contains("Port 8080"));
        assertEquals(1, check("http://example.org:8080/", "example.org:8080").size());
    }

    @Test
    void refusesThisMachineUnderAPublicAddress() {
        network.host("me.example", "1.1.1.1").own("1.1.1.1");
        assertTrue(refusal("http://me.example/", "").contains("an address of this machine"));
    }

    @Test
    void allowsByNameAndByNetwork() throws Exception {
        network.host("wiki.lan", "10.0.0.7");
        assertEquals(1, check("http://wiki.lan/", "wiki.lan").size());
        assertEquals(1, check("http://wiki.lan/", "10.0.0.0/8").size());
        assertEquals(1, check("http://10.0.0.7:9000/", "10.0.0.7:9000").size());
        assertTrue(refusal("http://10.0.0.7/", "wiki.lan").contains("private"));
    }

    @Test
    void readsAddressesInEverySpelling() {
        for (String host :
                List.of("127.0.0.1", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]")) {
            String message = refusal("http://" + host + "/", "");
            assertTrue(message.contains("loopback") || message.contains("unspecified"), host + ": " + message);
        }
        // Octal and hexadecimal are none to Java, and so names that nobody has.
        for (String host : List.of("0x7f.0.0.1", "0x7f000001", "localhost")) {
            assertTrue(refusal("http://" + host + "/", "").contains("no host"), host);
        }
    }

    @Test
    void saysWhenAHostDoesNotExist() {
        assertTrue(refusal("http://nowhere.example/", "").contains("no host 'nowhere.example'"));
        network.host("empty.example");
        assertTrue(refusal("http://empty.example/", "").contains("no host 'empty.example'"));
    }

    @Test
    void socketsConnectToCheckedAddressesOnly() throws Exception {
        InetAddress checked = FakeNetwork.address("127.0.0.2");
        try (var server = new ServerSocket(0, 1, FakeNetwork.address("127.0.0.1"))) {
            CheckedSockets sockets = new CheckedSockets(List.of(checked));
            InetSocketAddress elsewhere = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            try (Socket socket = sockets.createSocket()) {
                assertThrows(ConnectException.class, () -> socket.connect(elsewhere));
                assertThrows(ConnectException.class, () -> socket.connect(elsewhere, 1000));
                assertFalse(socket.isConnected());
                assertThrows(
                        ConnectException.class,
                        () -> socket.connect(InetSocketAddress.createUnresolved("127.0.0.2", 1)));
            }
            assertThrows(ConnectException.class, () -> sockets.createSocket("127.0.0.2", 1));
            CheckedSockets right = new CheckedSockets(List.of(server.getInetAddress()));
            try (Socket socket = right.createSocket()) {
                socket.connect(elsewhere, 1000);
                assertTrue(socket.isConnected());
            }
        }
    }
}
