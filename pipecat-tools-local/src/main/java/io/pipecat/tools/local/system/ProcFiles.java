package io.pipecat.tools.local.system;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux tells in files: proc(5) and os-release(5). A file that is missing or written otherwise gives an empty value, for on another
 * system that is how it is.
 */
final class ProcFiles {
    private static final Pattern LOAD = Pattern.compile("^([0-9]+\\.[0-9]+) ([0-9]+\\.[0-9]+) ([0-9]+\\.[0-9]+)");
    private static final Pattern UPTIME = Pattern.compile("^([0-9]{1,12})[. ]");
    private static final Pattern PRETTY_NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\n]+)\"?$");
    private static final int MAX_FILE = 64 * 1024;
    private static final int KIB = 1024;

    /**
     * Main memory in bytes.
     *
     * @param total what there is
     * @param available what a program could get
     */
    record Memory(long total, long available) {}

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    Optional<String> hostName() {
        return read("proc/sys/kernel/hostname").map(String::strip).filter(name -> !name.isEmpty());
    }

    Optional<String> osName() {
        return read("etc/os-release")
                .map(PRETTY_NAME::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1));
    }

    /** How many tasks ran or waited, on average over three spans. */
    Optional<JsonObject> load() {
        return read("proc/loadavg")
                .map(LOAD::matcher)
                .filter(Matcher::find)
                .map(m -> JsonObject.builder()
                        .put("1_min", new JsonNumber(m.group(1)))
                        .put("5_min", new JsonNumber(m.group(2)))
                        .put("15_min", new JsonNumber(m.group(3)))
                        .build());
    }

    Optional<Duration> uptime() {
        return read("proc/uptime")
                .map(UPTIME::matcher)
                .filter(Matcher::find)
                .map(m -> Duration.ofSeconds(Long.parseLong(m.group(1))));
    }

    Optional<Memory> memory() {
        Optional<String> text = read("proc/meminfo");
        OptionalLong total = kibibytes(text, "MemTotal");
        OptionalLong available = kibibytes(text, "MemAvailable");
        return total.isPresent() && available.isPresent()
                ? Optional.of(new Memory(total.getAsLong(), available.getAsLong()))
                : Optional.empty();
    }

    OptionalLong residentMemory() {
        return kibibytes(read("proc/self/status"), "VmRSS");
    }

    /** The value of a line such as {@code MemTotal:  8052948 kB}, in bytes. */
    private static OptionalLong kibibytes(Optional<String> text, String name) {
        Pattern line = Pattern.compile("(?m)^" + name + ":\\s*([0-9]{1,15}) kB$");
        return text.map(line::matcher)
                .filter(Matcher::find)
                .map(m -> OptionalLong.of(Long.parseLong(m.group(1)) * KIB))
                .orElse(OptionalLong.empty());
    }

    private Optional<String> read(String path) {
        try (var in = Files.newInputStream(root.resolve(path))) {
            return Optional.of(new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
