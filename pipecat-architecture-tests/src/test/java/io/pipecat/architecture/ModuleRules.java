package io.pipecat.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a module may say of itself. Each rule gives the sentences of those who break it. */
final class ModuleRules {
    private static final String OURS = "io.pipecat.";
    private static final String API = "io.pipecat.api";
    private static final String JSON = "io.pipecat.json";
    private static final String AGENT = "io.pipecat.agent";
    private static final String NODE = "io.pipecat.node";
    private static final String LAUNCHER = "io.pipecat.launcher";

    /** Logging and annotations say nothing about what a module is for. */
    private static final Set<String> FREE = Set.of("org.slf4j", "org.jspecify");

    private static final Map<String, Set<String>> MAY_REQUIRE = Map.ofEntries(
            entry(API, Set.of()),
            entry(JSON, Set.of(API, "com.fasterxml.jackson.core", "org.snakeyaml.engine")),
            entry(AGENT, Set.of(API, JSON)),
            entry(NODE, Set.of(API, JSON, AGENT, "org.snakeyaml.engine")),
            entry("io.pipecat.llm.openai", Set.of(API, JSON, "okhttp3", "okio", "kotlin.stdlib")),
            entry("io.pipecat.llm.local", Set.of(API, JSON, "llama")),
            entry("io.pipecat.model.builtin", Set.of(API)),
            entry("io.pipecat.tools.local", Set.of(API)),
            entry("io.pipecat.server", Set.of(API, JSON)),
            entry(
                    LAUNCHER,
                    Set.of(
                            NODE,
                            API,
                            JSON,
                            AGENT,
                            "info.picocli",
                            "org.jline.reader",
                            "org.jline.terminal",
                            "ch.qos.logback.classic",
                            "ch.qos.logback.core")));

    /** These endpoints hold conversations, so they know the agent. */
    private static final Set<String> CONVERSING =
            Set.of("io.pipecat.endpoint.web", "io.pipecat.endpoint.openai", "io.pipecat.endpoint.wyoming");

    private ModuleRules() {}

    static List<String> requires(List<ReactorModule> modules) {
        List<String> broken = new ArrayList<>();
        for (ReactorModule module : modules) {
            module.descriptor().requires().stream()
                    .map(ModuleDescriptor.Requires::name)
                    .filter(required -> !mayRequire(module.name(), required))
                    .sorted()
                    .forEach(
                            required -> broken.add(
                                    module.name() + " requires " + required
                                            + ": implementation modules know the api, the JSON helper and what they are there for, never one another"));
        }
        return broken;
    }

    private static boolean mayRequire(String module, String required) {
        if (required.startsWith("java.") || required.startsWith("jdk.") || FREE.contains(required)) {
            return true;
        }
        Set<String> listed = MAY_REQUIRE.get(module);
        if (listed != null) {
            return listed.contains(required);
        }
        return !required.startsWith(OURS)
                || required.equals(API)
                || required.equals(JSON)
                || (required.equals(AGENT) && CONVERSING.contains(module));
    }

    static List<String> uses(List<ReactorModule> modules) {
        List<String> broken = new ArrayList<>();
        for (ReactorModule module : modules) {
            if (!module.name().equals(NODE)) {
                module.descriptor().uses().stream()
                        .filter(service -> service.startsWith(OURS))
                        .sorted()
                        .forEach(service -> broken.add(
                                module.name() + " uses " + service + ": only " + NODE + " looks for providers"));
            }
        }
        return broken;
    }

    static List<String> packages(List<ReactorModule> modules) {
        List<String> broken = new ArrayList<>();
        for (ReactorModule module : modules) {
            module.descriptor().packages().stream()
                    .filter(name -> !(name + ".").startsWith(module.name() + "."))
                    .filter(name -> !name.startsWith("META-INF"))
                    .sorted()
                    .forEach(name -> broken.add("package " + name + " is in module " + module.name()
                            + ", whose name it does not begin with"));
        }
        return broken;
    }

    static List<String> providers(List<ReactorModule> modules) {
        List<String> broken = new ArrayList<>();
        for (ReactorModule module : modules) {
            Map<String, Set<String>> declared = new TreeMap<>();
            for (ModuleDescriptor.Provides provides : module.descriptor().provides()) {
                declared.put(provides.service(), new TreeSet<>(provides.providers()));
            }
            Map<String, Set<String>> listed = serviceFiles(module);
            Set<String> services = new TreeSet<>(declared.keySet());
            services.addAll(listed.keySet());
            for (String service : services) {
                Set<String> inModule = declared.getOrDefault(service, Set.of());
                Set<String> inFile = listed.getOrDefault(service, Set.of());
                if (!inModule.equals(inFile)) {
                    broken.add(module.name() + " provides " + service + " with " + inModule
                            + " in module-info but with " + inFile + " in META-INF/services");
                }
                Stream.concat(inModule.stream(), inFile.stream())
                        .distinct()
                        .forEach(provider -> checkProvider(module, provider, broken));
            }
        }
        return broken;
    }

    private static void checkProvider(ReactorModule module, String provider, List<String> broken) {
        var classes = module.bytecode();
        if (!classes.contain(provider)) {
            broken.add(module.name() + " provides " + provider + ", a class that it does not have");
            return;
        }
        JavaClass type = classes.get(provider);
        boolean constructible = type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.tryGetConstructor()
                        .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                        .isPresent();
        if (!constructible) {
            broken.add(provider + " is no public class with a public constructor without parameters,"
                    + " so it cannot be found on the class path");
        }
    }

    private static Map<String, Set<String>> serviceFiles(ReactorModule module) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Path file : ReactorModule.files(module.classes().resolve("META-INF/services"), "")) {
            Set<String> providers = new TreeSet<>();
            try {
                for (String line : Files.readAllLines(file)) {
                    String name = line.replaceFirst("#.*", "").strip();
                    if (!name.isEmpty()) {
                        providers.add(name);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            found.put(file.getFileName().toString(), providers);
        }
        return found;
    }
}
