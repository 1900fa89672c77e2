package io.pipecat.tools.local.code;

import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import io.pipecat.tools.local.process.Outcome;
import io.pipecat.tools.local.process.Programs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Runs code that a model wrote, in a sandbox by bubblewrap or not at all. A program sees a read-only system, an empty {@code /tmp} and no
 * network, home folder or environment; it may not use more memory, disk, processes and time than configured. Thread-safe; interruption
 * kills all of the program. See {@code Sandbox} for what holds it in.
 */
@ToolInfo(
        name = "code_runner",
        description =
                "Runs a program in a sandbox without network and without access to files of this machine, to compute,"
                        + " to transform text or to try code.",
        placement = Placement.HEAVY)
public final class CodeRunnerTool {
    private static final String TIMEOUT = "The time limit in seconds, 1 to what this node allows";
    private static final String DEFAULT_TIMEOUT = "30";
    private static final int CALL_SECONDS = 660;
    private static final int MAX_CODE = 1 << 20;
    private static final int MAX_LIBRARIES = 50;
    private static final int KILLED = 137;
    private static final Pattern LIBRARY = Pattern.compile("@?[A-Za-z0-9][A-Za-z0-9_./-]{0,99}");
    /** Between the end of a program and the deadline of the call, so that there is still a result to tell. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final Sandbox sandbox;
    private final CodeLimits limits;
    private final Clock clock;

    /**
     * Makes the tool.
     *
     * @param limits what a program may use
     * @param stateDir where the files of a run are kept while it lasts; never visible to a program
     * @param clock tells how long it is until a call's deadline
     */
    public CodeRunnerTool(CodeLimits limits, Path stateDir, Clock clock) {
        this(limits, clock, new Sandbox(Programs.ofSystem(), limits, stateDir, System.getProperty("os.arch", "")));
    }

    CodeRunnerTool(CodeLimits limits, Clock clock, Sandbox sandbox) {
        this.limits = limits;
        this.clock = clock;
        this.sandbox = sandbox;
    }

    /**
     * What a program did.
     *
     * @param stdout what it printed; where that was too much, its beginning and its end
     * @param stderr what it printed to the other stream, and why it was stopped if it was
     * @param exitCode its exit code; 128 and the signal's number if a signal ended it
     * @param timedOut whether it ran into its time limit
     * @param truncated whether something of the output was left out
     * @param durationMs how long it ran, in milliseconds
     */
    public record Result(
            String stdout, String stderr, int exitCode, boolean timedOut, boolean truncated, long durationMs) {}

    /**
     * Runs a Python program.
     *
     * @param code the program
     * @param timeout the time limit in seconds
     * @param context the call
     * @return what it did, also where it failed
     * @throws ToolException if an argument is wrong or no sandbox can be made here
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(
            value =
                    "Runs a Python 3 program without network and files. Print what you want to know: only the output comes"
                            + " back.",
            sensitive = true,
            timeoutSeconds = CALL_SECONDS)
    public Result runPythonCode(
            @ToolParam("The whole program") String code,
            @ToolParam(value = TIMEOUT, defaultValue = DEFAULT_TIMEOUT) int timeout,
            ToolContext context)
            throws ToolException, InterruptedException {
        return run(Language.PYTHON, code, List.of(), timeout, context);
    }

    /**
     * Runs a program.
     *
     * @param code the program
     * @param language what it is written in
     * @param libraries what it imports beyond the language's own; must be installed on this node
     * @param timeout the time limit in seconds
     * @param context the call
     * @return what it did, also where it failed
     * @throws ToolException if an argument is wrong or no sandbox can be made here
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(
            value =
                    "Runs a program in Python, JavaScript (Node.js), bash or sh without network and files. Print what you"
                            + " want to know: only the output comes back.",
            sensitive = true,
            timeoutSeconds = CALL_SECONDS)
    public Result runCodeInSandbox(
            @ToolParam("The whole program") String code,
            @ToolParam(value = "python, javascript, bash or shell", defaultValue = "python") String language,
            @ToolParam("Libraries that the program imports; nothing is installed, they must be there already")
                    Optional<List<String>> libraries,
            @ToolParam(value = TIMEOUT, defaultValue = DEFAULT_TIMEOUT) int timeout,
            ToolContext context)
            throws ToolException, InterruptedException {
        return run(Language.of(language), code, libraries.orElse(List.of()), timeout, context);
    }

    private Result run(Language language, String code, List<String> libraries, int timeout, ToolContext context)
            throws ToolException, InterruptedException {
        if (code.length() > MAX_CODE) {
            throw ToolException.failed("The program has " + code.length() + " characters, where at most " + MAX_CODE
                    + " are taken: make it shorter.");
        }
        if (timeout < 1 || timeout > limits.longest().toSeconds()) {
            throw ToolException.failed("A time limit of " + timeout + " seconds is not between 1 and "
                    + limits.longest().toSeconds() + ", the most that this node allows.");
        }
        check(language, libraries, context);
        Outcome outcome = sandbox.run(language, code, List.of(), timeLeft(timeout, context));
        String why = outcome.stopped()
                .map(reason -> (outcome.stderr().isEmpty() || outcome.stderr().endsWith("\n") ? "" : "\n")
                        + "The program was stopped: " + reason + ".\n")
                .orElse("");
        return new Result(
                outcome.stdout(),
                outcome.stderr() + why,
                outcome.timedOut() || outcome.stopped().isPresent() ? KILLED : outcome.exitCode(),
                outcome.timedOut(),
                outcome.truncated(),
                outcome.duration().toMillis());
    }

    private Duration timeLeft(int timeout, ToolContext context) throws ToolException {
        Instant wanted = clock.instant().plusSeconds(timeout);
        Instant latest = context.deadline().minus(MARGIN);
        Duration left = Duration.between(clock.instant(), wanted.isBefore(latest) ? wanted : latest);
        if (!left.isPositive()) {
            throw new ToolException(
                    ToolException.Reason.TIMEOUT, "No time was left for the program before the deadline of the call.");
        }
        return left;
    }

    private void check(Language language, List<String> libraries, ToolContext context)
            throws ToolException, InterruptedException {
        if (libraries.isEmpty()) {
            return;
        }
        if (language.libraryCheck().isEmpty()) {
            throw ToolException.failed("A program in " + language.label() + " has no libraries to ask for: leave them"
                    + " out, and call the programs that are installed.");
        }
        List<String> bad = new ArrayList<>(libraries);
        bad.removeIf(name -> LIBRARY.matcher(name).matches());
        if (!bad.isEmpty() || libraries.size() > MAX_LIBRARIES) {
            throw ToolException.failed("The libraries are given as a list of at most " + MAX_LIBRARIES
                    + " plain names, without versions, such as [\"numpy\"].");
        }
        List<String> missing = sandbox.missing(language, libraries, timeLeft(20, context));
        if (!missing.isEmpty()) {
            throw ToolException.failed("Not installed on this node for " + language.label() + ": "
                    + String.join(", ", missing)
                    + ". The sandbox has no network and installs nothing: do it without them.");
        }
    }
}
