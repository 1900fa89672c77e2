package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node can be is decided by the jars on its path: one more jar, one more tool. */
class ExtraJarTest {
    private static final String MODULE = """
            module example.greeter {
                requires io.pipecat.api;
                opens example.greeter to io.pipecat.api;
                provides io.pipecat.api.tool.ToolProvider with example.greeter.GreeterProvider;
            }
            """;
    private static final String PROVIDER = """
            package example.greeter;
            import io.pipecat.api.NodeContext;
            import io.pipecat.api.tool.*;
            public final class GreeterProvider implements ToolProvider {
                public String name() { return "NAME"; }
                public ToolSource create(NodeContext context) { return ToolSource.of(Tool.annotated(new Greeter())); }
            }
            """;
    private static final String TOOL = """
            package example.greeter;
            import io.pipecat.api.tool.*;
            @ToolInfo(name = "NAME", description = "Greets people.")
            public final class Greeter {
                @ToolMethod("Greets somebody by name.")
                public String greet(@ToolParam("who to greet") String name) { return "Hello " + name; }
            }
            """;

    @TempDir
    private Path folder;

    private Pipecat withJar(String providerName, String toolName) throws Exception {
        Pipecat pipecat = new Pipecat(folder).with("LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:9/v1");
        Path jars = pipecat.ownJars(folder.resolve("jars"));
        Path sources = Files.createDirectories(folder.resolve("src/example/greeter"));
        List<Path> files = List.of(
                Files.writeString(folder.resolve("src/module-info.java"), MODULE),
                Files.writeString(sources.resolve("GreeterProvider.java"), PROVIDER.replace("NAME", providerName)),
                Files.writeString(sources.resolve("Greeter.java"), TOOL.replace("NAME", toolName)));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(files, jars, classes);
        jar(classes, jars.resolve("greeter.jar"));
        return pipecat;
    }

    private static void compile(List<Path> files, Path jars, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-p",
                jars + java.io.File.pathSeparator + annotations(),
                "-d",
                classes.toString(),
                "--release",
                "21",
                "-parameters",
                "-proc:none");
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertTrue(compiled, messages.toString());
        }
    }

    /** Which the api's own compilation needs and Maven brings along; nothing at run time. */
    private static Path annotations() {
        return Path.of(NullMarked.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (Path file : new ArrayList<>(files.filter(Files::isRegularFile).toList())) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    @Test
    void oneMoreJarIsOneMoreTool() throws Exception {
        Pipecat pipecat = withJar("greeter", "greeter");
        Pipecat.Result result = pipecat.run("tools", "call", "greeter.greet", "name=Ada");
        assertEquals("\"Hello Ada\"\n", result.out(), result.err());
        String topology = pipecat.run("topology").out();
        assertTrue(
                topology.lines().anyMatch(line -> line.startsWith("tool:greeter") && line.contains("greeter.jar")),
                topology);
    }

    @Test
    void twoProvidersOfOneNameAreRefused() throws Exception {
        Pipecat.Result result = withJar("local", "greeter").run("ask", "Hello");
        assertTrue(
                result.isPlainFailure(3)
                        && result.err().contains("'local'")
                        && result.err().contains("greeter.jar")
                        && result.err().contains("pipecat-tools-local"),
                result.err());
    }

    @Test
    void twoToolsOfOneNameAreRefused() throws Exception {
        Pipecat.Result result = withJar("greeter", "calculator").run("ask", "Hello");
        assertTrue(
                result.isPlainFailure(3)
                        && result.err().contains("'calculator'")
                        && result.err().contains("greeter.jar"),
                result.err());
    }
}
