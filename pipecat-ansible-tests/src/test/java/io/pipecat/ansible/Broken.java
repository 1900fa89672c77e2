package io.pipecat.ansible;

import java.nio.file.Path;

/** A version that ends as soon as it is started. */
final class Broken {
    private Broken() {}

    /** Its archive, in a folder of the test's, made of the mid node's. */
    static Path archive(Path folder) {
        return archive(folder, "echo this build is broken >&2; exit 1");
    }

    static Path archive(Path folder, String program) {
        Path made = folder.resolve("broken.tar.gz");
        Shell.run("rm -rf " + folder + "/broken && mkdir -p " + folder + "/broken && tar xzf " + Shell.ROOT
                        + "/pipecat-dist/runtimes/target/pipecat-mid-*.tar.gz -C " + folder
                        + "/broken && printf '#!/bin/sh\\n" + program + "\\n' >" + folder
                        + "/broken/*/bin/pipecat && tar c -C " + folder + "/broken $(ls " + folder
                        + "/broken) | gzip -1 >" + made)
                .ok();
        return made;
    }
}
