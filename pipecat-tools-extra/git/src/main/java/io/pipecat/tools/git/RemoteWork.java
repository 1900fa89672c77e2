package io.pipecat.tools.git;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.lib.SubmoduleConfig.FetchRecurseSubmodulesMode;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.URIish;

/** What involves another repository. */
final class RemoteWork {
    private final Remotes remotes;
    private final Commits commits;

    RemoteWork(Remotes remotes, Commits commits) {
        this.remotes = remotes;
        this.commits = commits;
    }

    JsonObject clone(String url, Path directory, Worker.Progress progress)
            throws GitAPIException, IOException, ToolException {
        refuseInsideGitDir(directory);
        String source = remotes.resolve(url);
        checkEmpty(directory);
        try (Git git = remotes.guarded(Git.cloneRepository(), directory)
                .setURI(source)
                .setDirectory(directory.toFile())
                .setFs(new NoExecution())
                .setCloneSubmodules(false)
                .setProgressMonitor(progress)
                .call()) {
            return JsonObject.builder()
                    .put("directory", directory.toString())
                    .put("branch", Names.branch(git))
                    .put("commit", Names.head(git))
                    .build();
        }
    }

    /** What is cloned would become the configuration of a repository, and a person's git runs the programs that stand there. */
    private static void refuseInsideGitDir(Path directory) throws ToolException {
        for (Path name : directory) {
            if (name.toString().equalsIgnoreCase(Constants.DOT_GIT)) {
                throw ToolException.failed(
                        directory + " is in the .git folder of a repository: name a folder outside of it.");
            }
        }
    }

    private static void checkEmpty(Path directory) throws IOException, ToolException {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw ToolException.failed(directory + " is a file: name a folder that is new or empty.");
        }
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                throw ToolException.failed(directory + " is not empty: name a folder that is new or empty.");
            }
        }
    }

    /**
     * Where a branch comes from and goes to.
     *
     * @param remote the remote's name
     * @param branch the full name of the branch there
     */
    private record Upstream(String remote, String branch) {}

    private Upstream upstream(Git git, String branch, boolean push) throws IOException, ToolException {
        StoredConfig config = git.getRepository().getConfig();
        if (!Names.hasBranch(git, branch) && !Names.head(git).isEmpty()) {
            throw ToolException.failed("No branch is checked out (HEAD is detached): checkout a branch first.");
        }
        BranchConfig own = new BranchConfig(config, branch);
        String remote = own.getRemote() == null ? Constants.DEFAULT_REMOTE_NAME : own.getRemote();
        String merge = own.getMerge() == null ? Constants.R_HEADS + branch : own.getMerge();
        checkRemote(config, remote, push, top(git));
        return new Upstream(remote, merge);
    }

    private static Path top(Git git) {
        return git.getRepository().getWorkTree().toPath();
    }

    private void checkRemote(StoredConfig config, String name, boolean push, Path top) throws ToolException {
        try {
            RemoteConfig remote = new RemoteConfig(config, name);
            if (remote.getURIs().isEmpty()) {
                throw ToolException.failed("This repository has no remote '" + Failures.shown(name)
                        + "' to exchange commits with: it was not cloned from anywhere.");
            }
            for (URIish uri : remote.getURIs()) {
                remotes.check(uri, top);
            }
            for (URIish uri : push ? remote.getPushURIs() : List.<URIish>of()) {
                remotes.check(uri, top);
            }
        } catch (URISyntaxException e) {
            throw ToolException.failed("The remote '" + Failures.shown(name) + "' has an address that makes no sense: "
                    + Failures.reason(e) + ".");
        }
    }

    JsonObject pull(Git git, Worker.Progress progress) throws GitAPIException, IOException, ToolException {
        Upstream upstream = upstream(git, Names.branch(git), false);
        FetchResult fetched = remotes.guarded(git.fetch(), top(git))
                .setRemote(upstream.remote())
                .setRecurseSubmodules(FetchRecurseSubmodulesMode.NO)
                .setProgressMonitor(progress)
                .call();
        Ref there = fetched.getAdvertisedRef(upstream.branch());
        if (there == null || there.getObjectId() == null) {
            throw ToolException.failed("The remote '" + upstream.remote() + "' has no branch '" + shortName(upstream)
                    + "' to pull; push makes it there.");
        }
        return commits.merge(git, upstream.remote() + "/" + shortName(upstream), there.getObjectId(), progress);
    }

    private static String shortName(Upstream upstream) {
        return upstream.branch().replaceFirst("^refs/heads/", "");
    }

    JsonObject push(Git git, Worker.Progress progress) throws GitAPIException, IOException, ToolException {
        String branch = Names.branch(git);
        if (Names.head(git).isEmpty()) {
            throw ToolException.failed("There is no commit to push: commit first.");
        }
        Upstream upstream = upstream(git, branch, true);
        Iterable<PushResult> results = remotes.guarded(git.push(), top(git))
                .setRemote(upstream.remote())
                .setRefSpecs(new RefSpec(Constants.R_HEADS + branch + ":" + upstream.branch()))
                .setForce(false)
                .setProgressMonitor(progress)
                .call();
        boolean moved = false;
        for (PushResult result : results) {
            for (RemoteRefUpdate update : result.getRemoteUpdates()) {
                moved |= check(update, branch, upstream);
            }
        }
        track(git, branch, upstream);
        return JsonObject.builder()
                .put("branch", branch)
                .put("to", upstream.remote() + "/" + shortName(upstream))
                .put("result", moved ? "pushed" : "already up to date")
                .put("commit", Names.head(git))
                .build();
    }

    private static boolean check(RemoteRefUpdate update, String branch, Upstream upstream) throws ToolException {
        String where = upstream.remote() + "/" + shortName(upstream);
        return switch (update.getStatus()) {
            case OK -> true;
            case UP_TO_DATE -> false;
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
                throw ToolException.failed("Nothing was pushed: " + where + " has commits that '" + branch
                        + "' does not have. Pull first, then push again.");
            default ->
                throw ToolException.failed("Nothing was pushed: " + where + " refused it (" + update.getStatus()
                        + (update.getMessage() == null ? "" : ": " + Failures.shown(update.getMessage())) + ").");
        };
    }

    /** So that the next status and pull know where the branch belongs. */
    private static void track(Git git, String branch, Upstream upstream) throws IOException {
        StoredConfig config = git.getRepository().getConfig();
        if (new BranchConfig(config, branch).getMerge() == null) {
            String section = ConfigConstants.CONFIG_BRANCH_SECTION;
            config.setString(section, branch, ConfigConstants.CONFIG_KEY_REMOTE, upstream.remote());
            config.setString(section, branch, ConfigConstants.CONFIG_KEY_MERGE, upstream.branch());
            config.save();
        }
    }
}
