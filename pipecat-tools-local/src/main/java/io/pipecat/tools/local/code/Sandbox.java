package io.pipecat.tools.local.code;

import io.pipecat.api.tool.ToolException;
import io.pipecat.tools.local.process.Outcome;
import io.pipecat.tools.local.process.ProcessEnd;
import io.pipecat.tools.local.process.Programs;
import io.pipecat.tools.local.process.Subprocess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program where it can do no harm: by bubblewrap, in namespaces of its own, with resource limits and a filter of system calls.
 * Nothing is ever run outside: what is missing for a sandbox is said instead. Thread-safe.
 */
final class Sandbox {
    /** The folder for the files of one run is removed after it. */
    private static final String RUN_FOLDER = "code-";

    private static final Set<String> RUN_FILES = Set.of("code", "filter", "status");
    private static final Pattern CHILD = Pattern.compile("\"child-pid\":\\s*([0-9]{1,18})");
    private static final int MAX_SHOWN = 400;

    private final Programs programs;
    private final CodeLimits limits;
    private final Path stateDir;
    private final String machine;

    Sandbox(Programs programs, CodeLimits limits, Path stateDir, String machine) {
        this.programs = programs;
        this.limits = limits;
        this.stateDir = stateDir;
        this.machine = machine;
    }

    /**
     * Runs a program.
     *
     * @param arguments its arguments
     * @param timeout how long it may run
     * @throws ToolException if no sandbox can be made here
     */
    Outcome run(Language language, String code, List<String> arguments, Duration timeout)
            throws ToolException, InterruptedException {
        Path bwrap = program("bwrap", "bubblewrap");
        byte[] filter = SystemCallFilter.forMachine(machine)
                .orElseThrow(() -> ToolException.failed("Code cannot be run here: the system calls of this machine ("
                        + machine + ") are not known, only those of "
                        + String.join(" and ", SystemCallFilter.machines())
                        + ". Nothing was run."));
        Path interpreter = interpreter(language);
        Path folder = null;
        try {
            boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
            folder = Files.createTempDirectory(stateDir, RUN_FOLDER);
            Files.writeString(folder.resolve("code"), code, StandardCharsets.UTF_8);
            Files.write(folder.resolve("filter"), filter);
            SandboxCommand command = new SandboxCommand(bwrap, folder, root, limits, List.of(stateDir, home()));
            Outcome outcome = Subprocess.of(command.line(language, interpreter, arguments, timeout))
                    .timeout(timeout)
                    .watch(new MemoryWatch(Path.of("/proc"), limits.memoryMib()))
                    .run();
            String status = Files.readString(folder.resolve("status"));
            Matcher child = CHILD.matcher(status);
            boolean began = child.find();
            if (began) {
                // bwrap may end before its namespace has, and with it the last of the program's children.
                ProcessEnd.await(ProcessHandle.of(Long.parseLong(child.group(1))).stream()
                        .toList());
            }
            if (!status.contains("exit-code")
                    && !outcome.timedOut()
                    && outcome.stopped().isEmpty()) {
                throw noSandbox(outcome, began);
            }
            return outcome;
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "Code cannot be run here: the sandbox could not be prepared in " + stateDir + ": " + e
                            + ". Nothing was run.",
                    e);
        } finally {
            remove(folder);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "/root"));
    }

    private Path program(String name, String debianPackage) throws ToolException {
        return programs.find(name)
                .orElseThrow(
                        () -> ToolException.failed("Code cannot be run here: it is run in a sandbox only, and " + name
                                + " is not installed on this node. Whoever runs it can install it: apt install "
                                + debianPackage + ". Nothing was run."));
    }

    private Path interpreter(Language language) throws ToolException {
        for (String folder : List.of("/usr/bin", "/usr/local/bin", "/bin")) {
            Path file = Path.of(folder, language.interpreter());
            if (isInSandbox(file)) {
                return file;
            }
        }
        throw ToolException.failed("Programs in " + language.label() + " cannot be run here: " + language.interpreter()
                + " is not installed below /usr on this node. Use another language, or ask for it to be installed.");
    }

    /** A link that leads elsewhere leads nowhere in the sandbox. */
    private static boolean isInSandbox(Path file) {
        try {
            return Files.isExecutable(file) && SandboxCommand.isVisible(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static ToolException noSandbox(Outcome outcome, boolean began) {
        String said = outcome.stderr().strip();
        String shown = said.length() > MAX_SHOWN ? said.substring(0, MAX_SHOWN) + "…" : said;
        if (began) {
            return ToolException.failed("The sandbox was ended from outside while the program ran (exit code "
                    + outcome.exitCode() + (shown.isEmpty() ? "" : ": " + shown) + "). Try again.");
        }
        String lower = said.toLowerCase(Locale.ROOT);
        String remedy = lower.contains("unknown option")
                ? "Bubblewrap 0.8 or newer is needed."
                : "The kernel must allow user namespaces to this user: see sysctl kernel.unprivileged_userns_clone and"
                        + " user.max_user_namespaces, AppArmor's restriction of them on Ubuntu, and the seccomp profile"
                        + " of a container.";
        return ToolException.failed("Code cannot be run here: the sandbox could not be made ("
                + (shown.isEmpty() ? "exit code " + outcome.exitCode() : shown) + "). " + remedy
                + " Nothing was run.");
    }

    private static void remove(@Nullable Path folder) throws ToolException {
        if (folder == null) {
            return;
        }
        try {
            for (String file : RUN_FILES) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED, "The folder " + folder + " of this run cannot be removed: " + e, e);
        }
    }

    /** Which of some libraries are not installed for a language. */
    List<String> missing(Language language, List<String> libraries, Duration timeout)
            throws ToolException, InterruptedException {
        Outcome outcome = run(language, language.libraryCheck(), libraries, timeout);
        if (outcome.exitCode() != 0) {
            throw ToolException.failed("Whether the libraries are installed cannot be told: " + outcome.stderr());
        }
        return Optional.of(outcome.stdout().strip())
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split("\\s+")))
                .orElse(List.of());
    }
}
