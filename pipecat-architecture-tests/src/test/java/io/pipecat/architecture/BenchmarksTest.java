package io.pipecat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of the benchmarks, and the promises that it holds against what was measured. */
class BenchmarksTest {
    private static final Path FOLDER = Reactor.root().resolve("benchmarks");
    private static final String TEST = "test:";
    private static final Pattern HELPER = Pattern.compile("[\\w-]+\\.(?:java|mjs)|training/[\\w-]+\\.sh");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?[a-z]+}?");

    @TempDir
    private Path folder;

    @Test
    void everyPromiseNamesAMeasurementThatAScriptTells() throws Exception {
        List<String> unknown = new ArrayList<>();
        for (String[] promise : promises(FOLDER.resolve("promises.tsv"))) {
            assertTrue(promise.length == 6 || promise.length == 7, () -> String.join(" | ", promise));
            for (String name : (promise[1] + "+" + promise[3]).split("\\+", -1)) {
                if (!NUMBER.matcher(name).matches() && !isTold(name)) {
                    unknown.add(name);
                }
            }
        }
        assertEquals(List.of(), unknown, "in promises.tsv, and told by no script or held by no test");
    }

    @Test
    void theReportSetsEachPromiseBesideWhatWasMeasured() throws Exception {
        Path results = write(
                "results.tsv",
                "machine\tcores\t2",
                "script\tfast\tok\t3\t0.1 0.1 0.1",
                "note\tA note about it.",
                "result\tfast.rate\t20500.4\t1/s\tcalls a second",
                "result\tfast.wait\t12.5\tms\thow long | it waits",
                "script\tslow\tfailed (1): it broke\t4\t0.2 0.1 0.1",
                "result\tslow.first\t3\tms\twhat was told before");
        Path promises = write(
                "promises.tsv",
                "# a comment",
                "1\tfast.rate\t>=\t20000\t1/s\tmany calls",
                "1\tfast.wait\t<\t10\tms\ta short wait\tit waits for `x`",
                "1\tfast.wait\t<=\t9+slow.first\tms\ta wait and what comes first",
                "1\tfast.wait\t<=\t9+slow.second\tms\ta wait and what is never told",
                "2\tslow.second\t<\t10\tms\tnever told",
                "2\tslow.first\t<=\t3\tms\tjust kept",
                "3\tgone.all\t=\t0\t\tno such script",
                "3\ttest:BenchmarksTest\t\t\t\theld here");
        assertEquals(0, report(results, promises));
        String markdown = Files.readString(folder.resolve("results.md"));
        assertContains(markdown, "| cores | 2 |");
        assertContains(markdown, "| 1 | many calls | ≥ 20,000 1/s | 20,500 1/s | kept | `fast.rate` |  |");
        assertContains(
                markdown, "| 1 | a short wait | < 10 ms | 12.5 ms | **not kept** | `fast.wait` | it waits for `x` |");
        assertContains(
                markdown,
                "| a wait and what comes first | ≤ 12 ms (9 + slow.first) | 12.5 ms | **not kept** | `fast.wait` | not known |");
        assertContains(markdown, "| 9+slow.second is not known | not measured | `fast.wait` |");
        assertContains(markdown, "| 2 | never told | < 10 ms | failed (1): it broke | not measured | `slow.second` |");
        assertContains(markdown, "| 2 | just kept | ≤ 3 ms | 3 ms | kept | `slow.first` |");
        assertContains(markdown, "| its script did not run | not measured | `gone.all` |");
        assertContains(markdown, "| `BenchmarksTest` | held by a test |");
        assertContains(markdown, "kept 2, not kept 2, not measured 3, held by a test 1");
        assertContains(markdown, "| `slow.sh` | failed (1): it broke | 4 | 0.2 0.1 0.1 |");
        assertContains(markdown, "A note about it.");
        assertContains(
                markdown,
                "| `fast.wait` | how long \\| it waits | 12.5 ms | < 10 ms (**not kept**); ≤ 12 ms (9 + slow.first) (**not kept**) |");
        String plot = Files.readString(folder.resolve("results.svg"));
        assertEquals(4, bars(plot), "a bar for each promise that was measured");
        assertContains(plot, "1: a short wait");
    }

    @Test
    void whatCannotBeReportedIsNamedAndLosesNothingElse() throws Exception {
        Path results = write(
                "results.tsv",
                "script\tfast\tok\t3\t0.1 0.1 0.1",
                "result\tfast.rate\tmany\t1/s\tno number",
                "result\tother.rate\t5\t1/s\tof another script",
                "result\tfast.wait\t5\ts\tin another unit than was promised",
                "result\tfast.good\t5\tms\tgood");
        Path promises = write("promises.tsv", "1\tfast.wait\t<\t10\tms\ta wait", "1\tfast.good\t<\t10\tms\tgood");
        assertEquals(65, report(results, promises));
        String said = Files.readString(folder.resolve("said"));
        assertContains(said, "no number in result\tfast.rate");
        assertContains(said, "no result of fast");
        assertContains(said, "fast.wait is told in s and promised in ms");
        assertContains(Files.readString(folder.resolve("results.md")), "| good | < 10 ms | 5 ms | kept |");
    }

    @Test
    void everyScriptExplainsItself() throws Exception {
        for (Path script : scripts()) {
            Process help = new ProcessBuilder("bash", script.toString(), "--help")
                    .redirectError(folder.resolve("said").toFile())
                    .start();
            String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, help.waitFor(), () -> script + ": " + text);
            assertContains(text, "usage: benchmarks/" + script.getFileName() + " [--quick]");
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sh") && !file.endsWith("common.sh"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isTold(String measurement) throws IOException {
        if (measurement.startsWith(TEST)) {
            String file = measurement.substring(TEST.length()) + ".java";
            return Reactor.folders(Reactor.root()).stream()
                    .flatMap(module -> ReactorModule.files(module.resolve("src/test/java"), ".java").stream())
                    .anyMatch(source -> source.endsWith(file));
        }
        String script = measurement.substring(0, measurement.indexOf('.'));
        Path source = FOLDER.resolve(script + ".sh");
        return Files.exists(source) && names(script, source).anyMatch(name -> measurement.matches(name));
    }

    /** What a script and the programs beside it that it names tell, as regular expressions. */
    private static Stream<String> names(String script, Path source) throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(source));
        for (String helper : HELPER.matcher(text.toString())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList()) {
            Path file = FOLDER.resolve(helper);
            if (Files.exists(file)) {
                text.append(Files.readString(file));
            }
        }
        Matcher names = Pattern.compile("(?<![\\w/-])" + Pattern.quote(script) + "\\.[\\w.${}-]+")
                .matcher(text);
        return names.results().map(MatchResult::group).map(BenchmarksTest::expression);
    }

    // A name ends in a dash or a dot where the program adds the rest.
    private static String expression(String name) {
        StringBuilder expression = new StringBuilder();
        int from = 0;
        for (MatchResult variable : VARIABLE.matcher(name).results().toList()) {
            expression
                    .append(Pattern.quote(name.substring(from, variable.start())))
                    .append("[\\w.]+");
            from = variable.end();
        }
        expression.append(Pattern.quote(name.substring(from)));
        return name.endsWith("-") || name.endsWith(".") ? expression + "[\\w.]+" : expression.toString();
    }

    private static List<String[]> promises(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(Files.createDirectories(folder.resolve("in")).resolve(name), List.of(lines));
    }

    private int report(Path results, Path promises) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        FOLDER.resolve("Report.java").toString(),
                        results.toString(),
                        promises.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private static long bars(String plot) {
        return plot.lines().filter(line -> line.startsWith("<rect x=")).count();
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> "'" + part + "' is not in:\n" + text);
    }
}
