import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFile.LineNumbersOption;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.classfile.attribute.ModuleRequireInfo;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

/** A jar as a runtime carries it: asking for no part of Java that it can do without, and for an edge node without what only a debugger reads. */
final class Jar {
    /** Has no module descriptor, and nothing in it that would stand against one. */
    private static final Set<String> MADE_EXPLICIT = Set.of("okio");

    /**
     * commons-lang3 asks for a desktop because of one class about bean listeners, logback for XML because of its configuration files, which
     * the launcher replaces by code. In an edge node they would be a fifth of the whole.
     */
    private static final Set<String> DISPENSABLE = Set.of("java.desktop", "java.xml");

    /** What only those read who build programs, and the terminal's native code for systems that the runtime is not for. */
    private static final Pattern OF_NO_USE =
            Pattern.compile("META-INF/(maven|native-image|proguard)/.*|org/jline/nativ/(?!Linux/)[^/]+/.*");

    private static final LocalDateTime EPOCH_OF_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Path jar;
    private final LocalDateTime time;
    private final ModuleDescriptor descriptor;

    Jar(Path jar, Instant time) {
        this.jar = jar;
        LocalDateTime stated = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        this.time = stated.isBefore(EPOCH_OF_ZIP) ? EPOCH_OF_ZIP : stated;
        this.descriptor = ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    }

    /** Whether it has tools; what a tool's parameters are called is part of what it tells a model. */
    static boolean providesTools(ModuleDescriptor descriptor) {
        return descriptor.provides().stream()
                .anyMatch(provided -> provided.service().equals("io.pipecat.api.tool.ToolProvider"));
    }

    /** Puts it into a folder, unchanged but for what it requires. */
    void loosen(Path folder) throws IOException {
        boolean tooMuch = descriptor.requires().stream()
                .filter(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .anyMatch(required -> DISPENSABLE.contains(required.name()));
        if (tooMuch) {
            write(folder, false);
        } else {
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
    }

    /** Puts it into a folder, loosened, slimmed and, where that is known to work, with a module descriptor. */
    void slim(Path folder) throws IOException {
        write(folder, true);
    }

    private void write(Path folder, boolean slim) throws IOException {
        try (JarFile in = new JarFile(jar.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(folder.resolve(jar.getFileName())))) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            if (slim && MADE_EXPLICIT.contains(descriptor.name())) {
                write(out, "module-info.class", explicit());
            }
            for (JarEntry entry : in.stream().filter(each -> !each.isDirectory()).toList()) {
                if (slim && OF_NO_USE.matcher(entry.getName()).matches()) {
                    continue;
                }
                try (InputStream bytes = in.getInputStream(entry)) {
                    write(out, entry.getName(), fitted(entry.getName(), bytes.readAllBytes(), slim));
                }
            }
        }
    }

    private static byte[] fitted(String name, byte[] content, boolean slim) {
        if (name.endsWith("module-info.class")) {
            ClassTransform loosening = slim ? LOOSENING.andThen(WITHOUT_PACKAGES) : LOOSENING;
            return ClassFile.of().transformClass(ClassFile.of().parse(content), loosening);
        }
        if (slim && name.endsWith(".class")) {
            ClassFile dropping = ClassFile.of(DebugElementsOption.DROP_DEBUG, LineNumbersOption.DROP_LINE_NUMBERS);
            return dropping.transformClass(dropping.parse(content), ClassTransform.dropping(Jar::isOfKotlinsCompiler));
        }
        return content;
    }

    /** What a class looked like in Kotlin, for Kotlin's compiler and its reflection, which is not there. */
    private static boolean isOfKotlinsCompiler(ClassElement element) {
        return element instanceof RuntimeVisibleAnnotationsAttribute visible
                && visible.annotations().stream()
                        .allMatch(annotation -> annotation.className().equalsString("Lkotlin/Metadata;"));
    }

    private static final ClassTransform LOOSENING = (builder, element) -> {
        if (element instanceof ModuleAttribute module) {
            builder.with(ModuleAttribute.of(module.moduleName(), made -> {
                made.moduleFlags(module.moduleFlagsMask());
                module.moduleVersion().ifPresent(version -> made.moduleVersion(version.stringValue()));
                module.requires().forEach(required -> made.requires(loosened(required)));
                module.exports().forEach(made::exports);
                module.opens().forEach(made::opens);
                module.uses().forEach(made::uses);
                module.provides().forEach(made::provides);
            }));
        } else {
            builder.with(element);
        }
    };

    /** The list would name packages that were left out; without it, what is there counts. */
    private static final ClassTransform WITHOUT_PACKAGES =
            ClassTransform.dropping(element -> element instanceof ModulePackagesAttribute);

    private static ModuleRequireInfo loosened(ModuleRequireInfo required) {
        return DISPENSABLE.contains(required.requires().name().stringValue())
                ? ModuleRequireInfo.of(
                        required.requires(),
                        required.requiresFlagsMask() | ClassFile.ACC_STATIC_PHASE,
                        required.requiresVersion().orElse(null))
                : required;
    }

    /** A descriptor that exports all that there is and requires what the code refers to. */
    private byte[] explicit() {
        return ClassFile.of().buildModule(ModuleAttribute.of(ModuleDesc.of(descriptor.name()), attribute -> {
            attribute.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null);
            attribute.requires(ModuleDesc.of("kotlin.stdlib"), ClassFile.ACC_TRANSITIVE, null);
            descriptor.packages().stream().sorted().forEach(name -> attribute.exports(PackageDesc.of(name), 0));
        }));
    }

    private void write(JarOutputStream out, String name, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(time);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
