package io.pipecat.documentation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the compiled modules call like a metric. */
final class NamedMetrics {
    private static final Pattern NAME = Pattern.compile("pipecat_[a-z0-9_]+");

    private static final Pattern JAR = Pattern.compile(".*\\bpipecat-[^/\\\\]+[.]jar");

    /** A setting, a cookie, and members of what is told to Consul and others. */
    private static final Set<String> OTHERS =
            Set.of("pipecat_api_keys", "pipecat_instance", "pipecat_node", "pipecat_session", "pipecat_version");

    private NamedMetrics() {}

    static Set<String> all() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .forEach(place -> addModule(place, names));
        return names;
    }

    /** A module is a folder of classes where it was only compiled, and a jar where it was packaged. */
    private static void addModule(Path place, Set<String> names) {
        try {
            if (place.endsWith(Path.of("target", "classes")) && Files.isDirectory(place)) {
                addClasses(place, names);
            } else if (JAR.matcher(place.toString()).matches() && Files.exists(place)) {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    addClasses(jar.getPath("/"), names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addClasses(Path folder, Set<String> names) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> addNames(file, names));
        }
    }

    private static void addNames(Path file, Set<String> names) {
        try {
            // Constants stand in class files as they are, as long as they are ASCII.
            Matcher name = NAME.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (name.find()) {
                String metric = name.group().replaceFirst("_(bucket|sum|count)$", "");
                if (!OTHERS.contains(metric)) {
                    names.add(metric);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
