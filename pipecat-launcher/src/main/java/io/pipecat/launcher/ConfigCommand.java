package io.pipecat.launcher;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.json.Json;
import io.pipecat.node.EffectiveSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every effective setting. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Show every effective setting with its source, secrets masked.",
        footer = {
            "",
            "A setting is --name-in-kebab-case on the command line, NAME_IN_UPPER_CASE in the environment and",
            "name_in_snake_case in the settings file; the first of these that sets it counts."
        })
final class ConfigCommand implements Callable<Integer> {
    private final Launch launch;

    @Option(names = "--schema", description = "What settings there are instead: type, default and meaning, as JSON.")
    private boolean schema;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    ConfigCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        EffectiveSettings settings = launch.settings("warn");
        Console console = launch.console();
        if (schema) {
            console.out().println(Json.pretty(schema(settings.known())));
        } else if (json) {
            console.out().println(Json.pretty(values(settings)));
        } else {
            Table table = new Table().row("SETTING", "SOURCE", "VALUE");
            for (SettingValue<?> value : settings.all()) {
                table.row(value.spec().name(), value.source(), value.display().orElse("-"));
            }
            table.print(console.out());
        }
        console.out().flush();
        return ExitCode.OK;
    }

    private static JsonObject values(EffectiveSettings settings) {
        JsonObject.Builder values = JsonObject.builder();
        for (SettingValue<?> value : settings.all()) {
            values.put(
                    value.spec().name(),
                    JsonObject.builder()
                            .put("value", JsonValue.from(value.display()))
                            .put("source", value.source())
                            .build());
        }
        return values.build();
    }

    private static JsonArray schema(List<SettingSpec<?>> specs) {
        List<JsonValue> settings = new ArrayList<>();
        specs.forEach(spec -> settings.add(describe(spec)));
        return new JsonArray(settings);
    }

    private static <T> JsonObject describe(SettingSpec<T> spec) {
        List<JsonValue> defaults = new ArrayList<>();
        for (SettingSpec.Default<T> value : spec.defaults()) {
            JsonObject.Builder one = JsonObject.builder();
            value.mode()
                    .ifPresent(mode -> one.put("deployment_mode", mode.name().toLowerCase(Locale.ROOT)));
            value.tier().ifPresent(tier -> one.put("node_tier", tier.name().toLowerCase(Locale.ROOT)));
            defaults.add(one.put("value", spec.type().format(value.value())).build());
        }
        return JsonObject.builder()
                .put("name", spec.name())
                .put("environment", spec.name().toUpperCase(Locale.ROOT))
                .put("option", "--" + spec.name().replace('_', '-'))
                .put("type", spec.type().label())
                .put("defaults", new JsonArray(defaults))
                .put("description", spec.description())
                .put("secret", spec.secret())
                .put("live", spec.live())
                .put("from_cluster", spec.shared())
                .build();
    }
}
