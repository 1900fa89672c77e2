package io.pipecat.tools.local.power;

import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import io.pipecat.tools.local.process.Outcome;
import io.pipecat.tools.local.process.Programs;
import io.pipecat.tools.local.process.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Switches off the machine under this node, by systemd's {@code systemctl} and {@code shutdown}; this node's user needs the right to
 * (polkit). Thread-safe.
 */
@ToolInfo(name = "power", description = "Switches off, restarts or suspends the machine that this assistant runs on.")
public final class PowerTool {
    private static final String DELAY = "Minutes to wait first, 0 to 10080; 0 leaves no time for an answer";
    private static final int MAX_DELAY = 7 * 24 * 60;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long MICROS = 1_000_000;
    /** systemd's own record of what was asked for (shutdown(8)). */
    private static final Path SCHEDULED = Path.of("/run/systemd/shutdown/scheduled");

    private static final Pattern USEC = Pattern.compile("(?m)^USEC=([0-9]{1,18})$");
    private static final Pattern MODE = Pattern.compile("(?m)^MODE=([a-z-]{1,20})$");

    private final Programs programs;
    private final Path scheduled;

    /** Makes the tool for this machine. */
    public PowerTool() {
        this(Programs.ofSystem(), SCHEDULED);
    }

    PowerTool(Programs programs, Path scheduled) {
        this.programs = programs;
        this.scheduled = scheduled;
    }

    /**
     * What was set going.
     *
     * @param action shutdown, reboot, suspend or cancel
     * @param inMinutes when it happens
     * @param note what comes next
     */
    public record Done(String action, int inMinutes, String note) {}

    /**
     * How the machine is.
     *
     * @param state what systemd calls it: running, degraded, starting, stopping, …
     * @param scheduled what was asked for and is still to come: poweroff or reboot; empty if nothing
     * @param at when
     */
    public record Status(String state, Optional<String> scheduled, Optional<Instant> at) {}

    /**
     * Switches the machine off.
     *
     * @param delay minutes to wait first
     * @return what was set going
     * @throws ToolException if it cannot be done
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(
            value = "Switches this machine off after a delay. It must be switched on again by hand.",
            sensitive = true)
    public Done shutdown(@ToolParam(value = DELAY, defaultValue = "1") int delay)
            throws ToolException, InterruptedException {
        return end("shutdown", "poweroff", "-P", delay);
    }

    /**
     * Restarts the machine.
     *
     * @param delay minutes to wait first
     * @return what was set going
     * @throws ToolException if it cannot be done
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(value = "Restarts this machine after a delay.", sensitive = true)
    public Done reboot(@ToolParam(value = DELAY, defaultValue = "1") int delay)
            throws ToolException, InterruptedException {
        return end("reboot", "reboot", "-r", delay);
    }

    private Done end(String action, String verb, String option, int delay) throws ToolException, InterruptedException {
        if (delay < 0 || delay > MAX_DELAY) {
            throw ToolException.failed("A delay of " + delay + " minutes is not between 0 and " + MAX_DELAY + ".");
        }
        if (delay == 0) {
            require(action, run("systemctl", verb));
            return new Done(action, 0, "Under way now.");
        }
        require(action, run("shutdown", option, "+" + delay));
        return new Done(action, delay, "Planned; until then the method cancel calls it off.");
    }

    /**
     * Sends the machine to sleep.
     *
     * @return what was set going
     * @throws ToolException if it cannot be done
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(
            value = "Sends this machine to sleep at once. It answers nobody until it is woken up.",
            sensitive = true)
    public Done suspend() throws ToolException, InterruptedException {
        require("suspend", run("systemctl", "suspend"));
        return new Done("suspend", 0, "Under way now.");
    }

    /**
     * Calls off what is planned.
     *
     * @return what was done
     * @throws ToolException if it cannot be done
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(value = "Calls off a planned shutdown or restart of this machine.", sensitive = true)
    public Done cancel() throws ToolException, InterruptedException {
        require("cancel", run("shutdown", "-c"));
        return new Done("cancel", 0, "Nothing is planned any more.");
    }

    /**
     * Tells how the machine is.
     *
     * @return its state, and what is planned
     * @throws ToolException if it cannot be told
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod("Tells whether this machine is up and whether a shutdown or restart is planned.")
    public Status status() throws ToolException, InterruptedException {
        // Its exit code is that of the state, and not of the question.
        Outcome outcome = run("systemctl", "is-system-running");
        String state = outcome.stdout().strip();
        if (state.isEmpty()) {
            throw failed("status", outcome);
        }
        String plan = plan();
        Matcher mode = MODE.matcher(plan);
        Matcher usec = USEC.matcher(plan);
        return mode.find() && usec.find()
                ? new Status(
                        state,
                        Optional.of(mode.group(1)),
                        Optional.of(Instant.ofEpochSecond(Long.parseLong(usec.group(1)) / MICROS)))
                : new Status(state, Optional.empty(), Optional.empty());
    }

    private String plan() throws ToolException {
        try {
            return Files.readString(scheduled);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "What is planned cannot be read from " + scheduled + ": " + e + ".",
                    e);
        }
    }

    private Outcome run(String program, String... arguments) throws ToolException, InterruptedException {
        Path file = programs.find(program)
                .orElseThrow(() -> ToolException.failed("This machine cannot be switched by this tool: " + program
                        + " is not installed. It needs systemd (Debian packages systemd and systemd-sysv)."));
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        try {
            return Subprocess.of(command).timeout(LIMIT).run();
        } catch (IOException e) {
            throw new ToolException(ToolException.Reason.FAILED, "Cannot run " + file + ": " + e + ".", e);
        }
    }

    private static void require(String action, Outcome outcome) throws ToolException {
        if (outcome.exitCode() != 0 || outcome.timedOut()) {
            throw failed(action, outcome);
        }
    }

    private static ToolException failed(String action, Outcome outcome) {
        String said = (outcome.stderr() + outcome.stdout()).strip();
        String shown = said.length() > 400 ? said.substring(0, 400) + "…" : said;
        return ToolException.failed("The system did not do it (" + action + "): "
                + (outcome.timedOut()
                        ? "no answer within " + LIMIT.toSeconds() + " seconds"
                        : "exit code " + outcome.exitCode())
                + (shown.isEmpty() ? "" : ", " + shown)
                + ". This node's user may lack the right to: see polkit, org.freedesktop.login1.");
    }
}
