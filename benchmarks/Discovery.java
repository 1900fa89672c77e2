import com.sun.management.OperatingSystemMXBean;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.node.Node;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** See discovery.sh, which runs this. */
public final class Discovery {
    private static final int NAMES = 50;
    private static final int LOOKUPS = 5_000_000;
    private static final int CHANGES = 20;

    private final String consul;
    private final long consulPid;
    private final HttpClient http = HttpClient.newHttpClient();

    private Discovery(String consul, long consulPid) {
        this.consul = consul;
        this.consulPid = consulPid;
    }

    public static void main(String[] args) throws Exception {
        URI consul = URI.create(args[0]);
        int seconds = Integer.parseInt(args[2]);
        Map<String, String> settings = Map.of(
                "state_dir", Files.createTempDirectory("pipecat-discovery").toString(),
                "serve", "none",
                "llama_api_url_override", "http://127.0.0.1:1",
                "tool_server_url_override", "http://127.0.0.1:2",
                "consul_host", consul.getHost(),
                "consul_port", Integer.toString(consul.getPort()));
        try (Node node = Node.builder().settings("benchmark", settings).build()) {
            new Discovery(args[0], Long.parseLong(args[1])).measure(node.context().discovery(), seconds);
        }
        System.exit(0);
    }

    private void measure(ServiceDiscovery discovery, int seconds) throws Exception {
        lookups("discovery.lookup-override", "lookup of an override", discovery, ServiceName.TOOL_SERVER);
        register(new ServiceName("bench"), 1000);
        while (discovery.find(new ServiceName("bench")).isEmpty()) {
            Thread.sleep(10);
        }
        lookups("discovery.lookup-watched", "lookup of a watched name", discovery, new ServiceName("bench"));
        double[] before = idle(seconds);
        for (int i = 0; i < NAMES; i++) {
            discovery.find(new ServiceName("bench-" + i));
        }
        Thread.sleep(2000);
        double[] after = idle(seconds);
        String node = "processor time of the node, of a core, idle for " + seconds + " s, ";
        result("discovery.idle-one", before[0], "%", node + "1 name watched");
        result("discovery.idle-watches", after[0], "%", node + NAMES + " more names watched");
        result("discovery.consul-one", before[1], "%", "that of Consul, 1 name watched");
        result("discovery.consul-watches", after[1], "%", "that of Consul, " + NAMES + " more names watched");
        changes(discovery);
    }

    private static void lookups(String metric, String what, ServiceDiscovery discovery, ServiceName name) throws Exception {
        long sum = 0;
        double nanos = 0;
        for (int round = 0; round < 3; round++) {
            long begun = cpu();
            for (int i = 0; i < LOOKUPS; i++) {
                Optional<Endpoint> found = discovery.find(name);
                sum += found.orElseThrow().uri().getPort();
            }
            nanos = (cpu() - begun) / (double) LOOKUPS;
        }
        result(metric, nanos, "ns", what + (sum == 0 ? "!" : "") + ", processor time");
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Percent of a core that this process and Consul take. */
    private double[] idle(int seconds) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long node = system.getProcessCpuTime();
        long server = consulTicks();
        long begun = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        double elapsed = System.nanoTime() - begun;
        return new double[] {
            100 * (system.getProcessCpuTime() - node) / elapsed,
            // A tick is a hundredth of a second.
            100 * (consulTicks() - server) * 1e7 / elapsed
        };
    }

    private long consulTicks() throws Exception {
        String stat = Files.readString(Path.of("/proc/" + consulPid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private void changes(ServiceDiscovery discovery) throws Exception {
        double[] milliseconds = new double[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            ServiceName name = new ServiceName("bench-" + i);
            register(name, 2000 + i);
            long begun = System.nanoTime();
            while (discovery.find(name).isEmpty()) {
                Thread.sleep(1);
            }
            milliseconds[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(milliseconds);
        result("discovery.change-seen", milliseconds[CHANGES / 2], "ms", "a new instance is found after, median");
        result("discovery.change-seen-slowest", milliseconds[CHANGES - 1], "ms", "a new instance is found after, slowest of " + CHANGES);
    }

    private void register(ServiceName name, int port) throws Exception {
        String json = "{\"Name\": \"" + name + "\", \"Address\": \"10.0.0.1\", \"Port\": " + port + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(consul + "/v1/agent/service/register"))
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        if (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
            throw new IllegalStateException("Consul does not register " + name);
        }
    }

    private static void result(String name, double value, String unit, String what) {
        System.out.printf("result\t%s\t%.3f\t%s\t%s%n", name, value, unit, what);
    }
}
