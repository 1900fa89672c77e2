package io.pipecat.documentation;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.PipecatException;
import io.pipecat.api.http.Listener;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.node.Node;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What nodes count: two of them, which together have every part, are used a little and asked for their metrics. */
final class MetricsPage {
    /** Nobody listens there: what is named by it is known and away. */
    private static final String AWAY = "127.0.0.1";

    private static final String NO_PORT = "1";
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private final Map<String, Metric> metrics = new TreeMap<>();

    private static final class Metric {
        private String help = "";
        private String type = "";
        private final Set<String> labels = new TreeSet<>();
    }

    private MetricsPage() {}

    static MetricsPage gathered(Path folder) throws PipecatException, IOException, InterruptedException {
        MetricsPage page = new MetricsPage();
        page.addServing(folder.resolve("serving"));
        page.addLeaning(folder.resolve("leaning"));
        return page;
    }

    Set<String> names() {
        return metrics.keySet();
    }

    /** Those whose meaning is told like no other's: without a full stop. */
    Set<String> unfinished() {
        return metrics.entrySet().stream()
                .filter(metric -> !metric.getValue().help.endsWith("."))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    String markdown() {
        Page page = new Page("Metrics");
        page.paragraph("""
                `GET /metrics` of any listener, in the text format of Prometheus. A node has those of the parts that it is made of; one with labels
                appears with its first value. A distribution has the buckets `_bucket{le=…}`, `_sum` and `_count`.""");
        page.head("name", "labels", "kind", "meaning");
        metrics.forEach((name, metric) -> page.row(
                Page.code(name),
                metric.labels.stream().map(Page::code).collect(Collectors.joining(", ")),
                metric.type.equals("histogram") ? "distribution" : metric.type,
                Page.plain(metric.help)));
        return page.markdown();
    }

    /** A node that serves everything, with a world model and a broker of its own. */
    private void addServing(Path stateDir) throws PipecatException, IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "serve",
                "web,llm,tools,mcp,world-model,wyoming",
                "mqtt_host",
                AWAY,
                "mqtt_port",
                NO_PORT,
                "world_max_topics",
                "1"));
        for (String service : Set.of("web", "llm", "tool_server", "mcp", "world_model", "wyoming")) {
            settings.put(service + "_port", "0");
        }
        settings.put("state_dir", stateDir.toString());
        settings.put("tool_server_api_key", "a-key");
        try (Node node = Node.builder().settings("the reference", settings).build();
                HttpClient client = HttpClient.newHttpClient()) {
            node.conversation().build().close();
            for (Listener listener : node.serve()) {
                if (listener.address().getScheme().equals("http")) {
                    HttpRequest health = HttpRequest.newBuilder(
                                    listener.address().resolve("/health"))
                            .build();
                    client.send(health, HttpResponse.BodyHandlers.discarding());
                }
            }
            use(node.context().worldModel().orElseThrow());
            node.context()
                    .publish(new NodeEvent.RoleSwitched(
                            node.context().clock().instant(), "llm", "one", "another", "An example."));
            add(node.context().metrics().expose());
        }
    }

    private static void use(WorldModel house) throws WorldModelException, InterruptedException {
        house.update("home/first", JsonValue.from(1));
        refused(() -> house.update("home/one-more-than-allowed", JsonValue.from(1)));
        refused(() -> house.command("no_such_device", JsonObject.of("state", "on")));
    }

    private interface Use {
        void run() throws WorldModelException, InterruptedException;
    }

    private static void refused(Use use) throws InterruptedException {
        try {
            use.run();
        } catch (WorldModelException e) {
            // That it is refused is counted, which is what this is for.
            return;
        }
    }

    /** A node that leans on others for everything, all of them away. */
    private void addLeaning(Path stateDir) throws PipecatException, InterruptedException {
        Map<String, String> settings = Map.of(
                "world_model_mode",
                "distributed",
                "world_model_url_override",
                "http://" + AWAY + ":" + NO_PORT,
                "llama_api_url_override",
                "http://" + AWAY + ":" + NO_PORT,
                "llm_fallback",
                "local",
                "local_llm_model_path",
                "builtin",
                "consul_host",
                AWAY,
                "consul_port",
                NO_PORT,
                "state_dir",
                stateDir.toString());
        try (Node node = Node.builder()
                .settings("the reference", settings)
                .withoutWaiting()
                .build()) {
            add(node.context().metrics().expose());
        }
    }

    private void add(String exposed) {
        exposed.lines().forEach(line -> {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                metrics.computeIfAbsent(help.group(1), name -> new Metric()).help = help.group(2);
            } else if (type.matches()) {
                metrics.computeIfAbsent(type.group(1), name -> new Metric()).type = type.group(2);
            } else if (sample.matches() && sample.group(2) != null) {
                addLabels(sample.group(1).replaceFirst("_(bucket|sum|count)$", ""), sample.group(2));
            }
        });
    }

    private void addLabels(String name, String labels) {
        Metric metric = metrics.get(name);
        Matcher label = LABEL.matcher(labels);
        while (metric != null && label.find()) {
            if (!label.group(1).equals("le")) {
                metric.labels.add(label.group(1));
            }
        }
    }
}
