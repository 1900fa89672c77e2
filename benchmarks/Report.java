import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes results.md and results.svg from the lines that all.sh gathered and the promises: Report.java RESULTS.tsv PROMISES.tsv FOLDER.
 * Ends with 65 where a line says nothing that can be reported; whatever could be read is written nevertheless.
 */
public final class Report {
    private static final String TEST = "test:";

    private record Result(String name, double value, String unit, String what) {}

    private record Run(String script, String status, String seconds, String load, List<Result> results, List<String> notes) {
        boolean ended() {
            return status.equals("ok");
        }
    }

    private enum Verdict {
        KEPT("kept"),
        MISSED("**not kept**"),
        UNKNOWN("not measured"),
        TESTED("held by a test");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    /** A limit is a number, or a sum of numbers and of names of results. */
    private record Promise(
            String issue, String measurement, String comparison, String limit, double number, String unit, String words, String whyMissed) {
        static Promise of(String[] field, Map<String, Result> results) {
            double number = field[1].startsWith(TEST)
                    ? 0
                    : Arrays.stream(field[3].split("\\+"))
                            .mapToDouble(part -> value(part, results))
                            .sum();
            return new Promise(field[0], field[1], field[2], field[3], number, field[4], field[5], field.length > 6 ? field[6] : "");
        }

        private static double value(String part, Map<String, Result> results) {
            if (Character.isDigit(part.charAt(0))) {
                return Double.parseDouble(part);
            }
            Result result = results.get(part);
            return result == null ? Double.NaN : result.value();
        }

        boolean heldByTest() {
            return measurement.startsWith(TEST);
        }

        boolean keptBy(double value) {
            return switch (comparison) {
                case "<" -> value < number;
                case "<=" -> value <= number;
                case ">" -> value > number;
                case ">=" -> value >= number;
                case "=" -> value == number;
                default -> throw new IllegalArgumentException("no comparison: " + comparison);
            };
        }

        /** How much of what was promised is used up: 1 is the promise itself, more than that is too much. */
        double share(double value) {
            return comparison.startsWith(">") ? number / value : value / number;
        }

        String promised() {
            String sign = comparison.replace("<=", "≤").replace(">=", "≥").replace("=", "");
            String sum = limit.contains("+") ? " (" + limit.replace("+", " + ") + ")" : "";
            return (sign + " " + with(number, unit) + sum).strip();
        }
    }

    private record Judged(Promise promise, Result result, Verdict verdict, String why) {}

