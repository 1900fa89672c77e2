package io.pipecat.documentation;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles the Java of a document. A block is a whole file, members of a class, or statements; imports may stand at its top. Blocks of
 * one document see one another.
 */
final class JavaBlocks {
    private static final String LANGUAGE = "java";
    private static final Pattern MODULE = Pattern.compile("(?m)^(open )?module [\\w.]+ \\{");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:(?:public|final|abstract|sealed) )*(?:class|record|interface|enum) (\\w+)");
    private static final Pattern MEMBER = Pattern.compile("(?m)^(?:@Test|(?:public|private|protected|static) )");
    private static final Pattern HEAD = Pattern.compile("(?m)^(?:import [\\w.* ]+;\\s*)+");

    private static final String LINT = "-Xlint:all,-requires-automatic,-classfile,-options";
    private static final String EXAMPLE = "example.embed";

    /** What a reader of an excerpt takes for granted. */
    private static final String GRANTED = """
            import static org.junit.jupiter.api.Assertions.*;
            import io.pipecat.testkit.RequiredPart;
            import java.nio.file.*;
            import org.junit.jupiter.api.Test;
            """;

    private JavaBlocks() {}

    /** Returns what the compiler says against the document's Java, each with the place of its block. */
    static List<String> errors(Document document, Path classes) {
        List<Source> sources = new ArrayList<>();
        document.blocks().stream()
                .filter(block -> block.language().equals(LANGUAGE))
                .forEach(block -> sources.add(source(block, sources.size())));
        return sources.isEmpty() ? List.of() : compile(sources, classes);
    }

    private static Source source(Document.Block block, int number) {
        String text = block.text();
        if (MODULE.matcher(text).find()) {
            return new Source(block, "module-info", text);
        }
        Matcher type = TYPE.matcher(text);
        if (type.find()) {
            return new Source(block, type.group(1), text);
        }
        Matcher head = HEAD.matcher(text);
        String imports = head.lookingAt() ? head.group() : "";
        String body = text.substring(imports.length());
        String name = "Block" + number;
        String inside =
                MEMBER.matcher(body).lookingAt() ? body : "static void block() throws Exception {\n" + body + "\n}\n";
        return new Source(block, name, GRANTED + imports + "class " + name + " {\n" + inside + "}\n");
    }

    private static List<String> compile(List<Source> sources, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        boolean module = sources.stream().anyMatch(source -> source.type.equals("module-info"));
        List<String> options = new ArrayList<>(List.of("--release", "21", "-parameters", "-proc:none", LINT));
        options.addAll(List.of("-implicit:none", "-d", classes.toString()));
        options.addAll(List.of(module ? "--module-path" : "--class-path", System.getProperty("java.class.path")));
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<JavaFileObject> units = new ArrayList<>(sources);
            if (sources.stream().anyMatch(source -> source.text.contains(EXAMPLE))) {
                files.getJavaFileObjectsFromPaths(example()).forEach(units::add);
            }
            compiler.getTask(new StringWriter(), files, said, options, null, units)
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(JavaBlocks::sentence)
                .collect(Collectors.toList());
    }

    /** The application that embeds a node: a page tells of it. */
    private static List<Path> example() throws IOException {
        Path sources = Checkout.ROOT.resolve("examples/embed/src/main/java/example/embed");
        try (Stream<Path> files = Files.list(sources)) {
            return files.toList();
        }
    }

    private static String sentence(Diagnostic<? extends JavaFileObject> diagnostic) {
        String place = diagnostic.getSource() instanceof Source source ? source.block + ": " : "";
        return place + diagnostic.getMessage(Locale.ROOT);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Document.Block block;
        private final String type;
        private final String text;

        Source(Document.Block block, String type, String text) {
            super(URI.create("document:///" + type + Kind.SOURCE.extension), Kind.SOURCE);
            this.block = block;
            this.type = type;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
