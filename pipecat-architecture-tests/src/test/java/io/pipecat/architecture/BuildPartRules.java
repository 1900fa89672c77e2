package io.pipecat.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code THIRD-PARTY.md} must say of what no node carries: what a POM names to build and to test with, and what npm fetches. */
final class BuildPartRules {
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "node_modules");
    private static final Pattern NPM = Pattern.compile("(@[\\w-]+/[\\w.-]+|\\b[A-Za-z][\\w.-]*)@(?=\\d|\\$\\w)");

    private BuildPartRules() {}

    /** Each is listed, and each line is of something that is used. */
    static List<String> listed(Path root) {
        Map<String, String> used = used(root);
        Set<String> carried = LicenceRules.names(root);
        Set<String> listed = LicenceRules.buildParts(root);
        List<String> broken = new ArrayList<>();
        used.forEach((name, where) -> {
            if (!carried.contains(name) && !listed.contains(name)) {
                broken.add(name + ", which " + where + " names, is not listed in THIRD-PARTY.md");
            }
        });
        Set<String> needless = new TreeSet<>(listed);
        needless.removeAll(used.keySet());
        needless.forEach(name -> broken.add(name + " is listed in THIRD-PARTY.md and named nowhere"));
        listed.stream()
                .filter(carried::contains)
                .forEach(name -> broken.add(name + " is listed twice in THIRD-PARTY.md, and a node carries it"));
        return broken;
    }

    /** What is named, and by which file. */
    static Map<String, String> used(Path root) {
        Map<String, String> used = new TreeMap<>();
        for (Path folder : projects(root)) {
            String where = root.relativize(folder.resolve("pom.xml")).toString();
            Pom.in(folder).direct().forEach(name -> used.putIfAbsent(name, where));
        }
        for (Path script : scripts(root.resolve("bin"))) {
            NPM.matcher(read(script))
                    .results()
                    .map(MatchResult::group)
                    .forEach(part -> used.putIfAbsent(
                            part.substring(0, part.length() - 1),
                            root.relativize(script).toString()));
        }
        return used;
    }

    /** Those that the root POM does not name, such as examples and benchmarks, are among them. */
    private static List<Path> projects(Path root) {
        List<Path> projects = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (NOT_SOURCES.contains(String.valueOf(folder.getFileName()))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    if (Files.exists(folder.resolve("pom.xml"))) {
                        projects.add(folder);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return projects;
    }

    private static List<Path> scripts(Path bin) {
        if (!Files.isDirectory(bin)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(bin)) {
            return files.filter(file -> file.toString().endsWith("-parts"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
