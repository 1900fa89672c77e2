package io.pipecat.tools.local.ansible;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import io.pipecat.tools.local.process.Outcome;
import io.pipecat.tools.local.process.Programs;
import io.pipecat.tools.local.process.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs playbooks of one folder by {@code ansible-playbook}. Its output is progress, line by line. Variables travel in a file that only this
 * node's user can read, so that no secret is in the list of processes; the environment of the node does not reach the playbook. Thread-safe;
 * interruption ends Ansible and what it started on this node.
 */
@ToolInfo(
        name = "ansible",
        description = "Runs Ansible playbooks, which configure other machines.",
        placement = Placement.HEAVY)
public final class AnsibleTool {
    private static final int CALL_SECONDS = 1800;
    private static final int TAIL = 16 * 1024;
    private static final int MAX_SHOWN = 100;
    private static final int MAX_NAMED = 30;
    /** A host pattern as in Ansible's own documentation. Not a file ({@code @hosts}), not an option. */
    private static final Pattern LIMIT =
            Pattern.compile("[A-Za-z0-9_.*!&~\\[(][A-Za-z0-9_.,:!&*~\\[\\]()|?+^$ -]{0,499}");

    private static final Pattern TAGS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,: -]{0,499}");

    private final Programs programs;
    private final Path folder;
    private final Optional<Path> inventory;
    private final Path stateDir;

    /**
     * Makes the tool.
     *
     * @param folder where the playbooks lie; Ansible runs there, so that an {@code ansible.cfg} in it counts
     * @param inventory the inventory; empty for what Ansible's configuration says
     * @param stateDir where the variables of a run are kept while it lasts
     */
    public AnsibleTool(Path folder, Optional<Path> inventory, Path stateDir) {
        this(Programs.ofSystem(), folder, inventory, stateDir);
    }

    AnsibleTool(Programs programs, Path folder, Optional<Path> inventory, Path stateDir) {
        this.programs = programs;
        this.folder = folder;
        this.inventory = inventory;
        this.stateDir = stateDir;
    }

    /**
     * How a playbook ended.
     *
     * @param exitCode 0 if everything went well; 2 if a task failed, 4 if a host could not be reached
     * @param recap for each host how many tasks were ok, changed, failed, …
     * @param output what Ansible wrote; where that was too much, its beginning and its end
     * @param truncated whether something of it was left out
     * @param durationMs how long it ran, in milliseconds
     */
    public record Result(
            int exitCode, Map<String, Map<String, Integer>> recap, String output, boolean truncated, long durationMs) {}

    /**
     * Runs a playbook.
     *
     * @param playbook its file
     * @param limit the hosts to run it on
     * @param tags the tasks to run
     * @param extraVars variables
     * @param context the call
     * @return how it ended, also where tasks failed
     * @throws ToolException if an argument is wrong or Ansible cannot be run
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(
            value = "Runs an Ansible playbook and returns what it did on each host.",
            sensitive = true,
            timeoutSeconds = CALL_SECONDS)
    public Result runPlaybook(
            @ToolParam("The playbook's file, such as site.yml, relative to the folder of playbooks") String playbook,
            @ToolParam("The hosts or groups to run it on; by default all that it names") Optional<String> limit,
            @ToolParam("Only tasks with these tags, separated by commas") Optional<String> tags,
            @ToolParam("Variables for the playbook: an object of plain values") Optional<JsonObject> extraVars,
            ToolContext context)
            throws ToolException, InterruptedException {
        Path program = programs.find("ansible-playbook")
                .orElseThrow(
                        () -> ToolException.failed("Playbooks cannot be run here: ansible-playbook is not installed"
                                + " on this node. Whoever runs it can install it: apt install ansible."));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        inventory.ifPresent(file -> command.add("--inventory=" + file));
        limit.filter(text -> !text.isBlank()).ifPresent(text -> command.add("--limit=" + text.strip()));
        tags.filter(text -> !text.isBlank()).ifPresent(text -> command.add("--tags=" + text.strip()));
        checkWord("limit", limit, LIMIT, "a pattern of host and group names such as web,db1 or all:!old");
        checkWord("tags", tags, TAGS, "tags separated by commas");
        Path file = find(playbook);
        Path variables = null;
        try {
            if (extraVars.isPresent() && !extraVars.get().members().isEmpty()) {
                ExtraVars.check(extraVars.get());
                variables = Files.createTempFile(
                        stateDir,
                        "ansible-",
                        ".json",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(variables, extraVars.get().toString());
                command.add("--extra-vars=@" + variables);
            }
            command.add(file.toString());
            return run(command, context);
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED, "The playbook " + file + " cannot be run: " + e + ".", e);
        } finally {
            remove(variables);
        }
    }

    private Result run(List<String> command, ToolContext context) throws IOException, InterruptedException {
        Recap recap = new Recap();
        Outcome outcome = Subprocess.of(command)
                .directory(folder)
                .environment(environment())
                .oneStream()
                .ownGroup()
                .outputLimit(TAIL)
                .onLine(line -> {
                    recap.line(line);
                    context.report(line);
                })
                .run();
        return new Result(
                outcome.exitCode(),
                recap.hosts(),
                outcome.stdout(),
                outcome.truncated(),
                outcome.duration().toMillis());
    }

    private static Map<String, String> environment() {
        return Map.of(
                "PATH", Programs.PATH,
                "HOME", System.getProperty("user.home", "/"),
                "USER", System.getProperty("user.name", ""),
                "LANG", "C.UTF-8",
                "PYTHONUNBUFFERED", "1",
                "ANSIBLE_NOCOLOR", "1",
                "ANSIBLE_STDOUT_CALLBACK", "default",
                "ANSIBLE_RETRY_FILES_ENABLED", "0");
    }

    private static void checkWord(String name, Optional<String> text, Pattern pattern, String meaning)
            throws ToolException {
        if (text.isPresent()
                && !text.get().isBlank()
                && !pattern.matcher(text.get().strip()).matches()) {
            throw ToolException.failed(
                    "'" + shown(text.get()) + "' cannot be used as " + name + ": it takes " + meaning + ".");
        }
    }

    private Path find(String playbook) throws ToolException {
        try {
            Path top = folder.toRealPath();
            Path file = top.resolve(playbook.strip());
            String name = file.toString();
            boolean isPlaybook = (name.endsWith(".yml") || name.endsWith(".yaml")) && Files.isRegularFile(file);
            if (isPlaybook && file.toRealPath().startsWith(top)) {
                return file.toRealPath();
            }
            throw ToolException.failed("There is no playbook '" + shown(playbook) + "' in " + folder
                    + ". It is a .yml or .yaml file in that folder: " + String.join(", ", names(top)) + ".");
        } catch (InvalidPathException | IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "The playbook '" + shown(playbook) + "' cannot be looked for in " + folder
                            + " (setting ansible_dir): " + e + ".",
                    e);
        }
    }

    private static List<String> names(Path top) throws IOException {
        try (Stream<Path> files = Files.list(top)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yml") || name.endsWith(".yaml"))
                    .sorted()
                    .limit(MAX_NAMED)
                    .toList();
        }
    }

    private static void remove(@Nullable Path variables) throws ToolException {
        if (variables == null) {
            return;
        }
        try {
            Files.deleteIfExists(variables);
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "The file " + variables + " with the variables of the playbook cannot be removed: " + e
                            + ". Remove it by hand.",
                    e);
        }
    }

    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
