package io.pipecat.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
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
import java.util.stream.Stream;

/** What compiled code may do and show. Each rule gives the sentences of those who break it. */
final class CodeRules {
    private static final String API = "io.pipecat.api";
    private static final String LAUNCHER = "io.pipecat.launcher";
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";

    /** What reaches past the parameters: a test would need the whole process for it, and an embedding application would die of it. */
    private static final Map<String, Set<String>> OF_THE_LAUNCHER = Map.of(
            "java.lang.System", Set.of("getenv", "exit"),
            "java.lang.Runtime", Set.of("exit", "halt"),
            "java.lang.ProcessBuilder", Set.of("environment"));

    /** Who may take the node's environment in hand, which that of a program begins as, and why. Everybody may start one. */
    private static final Map<String, String> FOR_A_CHILD = Map.of(
            "io.pipecat.tools.mcp.StdioTransport",
            "an MCP server inherits what most programs cannot do without, each variable by its name, and nothing else",
            "io.pipecat.tools.local.process.SubprocessRun",
            "a command inherits nothing: all is taken away before anything is put in");

    private static final List<String> IN_API_SIGNATURES =
            List.of("java.", API + ".", "org.jspecify.annotations.", "org.slf4j.");

    private CodeRules() {}

    static List<String> environmentAndExit(List<ReactorModule> modules) {
        return ofTheLauncher(modules)
                .filter(access -> !isForAChild(access))
                .map(access ->
                        access.getDescription() + ": only " + LAUNCHER + " reads the environment and ends the process")
                .toList();
    }

    /** An exception that nobody needs any more would one day excuse somebody else. */
    static List<String> exceptionsForAChild(List<ReactorModule> modules) {
        Map<String, String> needless = new TreeMap<>(FOR_A_CHILD);
        ofTheLauncher(modules).filter(CodeRules::isForAChild).forEach(access -> needless.remove(owner(access)));
        List<String> broken = new ArrayList<>();
        needless.forEach((type, reason) ->
                broken.add(type + " may set the environment of a program, since " + reason + "; it does not any more"));
        return broken;
    }

    private static Stream<JavaAccess<?>> ofTheLauncher(List<ReactorModule> modules) {
        return modules.stream()
                .filter(module -> !module.name().equals(LAUNCHER))
                .flatMap(module -> module.bytecode().stream())
                .<JavaAccess<?>>flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> OF_THE_LAUNCHER
                        .getOrDefault(access.getTargetOwner().getName(), Set.of())
                        .contains(access.getTarget().getName()));
    }

    private static boolean isForAChild(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(ProcessBuilder.class) && FOR_A_CHILD.containsKey(owner(access));
    }

    private static String owner(JavaAccess<?> access) {
        return access.getOriginOwner().getName();
    }

    static List<String> apiSignatures(List<ReactorModule> modules) {
        Set<String> broken = new TreeSet<>();
        for (ReactorModule module : modules) {
            if (!module.name().equals(API)) {
                continue;
            }
            for (JavaClass type : module.bytecode()) {
                if (!module.exports(type.getPackageName()) || !isVisible(type)) {
                    continue;
                }
                checkSignature(type.getName(), ofType(type), broken);
                type.getMembers().stream()
                        .filter(member -> isVisible(member.getModifiers()))
                        .forEach(member -> checkSignature(member.getFullName(), ofMember(member), broken));
            }
        }
        return List.copyOf(broken);
    }

    private static void checkSignature(String where, Stream<JavaClass> types, Set<String> broken) {
        types.map(JavaClass::getBaseComponentType)
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> IN_API_SIGNATURES.stream().noneMatch(name::startsWith))
                .forEach(name -> broken.add(where + " shows " + name + ": the api's signatures name no third party"));
    }

    private static Stream<JavaClass> ofType(JavaClass type) {
        Stream<JavaType> shown = Stream.of(
                        type.getSuperclass().stream(), type.getInterfaces().stream(), type.getTypeParameters().stream())
                .flatMap(types -> types);
        return Stream.concat(raw(shown), annotations(type.getAnnotations()));
    }

    private static Stream<JavaClass> ofMember(JavaMember member) {
        Stream<JavaType> shown = switch (member) {
            case JavaField field -> Stream.of(field.getType());
            case JavaCodeUnit unit ->
                Stream.of(
                                Stream.of(unit.getReturnType()),
                                unit.getParameterTypes().stream(),
                                unit.getExceptionTypes().stream(),
                                unit.getTypeParameters().stream())
                        .flatMap(types -> types);
            default -> throw new AssertionError("neither field nor method: " + member);
        };
        return Stream.concat(raw(shown), annotations(member.getAnnotations()));
    }

    private static Stream<JavaClass> raw(Stream<? extends JavaType> types) {
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static Stream<JavaClass> annotations(Set<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream().map(JavaAnnotation::getRawType);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean isVisible(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        return isVisible(type.getModifiers()) && outer.map(CodeRules::isVisible).orElse(true);
    }

    /** In code that is not marked, the null checker of the build looks at nothing. */
    static List<String> nullMarked(List<ReactorModule> modules) {
        List<String> broken = new ArrayList<>();
        for (ReactorModule module : modules) {
            if (isMarkedAsAWhole(module)) {
                continue;
            }
            Set<String> packages = new TreeSet<>();
            Set<String> marked = new TreeSet<>();
            for (JavaClass type : module.bytecode()) {
                packages.add(type.getPackageName());
                if (type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NULL_MARKED)) {
                    marked.add(type.getPackageName());
                }
            }
            packages.remove("");
            packages.removeAll(marked);
            packages.forEach(
                    name -> broken.add("package " + name + " is not @NullMarked: say so in its package-info.java"));
        }
        return broken;
    }

    /** From the source: a module's annotations are in no descriptor. */
    private static boolean isMarkedAsAWhole(ReactorModule module) {
        Path declaration = module.sources().resolve("module-info.java");
        try {
            return Files.readAllLines(declaration).stream().anyMatch(line -> line.matches("@(.*\\.)?NullMarked\\b.*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
