package io.pipecat.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The modules that the root POM names, so that a module that is added later is held to the rules without being listed here. */
final class Reactor {
    /** Shared by tests and part of no node: it may read the environment. */
    private static final Set<String> TEST_SUPPORT = Set.of("pipecat-testkit");

    private Reactor() {}

    /** All modules that ship code. One without sources has nothing that could break a rule. */
    static List<ReactorModule> modules() {
        return folders(root()).stream()
                .filter(folder -> !TEST_SUPPORT.contains(folder.getFileName().toString()))
                .filter(folder -> !ReactorModule.files(folder.resolve("src/main/java"), ".java")
                        .isEmpty())
                .map(ReactorModule::of)
                .toList();
    }

    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("mvnw")) ? here : here.getParent();
    }

    static List<Path> folders(Path aggregator) {
        List<Path> folders = new ArrayList<>();
        for (String name : Pom.in(aggregator).modules()) {
            Path folder = aggregator.resolve(name).normalize();
            folders.add(folder);
            folders.addAll(folders(folder));
        }
        return folders;
    }
}
