package io.pipecat.architecture;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules that keep a node what its module path says it is, held against every module that the root POM names. */
class ArchitectureTest {
    private static List<ReactorModule> modules = List.of();

    @BeforeAll
    static void findModules() {
        modules = Reactor.modules();
    }

    @Test
    void modulesRequireOnlyWhatTheyMay() {
        assertHeld(ModuleRules::requires);
    }

    @Test
    void onlyTheNodeLooksForProviders() {
        assertHeld(ModuleRules::uses);
    }

    @Test
    void packagesAreNamedAfterTheirModule() {
        assertHeld(ModuleRules::packages);
    }

    @Test
    void providersAreDeclaredTwiceAndAlike() {
        assertHeld(ModuleRules::providers);
    }

    @Test
    void onlyTheLauncherReadsTheEnvironmentAndEndsTheProcess() {
        assertHeld(CodeRules::environmentAndExit);
        assertHeld(CodeRules::exceptionsForAChild);
    }

    @Test
    void theApiShowsNoThirdParty() {
        assertHeld(CodeRules::apiSignatures);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertHeld(CodeRules::nullMarked);
    }

    @Test
    void whatUsersSeeIsExplained() {
        assertHeld(SourceRules::comments);
    }

    @Test
    void noFileIsTooLong() {
        assertHeld(SourceRules::length);
    }

    private static void assertHeld(Function<List<ReactorModule>, List<String>> rule) {
        List<String> broken = rule.apply(modules);
        if (!broken.isEmpty()) {
            fail(broken.size() + " broken:\n" + String.join("\n", broken));
        }
    }
}
