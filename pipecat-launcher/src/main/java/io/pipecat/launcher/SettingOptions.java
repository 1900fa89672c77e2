package io.pipecat.launcher;

import io.pipecat.api.setting.SettingSpec;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** Makes an option of every setting: {@code tool_timeout} is {@code --tool-timeout}. */
final class SettingOptions {
    private SettingOptions() {}

    static void addTo(CommandLine root, Launch launch, List<SettingSpec<?>> settings) {
        for (SettingSpec<?> spec : settings) {
            root.getCommandSpec().addOption(option(spec.name(), spec.description(), launch, isBoolean(spec)));
            if (spec.secret()) {
                String name = spec.name() + "_file";
                root.getCommandSpec().addOption(option(name, "A file that holds it.", launch, false));
            }
        }
        root.getCommandSpec()
                .addOption(OptionSpec.builder("--config")
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description("Settings file; else $PIPECAT_CONFIG, ./pipecat.yaml, /etc/pipecat/pipecat.yaml.")
                        .scopeType(CommandLine.ScopeType.INHERIT)
                        .setter(setter(value -> launch.configFile((Path) value)))
                        .build());
        root.getCommandSpec()
                .addOption(OptionSpec.builder("--set")
                        .paramLabel("NAME=VALUE")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Any setting by its canonical name; --name-in-kebab-case VALUE is the same."
                                + " 'pipecat config' lists them.")
                        .scopeType(CommandLine.ScopeType.INHERIT)
                        .setter(setter(value -> setAll(root, launch, value)))
                        .build());
    }

    private static boolean isBoolean(SettingSpec<?> spec) {
        return spec.type().choices().equals(List.of("true", "false"));
    }

    private static OptionSpec option(String name, String description, Launch launch, boolean isBoolean) {
        OptionSpec.Builder option = OptionSpec.builder("--" + name.replace('_', '-'))
                .paramLabel("VALUE")
                .type(String.class)
                .arity("1")
                .description(description)
                // A screen full of settings would hide the commands; 'pipecat config' is their help.
                .hidden(true)
                .scopeType(CommandLine.ScopeType.INHERIT)
                .setter(setter(value -> launch.set(name, (String) value)));
        if (isBoolean) {
            option.arity("0..1").fallbackValue("true");
        }
        return option.build();
    }

    private static void setAll(CommandLine root, Launch launch, Object values) {
        for (Object each : (List<?>) values) {
            String text = String.valueOf(each);
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new CommandLine.ParameterException(root, "--set takes NAME=VALUE, not '" + text + "'");
            }
            launch.set(text.substring(0, equals).replace('-', '_'), text.substring(equals + 1));
        }
    }

    private interface Taker {
        void take(Object value);
    }

    /** Picocli also calls setters with null, to clear them before parsing. */
    private static ISetter setter(Taker taker) {
        return new ISetter() {
            @Override
            @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's signature
            public <T> T set(T value) {
                if (value != null) {
                    taker.take(value);
                }
                return value;
            }
        };
    }
}
