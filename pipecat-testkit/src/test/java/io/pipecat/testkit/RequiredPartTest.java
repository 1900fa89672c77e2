package io.pipecat.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequiredPartTest {
    private static final RequiredPart MISSING = RequiredPart.of("no-such-program", "Debian package no-such-package");

    @Test
    void aPartThatIsThereIsNamed() {
        Path shell = RequiredPart.of("sh", "any shell").orSkip();
        assertTrue(shell.isAbsolute(), shell::toString);
    }

    @Test
    void aMissingPartSkipsByNameInAPlainRun() {
        var skip = assertThrows(TestAbortedException.class, () -> MISSING.orSkip(false));
        assertEquals(
                "needs no-such-program (Debian package no-such-package), which this machine does not have",
                skip.getMessage());
    }

    @Test
    void aMissingPartFailsInAStrictRun() {
        var failure = assertThrows(AssertionFailedError.class, () -> MISSING.orSkip(true));
        assertTrue(
                failure.getMessage().contains("no-such-program (Debian package no-such-package)"), failure::getMessage);
    }

    @Test
    void aFileIsLookedForWhereItShouldBe() {
        var file = RequiredPart.file(Path.of("/no/such/file"), "nothing can be done");
        assertThrows(TestAbortedException.class, () -> file.orSkip(false));
    }

    @Test
    void anythingElseIsAskedForInWords() {
        assertEquals(
                Path.of(""), RequiredPart.that("a sky", "look up", () -> true).orSkip(true));
        assertThrows(
                TestAbortedException.class,
                () -> RequiredPart.that("two skies", "look up", () -> false).orSkip(false));
    }
}
