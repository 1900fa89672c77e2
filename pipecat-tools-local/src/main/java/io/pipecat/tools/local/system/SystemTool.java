package io.pipecat.tools.local.system;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.tools.local.DurationWords;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells how the machine is. Reads {@code /proc} where there is one and asks the JDK otherwise; what neither knows is left out. Thread-safe,
 * holds nothing open.
 */
@ToolInfo(
        name = "system",
        description = "Tells about the machine that this assistant runs on.",
        placement = Placement.LIGHT)
public final class SystemTool {
    private static final long MIB = 1L << 20;
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private final NodeInfo node;
    private final Path stateDir;
    private final ProcFiles proc;

    /**
     * Makes the tool.
     *
     * @param node the node to tell about
     * @param stateDir a folder on the disk to tell about
     */
    public SystemTool(NodeInfo node, Path stateDir) {
        this(node, stateDir, Path.of("/"));
    }

    /** @param root where {@code proc} and {@code etc} are */
    SystemTool(NodeInfo node, Path stateDir, Path root) {
        this.node = node;
        this.stateDir = stateDir;
        this.proc = new ProcFiles(root);
    }

    /**
     * Tells how the machine is now.
     *
     * @return an object; members that this machine cannot tell are not there
     */
    @ToolMethod("Returns host, operating system, cores, load, memory, disk, uptime and the state of this node.")
    public JsonObject info() {
        JsonObject.Builder info = JsonObject.builder();
        host().ifPresent(host -> info.put("host", host));
        info.put("os", proc.osName().orElseGet(() -> System.getProperty("os.name")));
        info.put("kernel", System.getProperty("os.version"));
        info.put("arch", System.getProperty("os.arch"));
        info.put("cores", Runtime.getRuntime().availableProcessors());
        load().ifPresent(load -> info.put("load", load));
        memory().ifPresent(memory -> info.put("memory", memory));
        disk().ifPresent(disk -> info.put("disk", disk));
        proc.uptime().ifPresent(uptime -> info.put("uptime", duration(uptime)));
        return info.put("node", node()).put("jvm", jvm()).build();
    }

    private Optional<String> host() {
        Optional<String> name = proc.hostName();
        if (name.isPresent()) {
            return name;
        }
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonObject> load() {
        Optional<JsonObject> averages = proc.load();
        if (averages.isPresent()) {
            return averages;
        }
        double lastMinute = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return lastMinute < 0
                ? Optional.empty()
                : Optional.of(JsonObject.of("1_min", rounded(BigDecimal.valueOf(lastMinute))));
    }

    /** The JDK knows the limit of a container and /proc does not, but only /proc knows what the caches could give back. */
    private Optional<JsonObject> memory() {
        Optional<ProcFiles.Memory> machine = proc.memory();
        Optional<ProcFiles.Memory> process =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? Optional.of(new ProcFiles.Memory(os.getTotalMemorySize(), os.getFreeMemorySize()))
                        : Optional.empty();
        boolean limited = machine.isPresent()
                && process.isPresent()
                && process.get().total() < machine.get().total();
        return (limited ? process : machine.or(() -> process))
                .map(memory -> JsonObject.builder()
                        .put("total_mib", memory.total() / MIB)
                        .put("available_mib", memory.available() / MIB)
                        .build());
    }

    private Optional<JsonObject> disk() {
        try {
            FileStore store = Files.getFileStore(stateDir);
            return Optional.of(JsonObject.builder()
                    .put("path", stateDir.toString())
                    .put("total_gib", gib(store.getTotalSpace()))
                    .put("available_gib", gib(store.getUsableSpace()))
                    .build());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private JsonObject node() {
        JsonObject.Builder about = JsonObject.builder().put("name", node.name());
        node.tier().ifPresent(tier -> about.put("tier", tier.name().toLowerCase(Locale.ROOT)));
        return about.put("mode", node.mode().name().toLowerCase(Locale.ROOT))
                .put("version", node.version())
                .build();
    }

    private JsonObject jvm() {
        Runtime runtime = Runtime.getRuntime();
        JsonObject.Builder about = JsonObject.builder()
                .put("version", Runtime.version().toString())
                .put("heap_used_mib", (runtime.totalMemory() - runtime.freeMemory()) / MIB)
                .put("heap_max_mib", runtime.maxMemory() / MIB);
        proc.residentMemory().ifPresent(bytes -> about.put("resident_mib", bytes / MIB));
        Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        return about.put("uptime", duration(uptime)).build();
    }

    private static JsonObject duration(Duration duration) {
        return JsonObject.builder()
                .put("seconds", duration.toSeconds())
                .put("words", DurationWords.of(duration))
                .build();
    }

    private static JsonNumber gib(long bytes) {
        return rounded(BigDecimal.valueOf(bytes).divide(GIB));
    }

    private static JsonNumber rounded(BigDecimal value) {
        return JsonNumber.of(value.setScale(2, RoundingMode.HALF_UP));
    }
}
