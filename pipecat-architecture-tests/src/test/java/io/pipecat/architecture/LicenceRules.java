package io.pipecat.architecture;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code THIRD-PARTY.md} must say of the jars that a node carries. Each rule gives the sentences of what breaks it. */
final class LicenceRules {
    private static final String PAGE = "THIRD-PARTY.md";
    private static final Pattern ROW = Pattern.compile("\\| ([@\\w./-]+) \\| ([^|]+) \\| ([^|]+) \\|");
    /** Begins what no node carries. */
    private static final String BUILD_PARTS = "## What builds and tests it";

    private static final Pattern TEXT = Pattern.compile("(in the jar: )?`([^`]+)`");
    private static final Set<String> ASKS_FOR_NO_COPY = Set.of("MIT-0");

    /** What the list of parts makes of the words of a POM, and what it is. */
    private static final Map<String, String> MISREAD = Map.of(
            "BSD-4-Clause", "BSD-3-Clause",
            "EPL 1.0", "EPL-1.0",
            "Bouncy Castle Licence", "MIT");

    /** Words that stand in the licence itself and in no note that only points to it. */
    private static final Map<String, String> WORDS = Map.of(
            "Apache-2.0", "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
            "BSD-3-Clause", "Redistribution and use in source and binary forms",
            "EPL-2.0", "ANY USE, REPRODUCTION OR DISTRIBUTION OF THE PROGRAM CONSTITUTES",
            "MIT", "Permission is hereby granted, free of charge",
            "MPL-2.0", "Covered Software is provided under this License");

    private LicenceRules() {}

    /**
     * A line of the first table.
     *
     * @param licences those that may be chosen from; the text is that of the first
     * @param text where the text is
     */
    private record Row(List<String> licences, String text) {}

    /** Every jar is listed and every line is a jar, and the text that the line names is there. */
    static List<String> listed(Path root, Path lib) {
        List<String> broken = new ArrayList<>(carried(root, lib));
        Set<String> gone = new TreeSet<>(rows(root).keySet());
        jars(lib).forEach(jar -> gone.remove(name(jar)));
        gone.forEach(name -> broken.add(name + " is listed in " + PAGE + " and carried by no node"));
        return broken;
    }

    /** Every jar of a folder is listed, and the text that its line names is there. */
    static List<String> carried(Path root, Path lib) {
        Map<String, Row> rows = rows(root);
        List<String> broken = new ArrayList<>();
        for (Path jar : jars(lib)) {
            check(root, jar, rows, entry -> inJar(jar, entry)).ifPresent(broken::add);
        }
        return broken;
    }

    /** The same of the jars that are in no {@code lib} of a runtime since they are linked, by what each module has in the runtime. */
    static List<String> linked(Path home, Path jars, Path modules) {
        Map<String, Row> rows = rows(home);
        List<String> broken = new ArrayList<>();
        for (Path jar : jars(jars)) {
            if (!Files.exists(home.resolve("lib").resolve(jar.getFileName()))) {
                Path module = modules.resolve(module(jar));
                check(home, jar, rows, entry -> inFile(module.resolve(entry))).ifPresent(broken::add);
            }
        }
        return broken;
    }

    /** A line says what the maker declares. */
    static List<String> declared(Path root, Path parts) {
        List<String> broken = new ArrayList<>();
        Map<String, Set<String>> declared = declarations(parts);
        rows(root).forEach((name, row) -> {
            Set<String> licences = declared.getOrDefault(name, Set.of());
            if (!licences.equals(Set.copyOf(row.licences()))) {
                broken.add(name + " is under " + licences + " and not, as " + PAGE + " says, under " + row.licences());
            }
        });
        return broken;
    }

    private static Optional<String> check(
            Path root, Path jar, Map<String, Row> rows, Function<String, Optional<String>> inside) {
        String name = name(jar);
        Row row = rows.get(name);
        if (row == null) {
            return Optional.of(jar.getFileName() + " is not listed in " + PAGE);
        }
        Matcher text = TEXT.matcher(row.text());
        if (!text.matches()) {
            return ASKS_FOR_NO_COPY.containsAll(row.licences())
                    ? Optional.empty()
                    : Optional.of(name + " has no text of its licence in " + PAGE);
        }
        Optional<String> found =
                text.group(1) == null ? inFile(root.resolve(text.group(2))) : inside.apply(text.group(2));
        if (found.isEmpty()) {
            return Optional.of(name + " has its licence " + row.text() + ", says " + PAGE + ", and it is not there");
        }
        String licence = row.licences().getFirst();
        String words = WORDS.get(licence);
        if (words == null) {
            return Optional.of("nobody has said by which words the text of " + licence + " is known");
        }
        return found.get().replaceAll("\\s+", " ").contains(words)
                ? Optional.empty()
                : Optional.of(name + " has its licence " + row.text() + ", says " + PAGE + ", and that is no text of "
                        + licence);
    }

    private static Optional<String> inJar(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            JarEntry entry = file.getJarEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream bytes = file.getInputStream(entry)) {
                return Optional.of(decoded(bytes.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> inFile(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(decoded(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words that are looked for are ASCII in each of the encodings that the makers chose. */
    private static String decoded(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** The libraries that a node carries. */
    static Set<String> names(Path root) {
        return rows(root).keySet();
    }

    /** What only builds and tests. */
    static Set<String> buildParts(Path root) {
        return rows(lines(root).stream().dropWhile(line -> !line.equals(BUILD_PARTS)))
                .keySet();
    }

    private static Map<String, Row> rows(Path root) {
        return rows(lines(root).stream().takeWhile(line -> !line.equals(BUILD_PARTS)));
    }

    private static Map<String, Row> rows(Stream<String> lines) {
        Map<String, Row> rows = new TreeMap<>();
        lines.map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> !row.group(1).equals("library") && !row.group(1).startsWith("-"))
                .forEach(row ->
                        rows.put(row.group(1), new Row(List.of(row.group(2).split(" or ")), row.group(3))));
        return rows;
    }

    private static List<String> lines(Path root) {
        try {
            return Files.readAllLines(root.resolve(PAGE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jars(Path lib) {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.filter(jar -> !name(jar).startsWith("pipecat-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName()).replaceFirst("-\\d.*", "");
    }

    private static String module(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor().name();
    }

    private static Map<String, Set<String>> declarations(Path parts) {
        Map<String, Set<String>> declared = new TreeMap<>();
        try {
            JsonObject list = Json.parseObject(Files.readString(parts));
            list.array("components")
                    .orElseThrow()
                    .objects()
                    .forEach(library -> declared.put(library.string("name").orElseThrow(), licences(library)));
        } catch (IOException | JsonException e) {
            throw new AssertionError("cannot read " + parts, e);
        }
        return declared;
    }

    private static Set<String> licences(JsonObject library) {
        return library.array("licenses").stream()
                .flatMap(JsonArray::objects)
                .map(choice -> choice.object("license").orElseThrow())
                .map(licence ->
                        licence.string("id").or(() -> licence.string("name")).orElseThrow())
                .map(licence -> MISREAD.getOrDefault(licence, licence))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
