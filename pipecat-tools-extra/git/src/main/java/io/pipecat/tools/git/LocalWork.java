package io.pipecat.tools.git;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.eclipse.jgit.api.CreateBranchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.CheckoutConflictException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.BranchTrackingStatus;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RepositoryState;

/** What happens within one repository. */
final class LocalWork {
    private static final int MOST_FILES = 5000;
    private static final int LONGEST_PATCH = 128 * 1024;
    private static final int LARGEST_DIFFED = 5 * 1024 * 1024;

    private LocalWork() {}

    static JsonObject status(Git git) throws GitAPIException, IOException {
        Status status = Commits.status(git);
        JsonObject.Builder result = JsonObject.builder()
                .put("branch", Names.branch(git))
                .put("commit", Names.head(git))
                .put("clean", JsonBool.of(status.isClean()))
                .put("state", stateOf(git));
        BranchTrackingStatus tracking = BranchTrackingStatus.of(git.getRepository(), Names.branch(git));
        if (tracking != null) {
            result.put("upstream", tracking.getRemoteTrackingBranch().replaceFirst("^refs/remotes/", ""))
                    .put("ahead", tracking.getAheadCount())
                    .put("behind", tracking.getBehindCount());
        }
        return result.put("staged_new", names(status.getAdded()))
                .put("staged_changed", names(status.getChanged()))
                .put("staged_deleted", names(status.getRemoved()))
                .put("modified", names(status.getModified()))
                .put("deleted", names(status.getMissing()))
                .put("untracked", names(status.getUntracked()))
                .put("conflicting", names(status.getConflicting()))
                .build();
    }

    private static String stateOf(Git git) {
        RepositoryState state = git.getRepository().getRepositoryState();
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static JsonArray names(Collection<String> names) {
        List<String> shown = new TreeSet<>(names).stream().limit(MOST_FILES).toList();
        return JsonArray.ofStrings(shown);
    }

    static JsonObject files(Git git) throws IOException {
        DirCache index = git.getRepository().readDirCache();
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < index.getEntryCount(); i++) {
            names.add(index.getEntry(i).getPathString());
        }
        return JsonObject.builder()
                .put("files", names(names))
                .put("count", names.size())
                .put("truncated", JsonBool.of(names.size() > MOST_FILES))
                .build();
    }

    static JsonObject branch(Git git, String name) throws GitAPIException, IOException, ToolException {
        Names.checkBranchName(name);
        if (Names.head(git).isEmpty()) {
            throw ToolException.failed("There is no commit yet that a branch could begin at: commit first.");
        }
        if (Names.hasBranch(git, name)) {
            throw ToolException.failed("There is a branch '" + name + "' already; checkout goes to it.");
        }
        git.branchCreate().setName(name).call();
        return JsonObject.builder()
                .put("branch", name)
                .put("commit", Names.head(git))
                .put("checked_out", Names.branch(git))
                .build();
    }

    static JsonObject checkout(Git git, String name) throws GitAPIException, IOException, ToolException {
        try {
            if (Names.hasBranch(git, name)) {
                git.checkout().setName(name).call();
            } else {
                List<Ref> remote = Names.remoteBranches(git, name);
                if (remote.size() == 1) {
                    Names.checkBranchName(name);
                    git.checkout()
                            .setName(name)
                            .setCreateBranch(true)
                            .setStartPoint(remote.getFirst().getName())
                            .setUpstreamMode(CreateBranchCommand.SetupUpstreamMode.TRACK)
                            .call();
                } else {
                    git.checkout().setName(Names.commit(git, name).getName()).call();
                }
            }
        } catch (CheckoutConflictException e) {
            throw Commits.inTheWay(name, e.getConflictingPaths());
        }
        String full = git.getRepository().getFullBranch();
        return JsonObject.builder()
                .put("branch", Names.branch(git))
                .put("detached", JsonBool.of(full == null || !full.startsWith("refs/")))
                .put("commit", Names.head(git))
                .build();
    }

    static JsonObject abortMerge(Git git) throws GitAPIException, IOException, ToolException {
        RepositoryState state = git.getRepository().getRepositoryState();
        if (state != RepositoryState.MERGING && state != RepositoryState.MERGING_RESOLVED) {
            throw ToolException.failed("No merge is under way.");
        }
        git.reset().setMode(ResetCommand.ResetType.HARD).call();
        return status(git);
    }

    static JsonObject diff(Git git, String from, String to) throws IOException, ToolException {
        CappedOutput patch = new CappedOutput(LONGEST_PATCH);
        try (DiffFormatter formatter = new DiffFormatter(patch)) {
            formatter.setRepository(git.getRepository());
            formatter.setDetectRenames(true);
            formatter.setBinaryFileThreshold(LARGEST_DIFFED);
            List<DiffEntry> entries = formatter.scan(Names.commit(git, from), Names.commit(git, to));
            JsonArray files = JsonArray.ofStrings(
                    entries.stream().limit(MOST_FILES).map(LocalWork::shown).toList());
            try {
                formatter.format(entries);
                formatter.flush();
            } catch (CappedOutput.Full e) {
                // What fits is there.
                return diff(files, patch);
            }
            return diff(files, patch);
        }
    }

    private static JsonObject diff(JsonArray files, CappedOutput patch) {
        return JsonObject.builder()
                .put("files", files)
                .put("patch", patch.text())
                .put("truncated", JsonBool.of(patch.isFull()))
                .build();
    }

    private static String shown(DiffEntry entry) {
        String type = entry.getChangeType().name().toLowerCase(Locale.ROOT);
        return switch (entry.getChangeType()) {
            case ADD, MODIFY -> type + " " + entry.getNewPath();
            case DELETE -> type + " " + entry.getOldPath();
            case COPY, RENAME -> type + " " + entry.getOldPath() + " -> " + entry.getNewPath();
        };
    }
}
