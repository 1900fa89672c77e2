package io.pipecat.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java in the documents compiles against the modules that it speaks of, without a warning. */
class JavaBlocksTest {
    @TempDir
    private Path folder;

    @Test
    void everyBlockCompiles() throws IOException {
        List<String> errors = new ArrayList<>();
        int documents = 0;
        for (Document document : Documents.all()) {
            Path classes = Files.createDirectory(folder.resolve("classes" + documents++));
            errors.addAll(JavaBlocks.errors(document, classes));
        }
        assertEquals(List.of(), errors);
    }

    @Test
    void wholeFilesMembersAndStatementsAreUnderstood() throws IOException {
        Files.writeString(folder.resolve("good.md"), """
                ```java
                public record Point(int x) {}
                ```
                ```java
                private static int doubled(Point point) {
                    return point.x() * 2;
                }
                ```
                ```java
                import java.util.List;

                List<Point> points = List.of(new Point(1));
                System.out.println(points);
                ```
                """);
        assertEquals(List.of(), JavaBlocks.errors(Documents.of(folder, "good.md"), folder));
    }

    @Test
    void whatDoesNotCompileIsTold() throws IOException {
        Files.writeString(folder.resolve("bad.md"), "# Title\n\n```java\nint number = \"text\";\n```\n");
        List<String> errors = JavaBlocks.errors(Documents.of(folder, "bad.md"), folder);
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().startsWith("bad.md:3 (int number"), errors::toString);
    }
}
