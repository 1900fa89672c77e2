package io.pipecat.architecture;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A small module made up in a folder, to try a rule on. */
final class Sample {
    private final Path folder;
    private final List<Path> sources = new ArrayList<>();

    Sample(Path folder) {
        this.folder = folder;
        source("module-info.java", "/** A sample. */\nmodule sample {}");
    }

    Sample source(String path, String text) {
        Path file = write("src/main/java/" + path, text);
        if (!path.equals("module-info.java")) {
            sources.add(file);
        }
        return this;
    }

    Sample service(String service, String providers) {
        write("target/classes/META-INF/services/" + service, providers);
        return this;
    }

    /** The descriptor is given, not compiled, so that it may name modules which do not exist. */
    List<ReactorModule> as(ModuleDescriptor.Builder descriptor) {
        compile();
        return List.of(new ReactorModule(folder, descriptor.build()));
    }

    private void compile() {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options = List.of(
                    "--release",
                    "21",
                    "-proc:none",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.resolve("target/classes").toString());
            var messages = new StringWriter();
            if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new AssertionError("the sample does not compile:\n" + messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String path, String text) {
        Path file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
