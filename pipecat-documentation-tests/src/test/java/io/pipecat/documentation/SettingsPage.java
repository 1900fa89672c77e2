package io.pipecat.documentation;

import io.pipecat.api.Provider;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.launcher.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The settings, by the jar that reads them. */
final class SettingsPage {
    private static final String EVERY_NODE = "Every node";
    private static final String HOME = System.getProperty("user.home");

    private SettingsPage() {}

    static String markdown() throws SettingsException {
        Map<String, SortedSet<String>> readers = readers();
        Map<String, List<SettingSpec<?>>> sections = new TreeMap<>();
        for (SettingSpec<?> spec : Main.settings()) {
            String owner =
                    readers.containsKey(spec.name()) ? readers.get(spec.name()).first() : EVERY_NODE;
            sections.computeIfAbsent(owner, o -> new ArrayList<>()).add(spec);
        }
        Page page = new Page("Settings");
        page.paragraph("""
                A setting is `tool_timeout` in the settings file, `TOOL_TIMEOUT` in the environment, `--tool-timeout` on the command line.
                The command line comes first, then the environment, the file, what a cluster shares, and the default. This page
                knows all jars; `pipecat config` says what holds for one node, `pipecat config --schema` is this page as JSON.""");
        page.paragraph("""
                *shared*: also taken from [Consul](../discovery.md#shared-settings). *live*: a change takes effect while the node runs.
                *secret*: never printed or logged, and `<name>_file` can name a file that holds it instead.""");
        page.paragraph("""
                For every service that a node looks up there is also `<service>_url_override`: the service's name without a final `-api`, with `_`
                for `-`. Variables that are no settings: `PIPECAT_CONFIG` (the settings file), `XDG_STATE_HOME` (holds the state folder of a
                monolith), and those of the start scripts: `PIPECAT_JAVA_HOME` and `JAVA_OPTS` of `./pipecat` in a checkout and of `bin/pipecat` in a
                runtime, `PIPECAT_LIB` of the former (a folder of jars to run as they are), `PIPECAT_AOT_DIR` of the latter (where its cache
                lies); `START_TIMEOUT`, `WAIT_FOR_FILES` and `PIPECAT_HOME` (the runtime) of
                [`bin/start_pipecat.sh`](../runtimes.md#as-a-service).""");
        table(page, EVERY_NODE, sections.getOrDefault(EVERY_NODE, List.of()), readers);
        sections.forEach((owner, specs) -> {
            if (!owner.equals(EVERY_NODE)) {
                table(page, owner, specs, readers);
            }
        });
        return page.markdown();
    }

    private static Map<String, SortedSet<String>> readers() {
        Map<String, SortedSet<String>> readers = new TreeMap<>();
        for (Provider provider : Installed.providers().toList()) {
            String artifact = Installed.artifact(provider.getClass());
            provider.settings()
                    .forEach(spec -> readers.computeIfAbsent(spec.name(), n -> new TreeSet<>())
                            .add(artifact));
        }
        return readers;
    }

    private static void table(
            Page page, String owner, List<SettingSpec<?>> specs, Map<String, SortedSet<String>> readers) {
        page.section(owner).head("setting", "takes", "default", "marks", "meaning");
        for (SettingSpec<?> spec : specs) {
            String others = readers.getOrDefault(spec.name(), new TreeSet<>()).stream()
                    .filter(reader -> !reader.equals(owner))
                    .collect(Collectors.joining(", "));
            page.row(
                    Page.code(spec.name()),
                    spec.type().label(),
                    defaults(spec),
                    flags(spec),
                    Page.plain(spec.description()) + (others.isEmpty() ? "" : " Also read by " + others + "."));
        }
    }

    private static <T> String defaults(SettingSpec<T> spec) {
        List<String> defaults = new ArrayList<>();
        for (SettingSpec.Default<T> each : spec.defaults()) {
            String text = homeless(spec.type().format(each.value()));
            String condition = List.of(word(each.mode()), word(each.tier())).stream()
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.joining(" "));
            String value = text.isEmpty() ? "empty" : Page.code(text);
            defaults.add(condition.isEmpty() ? value : condition + ": " + value);
        }
        return defaults.isEmpty() ? "–" : String.join("; ", defaults);
    }

    private static String homeless(String text) {
        return text.startsWith(HOME + "/") ? "~" + text.substring(HOME.length()) : text;
    }

    private static String word(Optional<? extends Enum<?>> condition) {
        return condition.map(value -> value.name().toLowerCase(Locale.ROOT)).orElse("");
    }

    private static String flags(SettingSpec<?> spec) {
        List<String> flags = new ArrayList<>();
        if (spec.secret()) {
            flags.add("secret");
        }
        if (spec.shared()) {
            flags.add("shared");
        }
        if (spec.live()) {
            flags.add("live");
        }
        return String.join(", ", flags);
    }
}
