import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Publishes to a broker for benchmarks/world-model.sh, by the few packets of MQTT 3.1.1 that this takes:
 *
 * <pre>
 *   java WorldModelLoad.java port                       prints a port of loopback that is free now
 *   java WorldModelLoad.java fill PORT TOPICS           so many topics, once
 *   java WorldModelLoad.java grow PORT RATE SECONDS     so many new topics each second
 *   java WorldModelLoad.java visible PORT URL TIMES     the median and 99th percentile of the microseconds from publishing a
 *                                                       value to the first GET of URL that shows it
 * </pre>
 */
public final class WorldModelLoad {
    private final DataOutputStream out;

    private WorldModelLoad(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        ByteArrayOutputStream connect = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(connect);
        body.writeUTF("MQTT");
        body.writeByte(4);
        body.writeByte(2);
        body.writeShort(0);
        body.writeUTF("benchmark-" + ProcessHandle.current().pid());
        packet(0x10, connect.toByteArray());
        out.flush();
        InputStream in = socket.getInputStream();
        byte[] answer = in.readNBytes(4);
        if (answer.length < 4 || answer[3] != 0) {
            throw new IOException("the broker refused: " + Arrays.toString(answer));
        }
    }

    private void packet(int type, byte[] body) throws IOException {
        out.writeByte(type);
        int rest = body.length;
        do {
            out.writeByte(rest > 127 ? rest & 127 | 128 : rest);
            rest >>= 7;
        } while (rest > 0);
        out.write(body);
    }

    private void publish(String topic, String payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        new DataOutputStream(body).writeUTF(topic);
        body.write(payload.getBytes(StandardCharsets.UTF_8));
        packet(0x30, body.toByteArray());
    }

    private void fill(int topics) throws IOException {
        for (int i = 0; i < topics; i++) {
            publish("house/room" + i % 50 + "/device" + i / 50, "{\"state\":\"on\",\"value\":" + i + "}");
        }
        out.flush();
    }

    private void grow(int rate, int seconds) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int sent = 0;
        while (sent < rate * seconds) {
            int due = (int) Math.min((long) rate * seconds, rate * (System.nanoTime() - begun) / 1_000_000_000L);
            for (; sent < due; sent++) {
                publish("t/" + sent, "1");
            }
            out.flush();
            Thread.sleep(5);
        }
        System.out.printf("%d %.1f%n", sent, (System.nanoTime() - begun) / 1e9);
    }

    private void visible(String url, int times) throws IOException, InterruptedException {
        long[] nanos = new long[times];
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest get = HttpRequest.newBuilder(URI.create(url)).build();
            for (int i = 0; i < times + 200; i++) {
                String value = "mark-" + i + "-mark";
                long begun = System.nanoTime();
                publish("house/mark", value);
                out.flush();
                while (!client.send(get, HttpResponse.BodyHandlers.ofString()).body().contains(value)) {
                    Thread.onSpinWait();
                }
                // The first ones warm up.
                if (i >= 200) {
                    nanos[i - 200] = System.nanoTime() - begun;
                }
                Thread.sleep(2);
            }
        }
        Arrays.sort(nanos);
        System.out.printf("%d %d%n", nanos[times / 2] / 1000, nanos[times * 99 / 100] / 1000);
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("port")) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                System.out.println(socket.getLocalPort());
            }
            return;
        }
        WorldModelLoad load = new WorldModelLoad(Integer.parseInt(args[1]));
        switch (args[0]) {
            case "fill" -> load.fill(Integer.parseInt(args[2]));
            case "grow" -> load.grow(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "visible" -> load.visible(args[2], Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[0]);
        }
        // What was sent last is to arrive before the connection ends.
        Thread.sleep(500);
        System.exit(0);
    }
}
