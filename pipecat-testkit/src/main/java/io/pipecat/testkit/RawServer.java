package io.pipecat.testkit;

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

/** An HTTP server on loopback that does byte by byte what a test says, for what MockWebServer cannot do. */
public final class RawServer implements AutoCloseable {
    /** What to do with a connection; it is closed afterwards. */
    public interface Handler {
        /**
         * Does it, on a thread of its own.
         *
         * @param peer the connection
         * @throws IOException if the other side is gone
         * @throws InterruptedException never by the server itself
         */
        void handle(Peer peer) throws IOException, InterruptedException;
    }

    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch peerGone = new CountDownLatch(1);
    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Listens on a free port.
     *
     * @param handler what to do with each connection
     * @throws IOException if it cannot listen
     */
    public RawServer(Handler handler) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.handler = handler;
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * Returns where it listens.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /**
     * Returns how many connections there have been.
     *
     * @return the number
     */
    public int connections() {
        return connections.get();
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

    /** One connection, seen from the server. */
    public final class Peer {
        private final InputStream in;
        private final OutputStream out;

        private Peer(Socket socket) throws IOException {
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        /**
         * Reads a request with a body of known length.
         *
         * @return its head, to the empty line
         * @throws IOException if none comes
         */
        public String readRequest() throws IOException {
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

        /**
         * Sends text as it is.
         *
         * @param text is sent as UTF-8
         * @throws IOException if the other side is gone
         */
        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Sends bytes as they are.
         *
         * @param bytes the bytes
         * @throws IOException if the other side is gone
         */
        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /**
         * Sends an answer with a body of JSON.
         *
         * @param status the status code
         * @param body the JSON
         * @throws IOException if the other side is gone
         */
        public void answer(int status, String body) throws IOException {
            send("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        /**
         * Sends one chunk of a chunked body.
         *
         * @param bytes what is in it; none ends the body
         * @throws IOException if the other side is gone
         */
        public void chunk(byte[] bytes) throws IOException {
            send(Integer.toHexString(bytes.length) + "\r\n");
            send(bytes);
            send("\r\n");
        }

        /**
         * Says nothing until the other side is gone.
         *
         * @throws IOException if it goes with a reset
         */
        public void hang() throws IOException {
            try {
                while (in.read() >= 0) {
                    // Whatever it says does not matter.
                }
            } finally {
                peerGone.countDown();
            }
        }
    }

    /**
     * Waits until the other side of a connection is gone.
     *
     * @return whether it is, within 10 seconds
     * @throws InterruptedException if the test is interrupted
     */
    public boolean awaitPeerGone() throws InterruptedException {
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
