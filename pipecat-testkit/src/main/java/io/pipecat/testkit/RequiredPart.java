package io.pipecat.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Something from outside the project that a test cannot do without: a program, a library, a file.
 *
 * <p>Where it is missing, a plain build skips the test and says why, so that one change can be tried on any machine. Under
 * {@code PIPECAT_VERIFY=strict} (an environment variable or system property; {@code ./verify} sets it) the test fails instead: a full run
 * that leaves a test out must not look like one that passed.
 *
 * <pre>{@code
 * private static final RequiredPart BWRAP = RequiredPart.of("bwrap", "Debian package bubblewrap");
 *
 * @Test
 * void runsInASandbox() {
 *     Path bwrap = BWRAP.orSkip();
 *     ...
 * }
 * }</pre>
 */
public final class RequiredPart {
    private static final String SWITCH = "PIPECAT_VERIFY";

    private final String name;
    private final String remedy;
    private final Path expected;
    private final BooleanSupplier present;

    private RequiredPart(String name, String remedy, Path expected, BooleanSupplier present) {
        this.name = Objects.requireNonNull(name, "name");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
        this.expected = expected;
        this.present = Objects.requireNonNull(present, "present");
    }

    /**
     * A program, looked for on {@code PATH} and then in the folders of system programs, which an ordinary user's path lacks.
     *
     * @param program its file name, such as {@code bwrap}
     * @param remedy what to install where it is missing, such as {@code Debian package bubblewrap}
     */
    public static RequiredPart of(String program, String remedy) {
        Optional<Path> found = find(program, Objects.requireNonNullElse(System.getenv("PATH"), ""));
        return new RequiredPart(program, remedy, found.orElse(Path.of(program)), found::isPresent);
    }

    /**
     * A file or folder at a known place.
     *
     * @param file where it must be
     * @param remedy what to install or build where it is missing
     */
    public static RequiredPart file(Path file, String remedy) {
        return new RequiredPart(file.toString(), remedy, file, () -> Files.exists(file));
    }

    /**
     * Anything else: a CPU feature, a kernel setting, a right of this user.
     *
     * @param name what is needed, in words
     * @param remedy what to do where it is missing
     * @param present whether it is there; asked each time a test needs it
     */
    public static RequiredPart that(String name, String remedy, BooleanSupplier present) {
        return new RequiredPart(name, remedy, Path.of(""), present);
    }

    /** Whether it is there. */
    public boolean isPresent() {
        return present.getAsBoolean();
    }

    /**
     * Goes on where the part is there; otherwise ends the calling test, as skipped or, in a strict run, as failed.
     *
     * @return where the program or file is; an empty path for a part that is neither
     */
    public Path orSkip() {
        return orSkip(isStrict());
    }

    Path orSkip(boolean strict) {
        if (isPresent()) {
            return expected;
        }
        String message = "needs " + name + " (" + remedy + "), which this machine does not have";
        if (strict) {
            return Assertions.fail(message + "; " + SWITCH + "=strict allows no skipped test");
        }
        return Assumptions.abort(message);
    }

    private static boolean isStrict() {
        return "strict".equals(System.getProperty(SWITCH, System.getenv(SWITCH)));
    }

    static Optional<Path> find(String program, String path) {
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator, -1)),
                        List.of("/usr/sbin", "/sbin", "/usr/local/sbin").stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String toString() {
        return name + " (" + remedy + ")";
    }
}
