package io.pipecat.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What others get of this build. Each rule gives the sentences of what breaks it. */
final class ReleaseRules {
    private static final String BOM = "pipecat-bom";

    private ReleaseRules() {}

    /** What an application can use is in the BOM, and nothing else is; what is not for applications is not deployed. */
    static List<String> bom(Path root) {
        List<String> broken = new ArrayList<>();
        Map<String, String> listed = new TreeMap<>();
        Pom.in(root.resolve(BOM))
                .managed()
                .forEach(artifact -> listed.put(artifact.group() + ":" + artifact.name(), artifact.version()));
        for (Path folder : Reactor.folders(root)) {
            Pom pom = Pom.in(folder);
            if (pom.artifactId().equals(BOM)) {
                continue;
            }
            boolean deployed = !pom.property("maven.deploy.skip").equals(Optional.of("true"));
            boolean code = !ReactorModule.files(folder.resolve("src/main/java"), ".java")
                    .isEmpty();
            String version = listed.remove("io.pipecat:" + pom.artifactId());
            if (deployed && !code) {
                broken.add(pom.artifactId() + " ships no code and is deployed: set maven.deploy.skip in its pom.xml");
            } else if (deployed && !"${project.version}".equals(version)) {
                broken.add(
                        pom.artifactId() + " is deployed and not in " + BOM + " with the version ${project.version}");
            } else if (!deployed && version != null) {
                broken.add(pom.artifactId() + " is in " + BOM + " and not deployed");
            }
        }
        listed.keySet().forEach(name -> broken.add(name + " is in " + BOM + " and no module of this build"));
        return broken;
    }

    /** One version for all, also where no parent gives it. */
    static List<String> versions(Path root) {
        List<String> broken = new ArrayList<>();
        String version = Pom.in(root).version();
        for (Path folder : Reactor.folders(root)) {
            Pom pom = Pom.in(folder);
            if (!pom.version().equals(version)) {
                broken.add(pom.artifactId() + " has the version " + pom.version() + " and not " + version);
            }
        }
        String used = Pom.in(root.resolve("examples/embed"))
                .property("pipecat.version")
                .orElse("none");
        if (!used.equals(version)) {
            broken.add("examples/embed uses the version " + used + " and not " + version);
        }
        return broken;
    }
}
