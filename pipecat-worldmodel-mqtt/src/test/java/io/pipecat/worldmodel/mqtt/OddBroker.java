package io.pipecat.worldmodel.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What listens where a broker should and does as it likes. */
final class OddBroker implements AutoCloseable {
    /** What it does with a connection. */
    interface Behaviour {
        void with(Socket socket, int version) throws IOException, InterruptedException;
    }

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    OddBroker(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers to CONNECT with these bytes, by the version that was asked for, and then does nothing. */
    static Behaviour answering(String toMqtt5, String toMqtt311) {
        return (socket, version) -> {
            socket.getOutputStream().write(HexFormat.of().parseHex(version == 5 ? toMqtt5 : toMqtt311));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException e) {
            // Closed: the test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.with(socket, readConnect(socket.getInputStream()));
        } catch (IOException e) {
            // The peer has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int readConnect(InputStream in) throws IOException {
        in.read();
        int length = in.read();
        byte[] connect = in.readNBytes(length);
        // A length of two bytes, "MQTT", and the level.
        return connect[6];
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
