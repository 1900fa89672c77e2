package io.pipecat.tools.git;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;

/**
 * Works in git repositories within configured folders. It runs no hook, filter or other program, follows nothing that leads out of a
 * repository, and speaks https and to repositories in its own folders. Calls in one repository run one after the other.
 */
@ToolInfo(
        name = "git",
        description =
                "Works in git repositories within the folders that this node allows: clone, look, commit, branch, merge, pull, push.",
        placement = Placement.NORMAL)
public final class GitTool {
    private static final String DIRECTORY =
            "Folder of the repository; relative ones begin in the node's first git folder.";
    private static final int LONG = 1800;
    private static final int SHORT = 120;

    private final Roots roots;
    private final Commits commits;
    private final RemoteWork remote;
    private final Worker worker = new Worker();

    GitTool(GitSettings settings) {
        this.roots = new Roots(settings.roots());
        this.commits = new Commits(settings);
        this.remote = new RemoteWork(new Remotes(settings, roots), commits);
    }

    /** Something to do in an open repository. */
    private interface InRepository {
        JsonObject run(Git git, Worker.Progress progress) throws Exception;
    }

    private JsonObject in(String what, String workingDir, ToolContext context, InRepository work)
            throws ToolException, InterruptedException {
        Path top = roots.existing(workingDir);
        return worker.run(what + " in " + top, top, context, progress -> {
            try (Git git = SafeRepository.open(top)) {
                return work.run(git, progress);
            }
        });
    }

