package io.pipecat.architecture;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code THIRD-PARTY.md} must say of the jars that a node carries. Each rule gives the sentences of what breaks it. */
final class LicenceRules {
    private static final String PAGE = "THIRD-PARTY.md";
    private static final Pattern ROW = Pattern.compile("\\| ([\\w.-]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEXT = Pattern.compile("(in the jar: )?`([^`]+)`");
    private static final Set<String> ASKS_FOR_NO_COPY = Set.of("MIT-0");

    /** What the list of parts makes of the words of a POM, and what it is. */
    private static final Map<String, String> MISREAD = Map.of(
            "BSD-4-Clause", "BSD-3-Clause",
            "EPL 1.0", "EPL-1.0",
            "Bouncy Castle Licence", "MIT");

    private LicenceRules() {}

    /**
     * A line of the first table.
     *
     * @param licences those that may be chosen from
     * @param text where the text is
     */
    private record Row(Set<String> licences, String text) {}

    /** Every jar is listed and every line is a jar, and the text that the line names is there. */
    static List<String> listed(Path root, Path lib) {
        List<String> broken = new ArrayList<>();
        Map<String, Row> rows = rows(root);
        for (Path jar : jars(lib)) {
            String name = name(jar);
            Row row = rows.remove(name);
            if (row == null) {
                broken.add(jar.getFileName() + " is not listed in " + PAGE);
            } else {
                text(root, jar, row).ifPresent(broken::add);
            }
        }
        rows.keySet().forEach(name -> broken.add(name + " is listed in " + PAGE + " and carried by no node"));
        return broken;
    }

    /** A line says what the maker declares. */
    static List<String> declared(Path root, Path parts) {
        List<String> broken = new ArrayList<>();
        Map<String, Set<String>> declared = declarations(parts);
        rows(root).forEach((name, row) -> {
            Set<String> licences = declared.getOrDefault(name, Set.of());
            if (!licences.equals(row.licences())) {
                broken.add(name + " is under " + licences + " and not, as " + PAGE + " says, under " + row.licences());
            }
        });
        return broken;
    }

    private static Optional<String> text(Path root, Path jar, Row row) {
        Matcher text = TEXT.matcher(row.text());
        if (!text.matches()) {
            return ASKS_FOR_NO_COPY.containsAll(row.licences())
                    ? Optional.empty()
                    : Optional.of(name(jar) + " has no text of its licence in " + PAGE);
        }
        boolean there =
                text.group(1) == null ? Files.exists(root.resolve(text.group(2))) : contains(jar, text.group(2));
        return there
                ? Optional.empty()
                : Optional.of(
                        name(jar) + " has its licence " + row.text() + ", says " + PAGE + ", and it is not there");
    }

    private static boolean contains(Path jar, String entry) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry(entry) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Row> rows(Path root) {
        Map<String, Row> rows = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(root.resolve(PAGE))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()
                        && !row.group(1).equals("library")
                        && !row.group(1).startsWith("-")) {
                    rows.put(row.group(1), new Row(Set.of(row.group(2).split(" or ")), row.group(3)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
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
