import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelProvider;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** What the world model in this process costs: memory a topic, processor time a message, and what a kill loses. */
public final class WorldModelMemory {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** A broker that only says what it is told to. */
    private static final class Link implements MqttLink {
        private MqttListener listener = message -> {};

        @Override
        public boolean connected() {
            return true;
        }

        @Override
        public String description() {
            return "none";
        }

        @Override
        public void publish(MqttMessage message) {}

        @Override
        public Subscription subscribe(List<String> filters, MqttListener wanted) {
            listener = wanted;
            return () -> {};
        }

        @Override
        public void close() {}

        void hear(String topic, String payload) {
            listener.message(
                    new MqttMessage(topic, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), 0, false));
        }
    }

    private record Defaults() implements Settings {
        @Override
        public <T> SettingValue<T> describe(SettingSpec<T> spec) {
            return new SettingValue<>(
                    spec, spec.defaultFor(DeploymentMode.MONOLITH, Optional.empty()), "default", true);
        }

        @Override
        public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
            return () -> {};
        }
    }

    private record NoMetrics() implements Metrics {
        @Override
        public Counter counter(String name, String help, Map<String, String> labels) {
            return amount -> {};
        }

        @Override
        public Histogram histogram(String name, String help, Map<String, String> labels) {
            return value -> {};
        }

        @Override
        public Subscription gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
            return () -> {};
        }

        @Override
        public String expose() {
            return "";
        }
    }

    private WorldModelMemory() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "messages" -> messages(Path.of(args[1]));
            case "kill" -> kill(Path.of(args[1]), Integer.parseInt(args[2]));
            case "victim" -> victim(Path.of(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static WorldModel open(Path folder, Link link) throws Exception {
        WorldModelProvider provider = ServiceLoader.load(WorldModelProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.name().equals("local"))
                .findFirst()
                .orElseThrow();
        NodeInfo info = new NodeInfo("benchmark", "0", DeploymentMode.MONOLITH, Optional.empty(), "0");
        NodeContext context = (NodeContext) Proxy.newProxyInstance(
                NodeContext.class.getClassLoader(), new Class<?>[] {NodeContext.class}, (proxy, method, values) ->
                        switch (method.getName()) {
                            case "node" -> info;
                            case "settings" -> new Defaults();
                            case "metrics" -> new NoMetrics();
                            case "clock" -> Clock.systemUTC();
                            case "stateDir" -> folder;
                            case "mqtt" -> Optional.of(link);
                            case "publish" -> {
                                System.err.println(values[0]);
                                yield null;
                            }
                            default -> throw new IllegalStateException("the benchmark has no " + method.getName());
                        });
        return provider.create(context, List.of());
    }

    private static void messages(Path folder) throws Exception {
        Link link = new Link();
        long closing;
        try (WorldModel model = open(folder, link)) {
            long before = heap();
            int topics = 0;
            double half = 0;
            for (int wanted : new int[] {250_000, 500_000, 1_000_000}) {
                for (; topics < wanted; topics++) {
                    link.hear("house/room" + topics % 1_000 + "/sensor" + topics, Double.toString(topics / 10.0));
                }
                double megabytes = (heap() - before) / 1e6;
                result("world-model-memory.heap-" + topics, megabytes, "MB", "heap for " + topics + " topics");
                if (topics == 1_000_000) {
                    result("world-model-memory.growth", megabytes / half, "", "heap for 1000000 topics over that for 500000");
                }
                half = megabytes;
            }
            for (int i = 0; i < topics; i++) {
                link.hear("house/room" + i % 1_000 + "/sensor" + i, "0");
            }
            closing = System.nanoTime();
        }
        result("world-model-memory.closing", (System.nanoTime() - closing) / 1e6, "ms", "writing a million changes when the node ends");
        result("world-model-memory.file", Files.size(folder.resolve("world/state.mv")) / 1e6, "MB", "file for them");
        long start = SYSTEM.getProcessCpuTime();
        try (WorldModel model = open(folder, link)) {
            int[] count = {0};
            model.state().forEachTopic((topic, value) -> count[0]++);
            double millis = (SYSTEM.getProcessCpuTime() - start) / 1e6;
            result("world-model-memory.opening", millis, "ms", "processor time to start with them (" + count[0] + ")");
        }
        Path fresh = Files.createDirectory(folder.resolve("fresh"));
        try (WorldModel model = open(fresh, link)) {
            String[] names = new String[500];
            Arrays.setAll(names, i -> "telemetry/device" + i % 100 + "/property" + i / 100);
            cpu("world-model-memory.cpu-number", link, names, "21.5");
            cpu("world-model-memory.cpu-word", link, names, "on");
            cpu("world-model-memory.cpu-object", link, names, "{\"temperature\":21.5,\"humidity\":40}");
            cpu("world-model-memory.cpu-time", link, names, "2026-11-24T12:00:00Z");
            for (int i = 0; i < 2_000; i++) {
                model.state().toJson().toString();
            }
            long cpu = SYSTEM.getProcessCpuTime();
            for (int i = 0; i < 2_000; i++) {
                link.hear(names[i % 500], Integer.toString(i));
                model.state().toJson().toString();
            }
            result(
                    "world-model-memory.json",
                    (SYSTEM.getProcessCpuTime() - cpu) / 2e6,
                    "µs",
                    "processor time for the JSON of 500 topics of which one has changed");
        }
    }

    private static void cpu(String name, Link link, String[] names, String payload) {
        int messages = Boolean.getBoolean("quick") ? 100_000 : 1_000_000;
        run(link, names, payload, Math.min(300_000, messages));
        String what = "processor time of a message over 500 topics, writing to disk included, payload " + payload;
        result(name, run(link, names, payload, messages), "µs", what);
    }

    private static void result(String name, double value, String unit, String what) {
        System.out.printf("result\t%s\t%.3f\t%s\t%s%n", name, value, unit, what);
    }

    private static double run(Link link, String[] names, String payload, int messages) {
        long cpu = SYSTEM.getProcessCpuTime();
        for (int i = 0; i < messages; i++) {
            // Alternately, so that each message changes something.
            link.hear(names[i % names.length], i / names.length % 2 == 0 ? payload : payload + " ");
        }
        return (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / messages;
    }

    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(600);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void victim(Path folder) throws Exception {
        WorldModel model = open(folder, new Link());
        System.out.println("writing");
        while (true) {
            long now = System.currentTimeMillis();
            for (int i = 0; i < 50; i++) {
                model.update("t/" + (now + i) % 500, JsonNumber.of(now));
            }
            model.update("last", JsonNumber.of(now));
            Thread.sleep(1);
        }
    }

    private static void kill(Path folder, int times) throws Exception {
        Random random = new Random(5);
        long[] lost = new long[times];
        for (int i = 0; i < times; i++) {
            Process victim = new ProcessBuilder(Stream.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    WorldModelMemory.class.getName(),
                                    "victim",
                                    folder.toString())
                            .toList())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
                if (!"writing".equals(out.readLine())) {
                    throw new IOException("the process to kill did not start");
                }
                Thread.sleep(1_500 + random.nextInt(1_000));
            } finally {
                victim.destroyForcibly();
            }
            long killed = System.currentTimeMillis();
            victim.waitFor();
            try (WorldModel model = open(folder, new Link())) {
                JsonNumber last = (JsonNumber) model.state().get("last").orElseThrow();
                lost[i] = killed - last.toLong();
            }
        }
        Arrays.sort(lost);
        result("world-model-memory.lost-median", lost[times / 2], "ms", "lost by a kill, median of " + times);
        result("world-model-memory.lost", lost[times - 1], "ms", "lost by a kill, most of " + times);
    }
}
