import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the runtimes out of two folders of jars: what an edge node carries, and everything. Run by the build as
 * {@code java Runtimes.java <version> <time of every file> <edge jars> <all jars> <files> <target> <checkout>}.
 *
 * <p>edge: one image with the JDK modules that it needs and every jar linked in that says what it requires; the others lie in {@code lib}.
 * mid and core: one linked JDK, everything else in {@code lib}. portable: no JDK at all. Beside each archive lies the list of the jars that
 * it is made of (CycloneDX).
 */
final class Runtimes {
    /** Needed by a jar that does not say so, or by whoever looks after a node. */
    private static final List<String> EVERYWHERE = List.of("jdk.httpserver", "jdk.unsupported", "jdk.zipfs");

    /** A plug-in that somebody drops in may well need these; on an edge node they would cost more than they bring. */
    private static final List<String> ROOMY = List.of(
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.prefs",
            "java.scripting",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.xml",
            "java.xml.crypto",
            "jdk.charsets",
            "jdk.jcmd",
            "jdk.jfr",
            "jdk.localedata",
            "jdk.management",
            "jdk.management.agent",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.security.auth");

    /** The terms under which all of it may be used and passed on. */
    private static final List<String> TERMS = List.of("LICENSE", "NOTICE", "THIRD-PARTY.md", "licenses");

    /** The store of the world model mentions databases in what it shares with one, and they would bring XML along. */
    private static final Set<String> NOT_ON_THE_EDGE = Set.of("java.sql");

    private final String version;
    private final Instant time;
    private final Path files;
    private final Path target;
    private final Path checkout;

    private Runtimes(String version, Instant time, Path files, Path target, Path checkout) {
        this.version = version;
        this.time = time;
        this.files = files;
        this.target = target;
        this.checkout = checkout;
    }

    public static void main(String[] args) throws Exception {
        Runtimes runtimes =
                new Runtimes(args[0], Instant.parse(args[1]), Path.of(args[4]), Path.of(args[5]), Path.of(args[6]));
        Path edgeJars = Path.of(args[2]);
        Path allJars = runtimes.empty("loosened");
        for (Path jar : list(Path.of(args[3]))) {
            new Jar(jar, runtimes.time).loosen(allJars);
        }
        delete(runtimes.target.resolve("image"));
        Path jdk = runtimes.jdk(allJars);
        Path allParts = Path.of(args[3]).resolveSibling("bom.json");
        runtimes.pack(runtimes.edge(edgeJars), edgeJars.resolveSibling("bom.json"));
        runtimes.pack(runtimes.roomy("mid", allJars, jdk), allParts);
        runtimes.pack(runtimes.roomy("core", allJars, jdk), allParts);
        runtimes.pack(runtimes.portable(allJars), allParts);
    }

    private Path empty(String name) throws IOException {
        Path folder = target.resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    private Path folder(String tier) throws IOException {
        Path folder = target.resolve("image").resolve("pipecat-" + tier + "-" + version);
        copy(files, folder);
        for (String name : TERMS) {
            copy(checkout.resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("conf/tier"), tier + "\n");
        Files.createDirectories(folder.resolve("plugins"));
        Files.createDirectories(folder.resolve("lib"));
        return folder;
    }

    private Path edge(Path jars) throws IOException, InterruptedException {
        Path folder = folder("edge");
        Path slim = empty("slim");
        for (Path jar : list(jars)) {
            new Jar(jar, time).slim(slim);
        }
        Map<String, ModuleReference> modules = new TreeMap<>();
        ModuleFinder.of(slim).findAll().forEach(module -> modules.put(module.descriptor().name(), module));
        Set<String> linked = linkable(modules);
        Path path = empty("linked");
        List<Path> beside = new ArrayList<>();
        for (ModuleReference module : modules.values()) {
            Path jar = Path.of(module.location().orElseThrow());
            boolean links = linked.contains(module.descriptor().name());
            Path copy = (links ? path : folder.resolve("lib")).resolve(jar.getFileName());
            Files.copy(jar, copy);
            if (!links) {
                beside.add(copy);
            }
        }
        Set<String> roots = new TreeSet<>(linked);
        roots.addAll(EVERYWHERE);
        roots.addAll(jdkModules(beside, slim));
        roots.removeAll(NOT_ON_THE_EDGE);
        link(
                folder.resolve("runtime"),
                roots,
                List.of(
                        "--module-path",
                        path.toString(),
                        "--strip-java-debug-attributes",
                        // Makes classes that are stripped in one run and not in the next: the order of the two is left to chance.
                        "--disable-plugin",
                        "generate-jli-classes"));
        strip(folder.resolve("runtime/lib/server/libjvm.so"));
        // For compilers of another Java that look into this one.
        Files.delete(folder.resolve("runtime/lib/jrt-fs.jar"));
        // Sorts long arrays faster on some processors; Java looks whether it is there, and nothing here sorts such.
        Files.deleteIfExists(folder.resolve("runtime/lib/libsimdsort.so"));
        return folder;
    }

    /**
     * What an automatic module requires, nobody knows; so neither it nor what requires it can be linked. Linking takes away the names of
     * parameters, which tools show to a model; so what provides tools cannot be linked either.
     */
    private static Set<String> linkable(Map<String, ModuleReference> modules) {
        Set<String> linkable = modules.values().stream()
                .map(ModuleReference::descriptor)
                .filter(descriptor -> !descriptor.isAutomatic() && !Jar.providesTools(descriptor))
                .map(ModuleDescriptor::name)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean changed = true;
        while (changed) {
            changed = linkable.removeIf(name -> modules.get(name).descriptor().requires().stream()
                    .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                    .map(Requires::name)
                    .anyMatch(required -> modules.containsKey(required) && !linkable.contains(required)));
        }
        return linkable;
    }

    private Path jdk(Path jars) throws IOException {
        Path jdk = target.resolve("jdk");
        Set<String> roots = new TreeSet<>(EVERYWHERE);
        roots.addAll(ROOMY);
        roots.addAll(jdkModules(list(jars), jars));
        link(jdk, roots, List.of());
        return jdk;
    }

    private Path roomy(String tier, Path jars, Path jdk) throws IOException {
        Path folder = folder(tier);
        copy(jars, folder.resolve("lib"));
        copy(jdk, folder.resolve("runtime"));
        return folder;
    }

    private Path portable(Path jars) throws IOException {
        Path folder = folder("portable");
        copy(jars, folder.resolve("lib"));
        return folder;
    }

    /** Order, times, owners and rights are fixed, so that two builds of one commit give the same bytes. */
    private void pack(Path folder, Path parts) throws IOException, InterruptedException {
        String name = String.valueOf(folder.getFileName());
        boolean portable = name.startsWith("pipecat-portable");
        Path archive = target.resolve(name + (portable ? "" : "-linux-" + architecture()) + ".tar.gz");
        Process tar = new ProcessBuilder(
                        "tar",
                        "--create",
                        "--file=" + archive,
                        "--use-compress-program=gzip -n -9",
                        "--sort=name",
                        "--format=gnu",
                        "--mtime=@" + time.getEpochSecond(),
                        "--owner=root:0",
                        "--group=root:0",
                        "--mode=u+rw,go+r,go-w,a+X",
                        "--directory=" + target.resolve("image"),
                        name)
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar could not make " + archive);
        }
        Path list = target.resolve(name + ".cdx.json");
        Files.deleteIfExists(list);
        if (Files.exists(parts)) {
            Files.copy(parts, list);
        } else {
            System.out.println("There is no list of what is in " + name + ": that takes a build that is online.");
        }
        System.out.println(archive.getFileName() + ": " + Files.size(archive) / 1_000_000 + " MB, unpacked " + size(folder) / 1_000_000
                + " MB");
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Asks the JDK's own tool which of its modules the jars' code refers to. */
    private static Set<String> jdkModules(List<Path> jars, Path path) {
        Set<String> found = new TreeSet<>();
        for (Path jar : jars) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--ignore-missing-deps", "--multi-release", "21", "--print-module-deps", "--no-recursive"));
            arguments.addAll(List.of("--module-path", path.toString(), jar.toString()));
            String answer = run("jdeps", arguments);
            Stream.of(answer.strip().split(","))
                    .filter(name -> name.startsWith("java.") || name.startsWith("jdk."))
                    // Awt, swing and their kind: a server has no screen, and the libraries ask before they use them.
                    .filter(name -> !Set.of("java.desktop", "java.rmi", "java.instrument", "java.compiler").contains(name))
                    .forEach(found::add);
        }
        return found;
    }

    /** The names of its inner functions, of use to a debugger only, are a sixth of the virtual machine. */
    private static void strip(Path library) throws IOException, InterruptedException {
        Process strip;
        try {
            strip = new ProcessBuilder("strip", "--strip-unneeded", library.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            System.out.println("The edge runtime stays 5 MB larger than it need be: strip (Debian package binutils) is missing.");
            return;
        }
        if (strip.waitFor() != 0) {
            throw new IOException("strip could not strip " + library);
        }
    }

    private static void link(Path image, Set<String> roots, List<String> more) throws IOException {
        delete(image);
        List<String> arguments = new ArrayList<>(List.of(
                "--output", image.toString(),
                "--add-modules", String.join(",", roots),
                "--no-header-files",
                "--no-man-pages",
                "--compress", "zip-9"));
        arguments.addAll(more);
        run("jlink", arguments);
    }

    private static String run(String tool, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(stream, stream, arguments.toArray(String[]::new));
        String text = out.toString(StandardCharsets.UTF_8);
        if (code != 0) {
            throw new IllegalStateException(tool + " " + String.join(" ", arguments) + " failed:\n" + text);
        }
        return text;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path source : (Iterable<Path>) found::iterator) {
                Path copy = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) found.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}
