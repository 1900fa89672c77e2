package io.pipecat.api.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What depends on how a tool's class was compiled, and in which module it is. */
class CompiledToolTest {
    private static final String TOOL = """
            package acme;

            import io.pipecat.api.tool.*;
            import java.util.Optional;

            @ToolInfo(name = "acme", description = "Doubles.")
            public class Doubler extends Base {
                @ToolMethod("Doubles.")
                public int twice(ToolContext context, int number) {
                    return 2 * number;
                }
            }

            abstract class Base {
                @ToolMethod("Triples.")
                public int thrice(int number) {
                    return 3 * number;
                }

                @ToolMethod("Needs no names.")
                public int four(ToolContext context) {
                    return 4;
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path compile(Map<String, String> sources, String... options) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path out = folder.resolve("out");
        List<File> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("src").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()).toFile());
        }
        List<String> all = Stream.concat(
                        Stream.of("-d", out.toString(), "-proc:none", "-implicit:none"), Stream.of(options))
                .toList();
        StringWriter said = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(said, manager, null, all, null, manager.getJavaFileObjectsFromFiles(files))
                    .call();
            assertTrue(done, said::toString);
        }
        return out;
    }

    private static String classPath() {
        return Stream.of(Tool.class, Logger.class, NullMarked.class)
                .map(CompiledToolTest::placeOf)
                .collect(Collectors.joining(":"));
    }

    private static String placeOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    private Object instance(String... options) throws Exception {
        Path out = compile(Map.of("acme/Doubler.java", TOOL), options);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, getClass().getClassLoader())) {
            return loader.loadClass("acme.Doubler").getConstructor().newInstance();
        }
    }

    @Test
    void aClassWithParameterNamesIsATool() throws Exception {
        Tool tool = Tool.annotated(instance("-parameters", "-cp", classPath()));
        assertEquals(JsonNumber.of(14), Contexts.call(tool, "twice", "number", 7));
    }

    @Test
    void aPublicClassOffersWhatItInheritsFromOneThatIsNot() throws Exception {
        Tool tool = Tool.annotated(instance("-parameters", "-cp", classPath()));
        assertEquals(List.of("four", "thrice", "twice"), Contexts.names(tool));
        assertEquals(JsonNumber.of(21), Contexts.call(tool, "thrice", "number", 7));
    }

    @Test
    void aClassWithoutParameterNamesIsRefusedByName() throws Exception {
        Object object = instance("-cp", classPath());
        var e = assertThrows(IllegalArgumentException.class, () -> Tool.annotated(object));
        assertEquals(
                "the parameters of acme.Base.thrice have no names in the class file: compile acme.Base with -parameters",
                e.getMessage());
    }

    /** Makes the tool in a layer of named modules, the api among them, and returns its specification. */
    private String annotatedInModule(String directive) throws Throwable {
        String modulePath = classPath();
        Path out = compile(
                Map.of(
                        "module-info.java",
                        "module acme { requires io.pipecat.api; " + directive + " }",
                        "acme/Doubler.java",
                        TOOL),
                "-parameters",
                "--module-path",
                modulePath);
        ModuleFinder finder = ModuleFinder.of(Stream.concat(Stream.of(out.toString()), Stream.of(modulePath.split(":")))
                .map(Path::of)
                .toArray(Path[]::new));
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of("acme"));
        ModuleLayer layer = ModuleLayer.boot().defineModulesWithOneLoader(configuration, null);
        ClassLoader loader = layer.findLoader("acme");
        Object object = loader.loadClass("acme.Doubler").getConstructor().newInstance();
        Class<?> tool = loader.loadClass("io.pipecat.api.tool.Tool");
        try {
            Object made = tool.getMethod("annotated", Object.class).invoke(null, object);
            return tool.getMethod("spec").invoke(made).toString();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void aModuleOpensItsPackageToTheApi() throws Throwable {
        String spec = annotatedInModule("opens acme to io.pipecat.api; exports acme;");
        assertTrue(spec.contains("twice"), spec);
    }

    @Test
    void aPackageThatIsNotOpenIsNamed() throws Throwable {
        var e = assertThrows(IllegalArgumentException.class, () -> annotatedInModule("exports acme;"));
        assertEquals("cannot call acme.Base.four: open the package acme to the module io.pipecat.api", e.getMessage());
    }
}
