package io.pipecat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that cannot fail holds nothing: each is tried on a module that breaks it. */
class RulesTest {
    private static final String PACKAGE = "@org.jspecify.annotations.NullMarked package ";

    @TempDir
    private Path folder;

    private Sample sample;

    @BeforeEach
    void newSample() {
        sample = new Sample(folder);
    }

    @Test
    void oneImplementationMayNotRequireAnother() {
        var tools = module("io.pipecat.tools.local").requires("io.pipecat.api").requires("io.pipecat.llm.local");
        assertOnly(ModuleRules.requires(sample.as(tools)), "io.pipecat.tools.local requires io.pipecat.llm.local");
    }

    @Test
    void aModuleThatTheRulesDoNotNameKnowsTheApiTheHelperAndThirdParties() {
        var later = module("io.pipecat.tools.later")
                .requires("java.net.http")
                .requires("org.slf4j")
                .requires("io.pipecat.api")
                .requires("io.pipecat.json")
                .requires("org.eclipse.jgit")
                .requires("io.pipecat.agent");
        assertOnly(ModuleRules.requires(sample.as(later)), "io.pipecat.tools.later requires io.pipecat.agent");
    }

    @Test
    void aListedModuleHasItsOwnThirdPartyOnly() {
        var local = module("io.pipecat.llm.local").requires("llama").requires("okhttp3");
        assertOnly(ModuleRules.requires(sample.as(local)), "io.pipecat.llm.local requires okhttp3");
    }

    @Test
    void anEndpointThatConversesMayKnowTheAgent() {
        var web = module("io.pipecat.endpoint.web").requires("io.pipecat.agent");
        assertEquals(List.of(), ModuleRules.requires(sample.as(web)));
    }

    @Test
    void onlyTheNodeUsesProviders() {
        assertEquals(
                List.of(), ModuleRules.uses(sample.as(module("io.pipecat.node").uses("io.pipecat.api.Role"))));
        var agent = module("io.pipecat.agent").uses("io.pipecat.api.Role").uses("java.sql.Driver");
        assertOnly(ModuleRules.uses(sample.as(agent)), "io.pipecat.agent uses io.pipecat.api.Role");
    }

    @Test
    void aPackageBeginsWithItsModule() {
        var agent = module("io.pipecat.agent").packages(Set.of("io.pipecat.agent.audit", "io.pipecat.agents"));
        assertOnly(ModuleRules.packages(sample.as(agent)), "package io.pipecat.agents is in module io.pipecat.agent");
    }

    @Test
    void aProviderIsInBothPlaces() {
        sample.source("p/Good.java", "package p; public class Good implements Runnable { public void run() {} }")
                .source("p/Other.java", "package p; public class Other implements Runnable { public void run() {} }")
                .service("java.lang.Runnable", "# a comment\np.Good # and another\n");
        var both = module("p").packages(Set.of("p")).provides("java.lang.Runnable", List.of("p.Good"));
        assertEquals(List.of(), ModuleRules.providers(sample.as(both)));
        var different = module("p").packages(Set.of("p")).provides("java.lang.Runnable", List.of("p.Other"));
        assertOnly(
                ModuleRules.providers(sample.as(different)),
                "with [p.Other] in module-info but with [p.Good] in META-INF/services");
        assertOnly(ModuleRules.providers(sample.as(module("p"))), "with [] in module-info but with [p.Good]");
    }

    @Test
    void aProviderCanBeConstructedByAnybody() {
        sample.source("p/Shy.java", "package p; public class Shy implements Runnable { Shy() {} public void run() {} }")
                .service("java.lang.Runnable", "p.Shy");
        var shy = module("p").packages(Set.of("p")).provides("java.lang.Runnable", List.of("p.Shy"));
        assertOnly(ModuleRules.providers(sample.as(shy)), "p.Shy is no public class with a public constructor");
    }

    @Test
    void aProviderIsThere() {
        sample.service("java.lang.Runnable", "p.Gone");
        var gone = module("p").packages(Set.of("p")).provides("java.lang.Runnable", List.of("p.Gone"));
        assertOnly(ModuleRules.providers(sample.as(gone)), "p provides p.Gone, a class that it does not have");
    }

    @Test
    void onlyTheLauncherReadsTheEnvironmentAndExits() {
        sample.source("p/Reaching.java", """
                package p;
                class Reaching {
                    String property = System.getProperty("fine");
                    String variable = System.getenv("HOME");
                    java.util.function.Supplier<java.util.Map<String, String>> reference = System::getenv;
                    void exit() { System.exit(1); }
                    void halt() { Runtime.getRuntime().halt(1); }
                    String child() { return new ProcessBuilder("true").environment().get("HOME"); }
                }
                """);
        assertEquals(List.of(), CodeRules.environmentAndExit(sample.as(module("io.pipecat.launcher"))));
        List<String> broken = CodeRules.environmentAndExit(sample.as(module("io.pipecat.tools.local")));
        assertEquals(5, broken.size(), broken::toString);
    }

