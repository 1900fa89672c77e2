package io.pipecat.launcher;

import java.io.BufferedInputStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A language model service on loopback that knows two answers, one with a tool call: so that the training of an
 * installation without a model goes through the same code as a node that uses its cluster's.
 */
final class StandInModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandInModel.class);

    private static final String CHUNK =
            "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stand-in\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";
    private static final String CALL =
            "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"calculator__evaluate\",\"arguments\":\"{\\\"expression\\\":\\\"17*23\\\"}\"}}]}";

    private final ServerSocket socket;
    private final Thread server;

    StandInModel() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server = Thread.ofVirtual().name("stand-in-model").start(this::serve);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answer(client);
            } catch (IOException e) {
                // The client went, or the training is over; whoever asked says what is wrong.
                LOG.debug("A request was not answered", e);
            }
        }
    }

    private static void answer(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        String head = head(in);
        String body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
        OutputStream out = client.getOutputStream();
        boolean chat = head.startsWith("POST");
        String text =
                chat ? events(body) : "{\"object\":\"list\",\"data\":[{\"id\":\"stand-in\",\"object\":\"model\"}]}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + (chat ? "text/event-stream" : "application/json")
                        + "\r\nContent-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private static String events(String request) {
        boolean calls = request.contains("17 * 23") && !request.contains("\"tool_call_id\"");
        String delta = calls ? CALL : "{\"role\":\"assistant\",\"content\":\"All is well.\"}";
        return CHUNK.formatted(delta, "null")
                + CHUNK.formatted("{}", calls ? "\"tool_calls\"" : "\"stop\"")
                + "data: [DONE]\n\n";
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static int length(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .map(line -> Integer.valueOf(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        server.interrupt();
    }
}
