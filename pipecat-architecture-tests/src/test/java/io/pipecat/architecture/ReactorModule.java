package io.pipecat.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One module of the reactor that ships code: its sources, what they were compiled to, and what it says of itself. */
record ReactorModule(Path folder, ModuleDescriptor descriptor) {

    static ReactorModule of(Path folder) {
        Path compiled = folder.resolve("target/classes/module-info.class");
        if (!Files.exists(compiled)) {
            boolean declared = Files.exists(folder.resolve("src/main/java/module-info.java"));
            throw new AssertionError(folder.getFileName()
                    + (declared
                            ? " is not compiled: run ./mvnw verify from the root"
                            : " has sources but no module-info.java: every module says what it requires and exports"));
        }
        try (InputStream in = Files.newInputStream(compiled)) {
            return new ReactorModule(folder, ModuleDescriptor.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return descriptor.name();
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    Path sources() {
        return folder.resolve("src/main/java");
    }

    JavaClasses bytecode() {
        return new ClassFileImporter().importPath(classes());
    }

    List<Path> sourceFiles() {
        return files(sources(), ".java");
    }

    boolean exports(String packageName) {
        return descriptor.exports().stream()
                .anyMatch(export -> export.source().equals(packageName) && !export.isQualified());
    }

    static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