    @Test
    void whoIsNamedMaySetTheEnvironmentOfAProgramAndReadNoOther() {
        sample.source("io/pipecat/tools/mcp/StdioTransport.java", """
                package io.pipecat.tools.mcp;
                class StdioTransport {
                    void start() { new ProcessBuilder("true").environment().clear(); }
                    void read() { System.getenv("HOME"); }
                }
                """);
        List<ReactorModule> modules = sample.as(module("io.pipecat.tools.mcp"));
        assertOnly(CodeRules.environmentAndExit(modules), "StdioTransport.read()");
        assertOnly(CodeRules.exceptionsForAChild(modules), "io.pipecat.tools.local.process.SubprocessRun may set");
    }

    @Test
    void theApiNamesNoThirdParty() {
        sample.source("io/pipecat/api/Shown.java", """
                package io.pipecat.api;
                public interface Shown {
                    java.util.List<? super com.tngtech.archunit.core.domain.JavaClass> generic();
                    default void inside() { new com.tngtech.archunit.core.importer.ClassFileImporter(); }
                    record Held(com.tngtech.archunit.core.domain.JavaField[] array) {}
                }
                """);
        var api = module("io.pipecat.api").exports("io.pipecat.api");
        List<String> broken = CodeRules.apiSignatures(sample.as(api));
        assertTrue(
                broken.stream().anyMatch(line -> line.contains("Shown.generic() shows com.tngtech.archunit")),
                broken::toString);
        assertTrue(broken.stream().anyMatch(line -> line.contains("JavaField")), broken::toString);
        assertTrue(broken.stream().noneMatch(line -> line.contains("ClassFileImporter")), broken::toString);
        assertEquals(List.of(), CodeRules.apiSignatures(sample.as(module("io.pipecat.api"))));
    }

    @Test
    void aPackageIsNullMarked() {
        sample.source("p/package-info.java", PACKAGE + "p;")
                .source("p/A.java", "package p; class A {}")
                .source("p/q/package-info.java", "/** Not marked. */ package p.q;")
                .source("p/q/B.java", "package p.q; class B {}");
        assertOnly(CodeRules.nullMarked(sample.as(module("p"))), "package p.q is not @NullMarked");
    }

    @Test
    void aModuleMarksAllItsPackages() {
        sample.source("p/A.java", "package p; class A {}")
                .source("module-info.java", "@org.jspecify.annotations.NullMarked\nmodule p {}");
        assertEquals(List.of(), CodeRules.nullMarked(sample.as(module("p"))));
    }

    @Test
    void whatIsExportedIsExplained() {
        sample.source("p/package-info.java", PACKAGE + "p;")
                .source("p/Shown.java", """
                        package p;
                        /** Explained. */
                        public interface Shown {
                            record Nested() {}
                            /** Explained. */
                            enum Fine { ONE }
                        }
                        class Hidden {}
                        """)
                .source("p/q/Inside.java", "package p.q; public class Inside {}")
                .source("p/r/Bare.java", "package p.r; /** Explained. */ public class Bare {}")
                .source("module-info.java", "module p {}");
        List<String> broken =
                SourceRules.comments(sample.as(module("p").exports("p").exports("p.r")));
        assertEquals(
                Set.of(
                        "module p is for users and has no Javadoc comment",
                        "package p is for users and has no Javadoc comment",
                        "p.Nested is for users and has no Javadoc comment",
                        "package p.r is exported and has no package-info.java"),
                Set.copyOf(broken));
    }

    @Test
    void aFileIsOfReadableLength() {
        sample.source("p/Right.java", "package p; class Right {" + "\n".repeat(SourceRules.LONGEST_FILE - 1) + "}\n");
        assertEquals(List.of(), SourceRules.length(sample.as(module("p"))));
        sample.source("p/Long.java", "package p; class Long {" + "\n".repeat(SourceRules.LONGEST_FILE) + "}\n");
        assertOnly(SourceRules.length(sample.as(module("p"))), "has 451 lines");
    }

    private static ModuleDescriptor.Builder module(String name) {
        return ModuleDescriptor.newModule(name);
    }

    private static void assertOnly(List<String> broken, String part) {
        assertEquals(1, broken.size(), broken::toString);
        assertTrue(broken.getFirst().contains(part), broken::toString);
    }
}
