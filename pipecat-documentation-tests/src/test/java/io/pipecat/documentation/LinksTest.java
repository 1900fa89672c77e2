package io.pipecat.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links within the repository lead somewhere, and every page can be found. */
class LinksTest {
    @TempDir
    private Path folder;

    private static List<String> dead(List<Document> documents, Path root) {
        List<String> dead = new ArrayList<>();
        for (Document document : documents) {
            for (Document.Link link : document.links()) {
                if (!link.target().matches("[a-z]+:.*") && !leads(document, link.target(), root)) {
                    dead.add(document.name() + ":" + link.line() + " leads to " + link.target()
                            + ", which is not there");
                }
            }
        }
        return dead;
    }

    private static boolean leads(Document document, String target, Path root) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? document.file() : document.file().resolveSibling(parts[0]);
        if (!Files.exists(file) || !file.normalize().startsWith(root)) {
            return false;
        }
        return parts.length == 1
                || Document.of(root, file.normalize()).anchors().contains(parts[1]);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<Document> documents = Documents.all();
        assertFalse(documents.isEmpty());
        assertEquals(List.of(), dead(documents, Checkout.ROOT));
    }

    @Test
    void everyPageIsInTheIndex() throws IOException {
        Document index = Documents.of(Checkout.ROOT, "docs/README.md");
        Set<Path> listed = index.links().stream()
                .map(link -> index.file()
                        .resolveSibling(link.target().replaceFirst("#.*", ""))
                        .normalize())
                .collect(Collectors.toSet());
        List<String> missing = Documents.all().stream()
                .filter(document -> document.name().startsWith("docs/"))
                .filter(document -> !document.file().equals(index.file()) && !listed.contains(document.file()))
                .map(Document::name)
                .toList();
        assertEquals(List.of(), missing, "docs/README.md lists every page; add a line for each of these");
    }

    @Test
    void aDeadLinkIsTold() throws IOException {
        Files.writeString(folder.resolve("a.md"), """
                # First `one`: a start

                [there](b.md#second) [here](#first-one-a-start) [web](https://example.org/x) `[no](link)`
                [gone](c.md) [wrong](b.md#third)

                ```text
                [no](link)
                ```
                """);
        Files.writeString(folder.resolve("b.md"), "## Second\n");
        assertEquals(
                List.of("a.md:4 leads to c.md, which is not there", "a.md:4 leads to b.md#third, which is not there"),
                dead(List.of(Documents.of(folder, "a.md")), folder));
    }
}