    /**
     * Clones a repository.
     *
     * @param repoUrl its https address or its path
     * @param directory where to put it
     * @param context the call
     * @return {@code directory}, {@code branch} and {@code commit}
     * @throws ToolException if it is not cloned
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value = "Clones a repository into a new or empty folder. Returns {directory, branch, commit}.",
            timeoutSeconds = LONG)
    public JsonObject clone(
            @ToolParam("https address, or the path of a repository in the node's git folders.") String repoUrl,
            @ToolParam("Where to put it; relative ones begin in the node's first git folder.") String directory,
            ToolContext context)
            throws ToolException, InterruptedException {
        Path target = roots.possible(directory);
        return worker.run(
                "Cloning " + Failures.shown(repoUrl),
                target,
                context,
                progress -> remote.clone(repoUrl, target, progress));
    }

    /**
     * Fetches the upstream branch and merges it into the one checked out.
     *
     * @param workingDir the repository
     * @param context the call
     * @return {@code branch}, {@code result} and {@code commit}
     * @throws ToolException if it fails; after conflicts its message names the files
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Fetches the current branch from its remote and merges it. Returns {branch, result, commit}; names the files where"
                            + " there are conflicts.",
            timeoutSeconds = LONG)
    public JsonObject pull(@ToolParam(DIRECTORY) String workingDir, ToolContext context)
            throws ToolException, InterruptedException {
        return in("Pulling", workingDir, context, remote::pull);
    }

    /**
     * Pushes the branch that is checked out. Never forces.
     *
     * @param workingDir the repository
     * @param context the call
     * @return {@code branch}, {@code to}, {@code result} and {@code commit}
     * @throws ToolException if the other side refuses it
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value = "Pushes the current branch to its remote, never by force. Returns {branch, to, result, commit}.",
            sensitive = true,
            timeoutSeconds = LONG)
    public JsonObject push(@ToolParam(DIRECTORY) String workingDir, ToolContext context)
            throws ToolException, InterruptedException {
        return in("Pushing", workingDir, context, remote::push);
    }

    /**
     * Says what differs from the last commit and from upstream.
     *
     * @param workingDir the repository
     * @param context the call
     * @return lists of file names, the branch, and how far it is ahead of and behind its upstream
     * @throws ToolException if there is no such repository
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Says which branch is checked out, how far it is ahead of or behind its remote, and which files are new, changed,"
                            + " deleted or in conflict.",
            timeoutSeconds = SHORT)
    public JsonObject status(@ToolParam(DIRECTORY) String workingDir, ToolContext context)
            throws ToolException, InterruptedException {
        return in("Looking at the status", workingDir, context, (git, progress) -> LocalWork.status(git));
    }

    /**
     * Lists the files under version control.
     *
     * @param workingDir the repository
     * @param context the call
     * @return {@code files}, {@code count} and whether the list was {@code truncated}
     * @throws ToolException if there is no such repository
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(value = "Lists the files under version control.", timeoutSeconds = SHORT)
    public JsonObject lsFiles(@ToolParam(DIRECTORY) String workingDir, ToolContext context)
            throws ToolException, InterruptedException {
        return in("Listing the files", workingDir, context, (git, progress) -> LocalWork.files(git));
    }

    /**
     * Commits everything that differs, new and deleted files included. Concludes a merge whose conflicts are resolved.
     *
     * @param workingDir the repository
     * @param message why
     * @param context the call
     * @return {@code branch}, {@code commit} and {@code files}
     * @throws ToolException if there is nothing to commit, or conflict markers are left
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Commits all changes, new and deleted files included; concludes a merge whose conflicts were edited away. Returns"
                            + " {branch, commit, files}.",
            timeoutSeconds = SHORT)
    public JsonObject commit(
            @ToolParam(DIRECTORY) String workingDir,
            @ToolParam("Why it was changed.") String message,
            ToolContext context)
            throws ToolException, InterruptedException {
        return in("Committing", workingDir, context, (git, progress) -> commits.commitAll(git, message));
    }

    /**
     * Makes a branch at the commit that is checked out.
     *
     * @param workingDir the repository
     * @param branchName its name
     * @param context the call
     * @return {@code branch}, {@code commit} and what is {@code checked_out}
     * @throws ToolException if the name cannot be had
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Makes a branch at the current commit, without going to it (checkout does). Returns {branch, commit, checked_out}.",
            timeoutSeconds = SHORT)
    public JsonObject branch(
            @ToolParam(DIRECTORY) String workingDir,
            @ToolParam("Name of the new branch.") String branchName,
            ToolContext context)
            throws ToolException, InterruptedException {
        return in("Making a branch", workingDir, context, (git, progress) -> LocalWork.branch(git, branchName));
    }

    /**
     * Goes to a branch, tag or commit. Overwrites nothing that is not committed.
     *
     * @param workingDir the repository
     * @param branchName a branch here or at the remote, a tag or a commit
     * @param context the call
     * @return {@code branch}, {@code detached} and {@code commit}
     * @throws ToolException if it does not exist, or files are in the way
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Goes to a branch (one that only the remote has is made here), tag or commit. Returns {branch, detached, commit}.",
            timeoutSeconds = SHORT)
    public JsonObject checkout(
            @ToolParam(DIRECTORY) String workingDir,
            @ToolParam("Branch, tag or commit.") String branchName,
            ToolContext context)
            throws ToolException, InterruptedException {
        return in("Checking out", workingDir, context, (git, progress) -> LocalWork.checkout(git, branchName));
    }

    /**
     * Merges a branch into the one that is checked out.
     *
     * @param workingDir the repository
     * @param branchName a branch here or at the remote, a tag or a commit
     * @param context the call
     * @return {@code branch}, {@code result} and {@code commit}
     * @throws ToolException if it fails; after conflicts its message names the files
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Merges a branch into the current one. Returns {branch, result, commit}; names the files where there are conflicts.",
            timeoutSeconds = SHORT)
    public JsonObject merge(
            @ToolParam(DIRECTORY) String workingDir,
            @ToolParam("Branch, tag or commit to merge.") String branchName,
            ToolContext context)
            throws ToolException, InterruptedException {
        return in(
                "Merging",
                workingDir,
                context,
                (git, progress) -> commits.merge(git, branchName, Names.commit(git, branchName), progress));
    }

    /**
     * Gives up a merge: every file is as in the last commit again.
     *
     * @param workingDir the repository
     * @param context the call
     * @return the status afterwards
     * @throws ToolException if no merge is under way
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Gives up a merge that met conflicts: all files become those of the last commit again, uncommitted changes are lost.",
            sensitive = true,
            timeoutSeconds = SHORT)
    public JsonObject abortMerge(@ToolParam(DIRECTORY) String workingDir, ToolContext context)
            throws ToolException, InterruptedException {
        return in("Giving up the merge", workingDir, context, (git, progress) -> LocalWork.abortMerge(git));
    }

    /**
     * Compares two commits.
     *
     * @param workingDir the repository
     * @param commit1 the earlier one
     * @param commit2 the later one
     * @param context the call
     * @return {@code files}, {@code patch} (unified) and whether that was {@code truncated}
     * @throws ToolException if one of them does not exist
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value = "Shows what changed from one commit to another. Returns {files, patch, truncated}.",
            timeoutSeconds = SHORT)
    public JsonObject diff(
            @ToolParam(DIRECTORY) String workingDir,
            @ToolParam("The earlier one: a branch, tag, commit id or 'HEAD~1'.") String commit1,
            @ToolParam("The later one, such as 'HEAD'.") String commit2,
            ToolContext context)
            throws ToolException, InterruptedException {
        return in("Comparing", workingDir, context, (git, progress) -> LocalWork.diff(git, commit1, commit2));
    }
}
