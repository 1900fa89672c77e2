package io.pipecat.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference says what the code does; {@code bin/reference} writes it anew by these tests. */
class ReferenceTest {
    private static final Path FOLDER = Checkout.ROOT.resolve("docs/reference");
    private static final boolean WRITES = Boolean.getBoolean("pipecat.reference.write");

    @TempDir
    private Path stateDir;

    private static void isCurrent(String name, String page) throws IOException {
        Path file = FOLDER.resolve(name);
        if (WRITES) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, page);
        }
        String written = Files.exists(file) ? Files.readString(file) : "";
        assertEquals(page, written, () -> "docs/reference/" + name + " is not what the code says: run bin/reference");
    }

    @Test
    void settings() throws Exception {
        isCurrent("settings.md", SettingsPage.markdown());
    }

    @Test
    void commandLine() throws Exception {
        isCurrent("cli.md", CommandsPage.markdown());
    }

    @Test
    void http() throws Exception {
        isCurrent("http.md", HttpPage.markdown(stateDir));
    }

    @Test
    void metrics() throws Exception {
        MetricsPage page = MetricsPage.gathered(stateDir);
        assertEquals(
                NamedMetrics.all(),
                page.names(),
                "what the code names like a metric and what the nodes of MetricsPage count: make them count it");
        assertEquals(Set.of(), page.unfinished(), "their help does not end with a full stop");
        isCurrent("metrics.md", page.markdown());
    }
}