    private final Map<String, String> machine = new LinkedHashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    public static void main(String[] args) throws IOException {
        Report report = new Report();
        report.read(Path.of(args[0]));
        List<Judged> judged = report.judge(Path.of(args[1]));
        Path folder = Path.of(args[2]);
        Files.writeString(folder.resolve("results.md"), report.markdown(judged));
        Files.writeString(folder.resolve("results.svg"), plot(judged));
        report.faults.forEach(System.err::println);
        System.exit(report.faults.isEmpty() ? 0 : 65);
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] field = line.split("\t", -1);
            switch (field[0]) {
                case "machine" -> machine.put(field[1], field[2]);
                case "script" -> runs.add(new Run(field[1], field[2], field[3], field[4], new ArrayList<>(), new ArrayList<>()));
                case "note" -> runs.getLast().notes().add(field[1]);
                case "result" -> result(line, field);
                default -> faults.add("no line of a report: " + line);
            }
        }
    }

    private void result(String line, String[] field) {
        Run run = runs.getLast();
        if (field.length != 5 || !field[1].startsWith(run.script() + ".")) {
            faults.add("no result of " + run.script() + " (result, name, value, unit, what it is): " + line);
            return;
        }
        try {
            run.results().add(new Result(field[1], Double.parseDouble(field[2]), field[3], field[4]));
        } catch (NumberFormatException e) {
            faults.add("no number in " + line);
        }
    }

    private static List<Promise> promises(Path file, Map<String, Result> results) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(Predicate.not(line -> line.isBlank() || line.startsWith("#")))
                .map(line -> line.split("\t", -1))
                .map(field -> Promise.of(field, results))
                .toList();
    }

    private List<Judged> judge(Path promises) throws IOException {
        Map<String, Result> results = new LinkedHashMap<>();
        runs.forEach(run -> run.results().forEach(result -> {
            if (results.put(result.name(), result) != null) {
                faults.add("told twice: " + result.name());
            }
        }));
        return promises(promises, results).stream()
                .map(promise -> judge(promise, results.get(promise.measurement())))
                .toList();
    }

    private Judged judge(Promise promise, Result result) {
        if (promise.heldByTest()) {
            return new Judged(promise, null, Verdict.TESTED, "`" + promise.measurement().substring(TEST.length()) + "`");
        }
        if (result == null) {
            String script = promise.measurement().substring(0, promise.measurement().indexOf('.'));
            String why = runs.stream()
                    .filter(run -> run.script().equals(script))
                    .findFirst()
                    .map(run -> run.ended() ? "its script did not tell it" : run.status())
                    .orElse("its script did not run");
            return new Judged(promise, null, Verdict.UNKNOWN, why);
        }
        if (!result.unit().equals(promise.unit())) {
            faults.add(result.name() + " is told in " + result.unit() + " and promised in " + promise.unit());
            return new Judged(promise, null, Verdict.UNKNOWN, "told in another unit");
        }
        if (Double.isNaN(promise.number())) {
            return new Judged(promise, null, Verdict.UNKNOWN, promise.limit() + " is not known");
        }
        return promise.keptBy(result.value())
                ? new Judged(promise, result, Verdict.KEPT, "")
                : new Judged(promise, result, Verdict.MISSED, promise.whyMissed().isEmpty() ? "not known" : promise.whyMissed());
    }

    private String markdown(List<Judged> judged) {
        List<String> out = new ArrayList<>();
        out.add("# Results of the benchmarks");
        out.add("");
        out.add("Written by `benchmarks/all.sh`; see [README.md](README.md) for what each script does.");
        out.add("");
        out.add("| machine | |");
        out.add("| --- | --- |");
        machine.forEach((key, value) -> out.add("| " + key + " | " + cell(value) + " |"));
        out.add("");
        out.add("## Promises");
        out.add("");
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            counts.add(verdict.words.replace("*", "") + " " + judged.stream().filter(j -> j.verdict() == verdict).count());
        }
        out.add("What the issues promised: " + String.join(", ", counts) + ".");
        out.add("");
        out.add("![How much of each promise is used up](results.svg)");
        out.add("");
        out.add("| issue | what | promised | measured | | name | why not |");
        out.add("| --- | --- | --- | --- | --- | --- | --- |");
        for (Judged each : judged) {
            Promise promise = each.promise();
            String measured = each.result() == null ? each.why() : with(each.result().value(), each.result().unit());
            String name = promise.heldByTest() ? "" : "`" + promise.measurement() + "`";
            out.add("| " + promise.issue() + " | " + cell(promise.words()) + " | " + (promise.heldByTest() ? "" : promise.promised()) + " | "
                    + cell(measured) + " | " + each.verdict().words + " | " + name + " | "
                    + (each.verdict() == Verdict.MISSED ? cell(each.why()) : "") + " |");
        }
        out.add("");
        out.add("## Scripts");
        out.add("");
        out.add("| script | how it ended | seconds | load before |");
        out.add("| --- | --- | --- | --- |");
        runs.forEach(run -> out.add("| `" + run.script() + ".sh` | " + cell(run.status()) + " | " + run.seconds() + " | " + run.load() + " |"));
        for (Run run : runs) {
            section(run, judged, out);
        }
        out.add("");
        return String.join("\n", out);
    }

    private static void section(Run run, List<Judged> judged, List<String> out) {
        out.add("");
        out.add("## `" + run.script() + ".sh`");
        if (!run.ended()) {
            out.add("");
            out.add(cell(run.status()));
        }
        for (String note : run.notes()) {
            out.add("");
            out.add(note);
        }
        if (run.results().isEmpty()) {
            return;
        }
        out.add("");
        out.add("| name | what | measured | promised |");
        out.add("| --- | --- | --- | --- |");
        for (Result result : run.results()) {
            String promised = String.join(
                    "; ",
                    judged.stream()
                            .filter(j -> j.result() == result)
                            .map(j -> j.promise().promised() + " (" + j.verdict().words + ")")
                            .toList());
            out.add("| `" + result.name() + "` | " + cell(result.what()) + " | " + with(result.value(), result.unit()) + " | " + promised + " |");
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String with(double value, String unit) {
        return (number(value) + " " + unit).strip();
    }

    /** As many digits as tell something. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) || size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    private static final int LABEL = 470;
    private static final int DECADE = 130;
    private static final double LEAST = 0.001;
    private static final double MOST = 10;
    private static final int ROW = 18;

    private static double x(double share) {
        return LABEL + DECADE * (Math.log10(Math.clamp(share, LEAST, MOST)) - Math.log10(LEAST));
    }

    /** A bar for each promise that was measured, on a logarithmic scale; the line at 1 is the promise. */
    private static String plot(List<Judged> judged) {
        List<Judged> told = judged.stream()
                .filter(j -> j.result() != null && j.promise().number() > 0 && j.result().value() > 0)
                .toList();
        int height = 60 + ROW * told.size();
        double right = x(MOST);
        List<String> out = new ArrayList<>();
        out.add(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">",
                right + 90,
                height));
        out.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        out.add("<text x=\"8\" y=\"16\" font-size=\"13\">Used up of each promise (logarithmic; the line at 1 is the promise, beyond it is too much)</text>");
        for (double tick = LEAST; tick <= MOST * 1.01; tick *= 10) {
            boolean one = Math.abs(tick - 1) < 1e-9;
            out.add(String.format(
                    Locale.ROOT,
                    "<line x1=\"%1$.1f\" y1=\"38\" x2=\"%1$.1f\" y2=\"%2$d\" stroke=\"%3$s\"/><text x=\"%1$.1f\" y=\"34\" text-anchor=\"middle\">%4$s</text>",
                    x(tick),
                    height - 16,
                    one ? "black" : "#ddd",
                    number(tick)));
        }
        int y = 44;
        for (Judged each : told) {
            double share = each.promise().share(each.result().value());
            out.add(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                    LABEL - 6,
                    y + 11,
                    escaped(each.promise().issue() + ": " + each.promise().words())));
            out.add(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    LABEL,
                    y,
                    Math.max(1, x(share) - LABEL),
                    ROW - 4,
                    each.verdict() == Verdict.KEPT ? "#4a8" : "#c54"));
            out.add(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\">%s</text>",
                    x(share) + 4,
                    y + 11,
                    escaped(with(each.result().value(), each.result().unit()))));
            y += ROW;
        }
        out.add("</svg>");
        out.add("");
        return String.join("\n", out);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
