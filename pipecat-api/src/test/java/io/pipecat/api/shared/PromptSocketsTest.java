package io.pipecat.api.shared;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {
    @Test
    void theyWaitForNoAcknowledgement() throws IOException {
        PromptSockets sockets = new PromptSockets();
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 5, here)) {
            int port = server.getLocalPort();
            String host = here.getHostAddress();
            for (Socket made : List.of(
                    sockets.createSocket(),
                    sockets.createSocket(here, port),
                    sockets.createSocket(here, port, here, 0),
                    sockets.createSocket(host, port),
                    sockets.createSocket(host, port, here, 0))) {
                try (made) {
                    assertTrue(made.getTcpNoDelay());
                }
            }
        }
    }
}
