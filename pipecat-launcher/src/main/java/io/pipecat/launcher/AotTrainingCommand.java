package io.pipecat.launcher;

import io.pipecat.agent.Conversation;
import io.pipecat.api.PipecatException;
import io.pipecat.api.http.Listener;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.node.LLMSettings;
import io.pipecat.node.Node;
import io.pipecat.node.NodeSettings;
import io.pipecat.node.SettingsInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * What {@code pipecat aot} runs while Java records: a node of this installation's jars starts, serves and holds a
 * conversation. It takes none of the user's settings, so that it neither writes to their state nor shows up in their cluster.
 */
@Command(
        name = "aot-training",
        hidden = true,
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "What 'pipecat aot' runs while Java records which classes a node needs.")
final class AotTrainingCommand implements Callable<Integer> {
    /** What can listen, by the setting of its port; the port 0 is one that nobody else uses. */
    private static final Map<String, String> SERVICES = Map.of(
            "web_port", "web",
            "llm_port", "llm",
            "tool_server_port", "tools",
            "mcp_port", "mcp",
            "world_model_port", "world-model",
            "wyoming_port", "wyoming");

    private static final List<String> REQUESTS = List.of("Hello", "What is 17 * 23?", "turn on the kitchen light");

    private final Launch launch;

    AotTrainingCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        Path state = Files.createTempDirectory("pipecat-aot-training");
        try {
            Map<String, String> settings = settings(state);
            try {
                hold(settings);
            } catch (SettingsException e) {
                sayWithoutModel(e);
            } catch (LLMException e) {
                if (e.reason() != LLMException.Reason.UNUSABLE) {
                    throw e;
                }
                sayWithoutModel(e);
            }
            try (StandInModel model = new StandInModel()) {
                settings.put(
                        LLMSettings.LLAMA_API_URL_OVERRIDE.name(),
                        model.address().toString());
                hold(settings);
            }
        } finally {
            delete(state);
        }
        return ExitCode.OK;
    }

    /** Not every installation carries a model; a conversation with one that stands in is for all of them. */
    private void sayWithoutModel(PipecatException e) {
        launch.console().err().println("Without a model of its own: " + e.getMessage());
    }

    private static Map<String, String> settings(Path state) throws SettingsException {
        Map<String, String> settings = new HashMap<>();
        settings.put(NodeSettings.STATE_DIR.name(), state.toString());
        List<String> services = new ArrayList<>();
        for (SettingSpec<?> spec : Launch.knownSettings()) {
            String service = SERVICES.get(spec.name());
            if (service != null) {
                settings.put(spec.name(), "0");
                services.add(service);
            }
        }
        services.sort(Comparator.naturalOrder());
        settings.put(NodeSettings.SERVE.name(), services.isEmpty() ? "none" : String.join(",", services));
        return settings;
    }

    private void hold(Map<String, String> settings) throws PipecatException, IOException, InterruptedException {
        try (Node node = Node.builder()
                        .declare(LauncherSettings.all())
                        .settings(SettingsInput.of("the training", settings))
                        .build();
                Conversation conversation = node.conversation().build()) {
            for (Listener listener : node.serve()) {
                look(listener.address().resolve("/health"));
                look(listener.address().resolve("/metrics"));
            }
            for (String request : REQUESTS) {
                launch.console()
                        .err()
                        .println(request + " → "
                                + conversation.send(request, frame -> {}).text());
            }
        }
    }

    private static void look(URI address) throws IOException {
        if (!address.getScheme().startsWith("http")) {
            return;
        }
        URLConnection connection = address.toURL().openConnection();
        connection.setReadTimeout(10_000);
        try (InputStream in = connection.getInputStream()) {
            in.readAllBytes();
        } catch (IOException e) {
            // That a page is missing or wants a key is an answer too; the classes for it are loaded.
            if (((java.net.HttpURLConnection) connection).getResponseCode() < 0) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
