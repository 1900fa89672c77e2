package io.pipecat.tools.mcp;

import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;

/** The official parts that the tests talk to. */
final class Parts {
    private static final RequiredPart NODE = RequiredPart.of("node", "Debian package nodejs");
    private static final RequiredPart EVERYTHING = RequiredPart.file(
            root().resolve("target/mcp-parts/node_modules/@modelcontextprotocol/server-everything/dist/index.js"),
            "bin/mcp-parts installs it");

    private Parts() {}

    static Path node() {
        return NODE.orSkip();
    }

    /** The reference server that has one tool for each feature of the protocol. */
    static Path everything() {
        return EVERYTHING.orSkip();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new AssertionError("the tests run outside the project");
        }
        return folder;
    }
}
