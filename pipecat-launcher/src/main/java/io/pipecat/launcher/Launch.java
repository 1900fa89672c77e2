package io.pipecat.launcher;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.node.EffectiveSettings;
import io.pipecat.node.Node;
import io.pipecat.node.NodeBuilder;
import io.pipecat.node.NodeSettings;
import io.pipecat.node.SettingsInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One start of the program: where its settings come from, and the node that they make. */
final class Launch {
    private static final String CONFIG_VARIABLE = "PIPECAT_CONFIG";
    private static final List<Path> DEFAULT_FILES =
            List.of(Path.of("pipecat.yaml"), Path.of("/etc/pipecat/pipecat.yaml"));

    private final Console console;
    private final Signals signals;
    private final Map<String, String> commandLine = new LinkedHashMap<>();
    private Optional<Path> configFile = Optional.empty();

    Launch(Console console, Signals signals) {
        this.console = console;
        this.signals = signals;
    }

    Console console() {
        return console;
    }

    Signals signals() {
        return signals;
    }

    void set(String setting, String text) {
        commandLine.put(setting, text);
    }

    void configFile(Path file) {
        configFile = Optional.of(file);
    }

    /** Every setting that the modules on the path know. */
    static List<SettingSpec<?>> knownSettings() throws SettingsException {
        return Node.builder()
                .declare(LauncherSettings.all())
                .effectiveSettings()
                .known();
    }

    EffectiveSettings settings(String defaultLogLevel) throws SettingsException {
        return builder(defaultLogLevel).effectiveSettings();
    }

    /** A builder with all the settings, after the log level was set by them. */
    NodeBuilder builder(String defaultLogLevel) throws SettingsException {
        List<SettingsInput> inputs = inputs();
        EffectiveSettings settings = builder(inputs).effectiveSettings();
        LogConfigurator.setLevel(settings.find(LauncherSettings.LOG_LEVEL).orElse(defaultLogLevel));
        String xdg = console.environment().getOrDefault("XDG_STATE_HOME", "");
        if (!xdg.isEmpty() && settings.mode() == DeploymentMode.MONOLITH && !settings.isSet(NodeSettings.STATE_DIR)) {
            inputs.add(SettingsInput.of(
                    "environment XDG_STATE_HOME",
                    Map.of(
                            NodeSettings.STATE_DIR.name(),
                            Path.of(xdg, "pipecat").toString())));
        }
        return builder(inputs);
    }

    private NodeBuilder builder(List<SettingsInput> inputs) {
        NodeBuilder builder = Node.builder().declare(LauncherSettings.all()).logs(LogRing.ofProcess());
        inputs.forEach(builder::settings);
        hostName().ifPresent(builder::hostName);
        return builder;
    }

    private Optional<String> hostName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // A host whose own name does not resolve is common in containers, and no reason not to start.
            return Optional.ofNullable(console.environment().get("HOSTNAME"));
        }
    }

    private List<SettingsInput> inputs() throws SettingsException {
        List<SettingsInput> inputs = new ArrayList<>();
        inputs.add(SettingsInput.of("command line", commandLine));
        inputs.add(SettingsInput.environment(console.environment()));
        Optional<Path> file = file();
        if (file.isPresent()) {
            try {
                inputs.add(SettingsInput.file(file.get()));
            } catch (IOException e) {
                throw new SettingsException("The settings file " + file.get() + " cannot be read: " + e + ".", e);
            }
        }
        return inputs;
    }

    private Optional<Path> file() throws SettingsException {
        String variable = console.environment().getOrDefault(CONFIG_VARIABLE, "");
        Optional<Path> named = configFile.isPresent()
                ? configFile
                : Optional.of(variable).filter(text -> !text.isEmpty()).map(Path::of);
        if (named.isEmpty()) {
            return DEFAULT_FILES.stream().filter(Files::isRegularFile).findFirst();
        }
        if (!Files.exists(named.get())) {
            throw new SettingsException("There is no settings file " + named.get() + " ("
                    + (configFile.isPresent() ? "--config" : CONFIG_VARIABLE) + ").");
        }
        return named;
    }
}
