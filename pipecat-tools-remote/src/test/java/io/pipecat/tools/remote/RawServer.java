package io.pipecat.tools.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does byte by byte what a test says, for what MockWebServer cannot do. */
final class RawServer implements AutoCloseable {
    /** What to do with a connection; it is closed afterwards. */
    interface Handler {
        void handle(Peer peer) throws IOException, InterruptedException;
    }

    final AtomicInteger connections = new AtomicInteger();
    final CountDownLatch peerGone = new CountDownLatch(1);
    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    RawServer(Handler handler) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.handler = handler;
        Thread.ofVirtual().start(this::accept);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // The test is over.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            handler.handle(new Peer(socket));
        } catch (IOException | InterruptedException e) {
            peerGone.countDown();
        } finally {
            open.remove(socket);
        }
    }

    final class Peer {
        private final InputStream in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        /** Reads a request with a body of known length, and returns its head. */
        String readRequest() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("no request");
                }
                head.write(b);
            }
            String length = head.toString(StandardCharsets.US_ASCII)
                    .toLowerCase(Locale.ROOT)
                    .lines()
                    .filter(l -> l.startsWith("content-length:"))
                    .findFirst()
                    .map(l -> l.substring(15).strip())
                    .orElse("0");
            in.readNBytes(Integer.parseInt(length));
            return head.toString(StandardCharsets.US_ASCII);
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Sends an answer with a body of JSON. */
        void answer(int status, String body) throws IOException {
            send("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        /** Says nothing until the other side is gone. */
        void hang() throws IOException {
            try {
                while (in.read() >= 0) {
                    // Whatever it says does not matter.
                }
            } finally {
                peerGone.countDown();
            }
        }
    }

    boolean awaitPeerGone() throws InterruptedException {
        return peerGone.await(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
