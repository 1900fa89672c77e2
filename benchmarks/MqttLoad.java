import io.pipecat.api.NodeContext;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.node.Node;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** See mqtt.sh, which runs this, once to publish and once to listen. */
public final class MqttLoad {
    private static final int TOPICS = 500;
    private static final long SLICE_NANOS = 2_000_000;

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "publish" -> publish(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "listen" -> listen(args[1], args[2], args[3]);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Speaks just enough MQTT 3.1.1 itself, so that it is not what is measured. */
    private static void publish(int port, int rate, int seconds) throws IOException {
        byte[][] packets = new byte[TOPICS][];
        for (int i = 0; i < TOPICS; i++) {
            packets[i] = packet("load/room" + i / 10 + "/sensor" + i, "{\"value\": " + (20 + i % 10) + ".5}");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream(), 1 << 16));
            out.write(new byte[] {0x10, 16, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 4, 'l', 'o', 'a', 'd'});
            out.flush();
            socket.getInputStream().readNBytes(4);
            out.write(packet("control/begin", ""));
            long total = (long) rate * seconds;
            long begin = System.nanoTime();
            for (long sent = 0; sent < total; ) {
                long due = Math.min(total, (System.nanoTime() - begin) * rate / 1_000_000_000L);
                for (; sent < due; sent++) {
                    out.write(packets[(int) (sent % TOPICS)]);
                }
                out.flush();
                LockSupport.parkNanos(SLICE_NANOS);
            }
            long nanos = System.nanoTime() - begin;
            out.write(packet("control/end", total + " " + total * 1_000_000_000L / nanos));
            out.write(new byte[] {(byte) 0xe0, 0});
            out.flush();
        }
    }

    private static byte[] packet(String topic, String payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        byte[] packet = new byte[4 + name.length + text.length];
        packet[0] = 0x30;
        packet[1] = (byte) (2 + name.length + text.length);
        packet[3] = (byte) name.length;
        System.arraycopy(name, 0, packet, 4, name.length);
        System.arraycopy(text, 0, packet, 4 + name.length, text.length);
        return packet;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static final class Counter implements MqttListener {
        private long begun;
        private long count;
        private long bytes;
        private long cpu;

        @Override
        public void message(MqttMessage message) {
            switch (message.topic()) {
                case "control/begin" -> {
                    begun = System.nanoTime();
                    cpu = cpuNanos();
                    count = 0;
                }
                case "control/end" -> {
                    String[] sent = StandardCharsets.UTF_8.decode(message.payload()).toString().split(" ");
                    System.out.printf(
                            "load %s %s %d %.2f%n",
                            sent[1], sent[0], Long.parseLong(sent[0]) - count, (cpuNanos() - cpu) / 1000.0 / Math.max(1, count));
                }
                default -> {
                    count++;
                    bytes += message.payload().remaining();
                }
            }
        }

        @Override
        public void subscribed() {
            System.out.println("up " + System.currentTimeMillis());
        }

        @Override
        public void disconnected() {
            System.out.println("down " + System.currentTimeMillis());
        }
    }

    /** Listens until standard input ends, and then tells what was dropped. */
    private static void listen(String port, String version, String state) throws Exception {
        Map<String, String> settings = Map.of(
                "state_dir", Path.of(state).toString(),
                "serve", "none",
                // The model is not asked; this one is not even loaded.
                "llama_api_url_override", "http://127.0.0.1:1",
                "mqtt_host", "127.0.0.1",
                "mqtt_port", port,
                "mqtt_version", version);
        try (Node node = Node.builder().settings("benchmark", settings).build()) {
            NodeContext context = node.context();
            MqttLink link = context.mqtt().orElseThrow();
            link.subscribe(List.of("#"), new Counter());
            while (System.in.read() >= 0) {
                // Until its end.
            }
            context.metrics().expose().lines()
                    .filter(line -> line.startsWith("pipecat_mqtt_dropped_total{reason=\"slow_listener\""))
                    .forEach(line -> System.out.println("dropped " + line.replaceFirst(".* ", "")));
        }
        System.exit(0);
    }
}
