package io.pipecat.tools.git;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.MergeResult;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.CheckoutConflictException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RepositoryState;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.submodule.SubmoduleWalk;

/** Makes commits, by hand and by merging, in the name that the settings give. */
final class Commits {
    private static final int MOST_NAMES = 20;

    private final GitSettings settings;

    Commits(GitSettings settings) {
        this.settings = settings;
    }

    static Status status(Git git) throws GitAPIException {
        // Submodules are repositories elsewhere.
        return git.status()
                .setIgnoreSubmodules(SubmoduleWalk.IgnoreSubmoduleMode.ALL)
                .call();
    }

    JsonObject commitAll(Git git, String message) throws GitAPIException, IOException, ToolException {
        if (message.isBlank()) {
            throw ToolException.failed("A commit needs a message that says why.");
        }
        checkResolved(git);
        git.add().setAll(true).addFilepattern(".").call();
        Status staged = status(git);
        Set<String> files = new TreeSet<>(staged.getAdded());
        files.addAll(staged.getChanged());
        files.addAll(staged.getRemoved());
        if (files.isEmpty() && git.getRepository().getRepositoryState() == RepositoryState.SAFE) {
            throw ToolException.failed("There is nothing to commit: no file differs from the last commit.");
        }
        return JsonObject.builder()
                .put("branch", Names.branch(git))
                .put("commit", commit(git, message).getName())
                .put("files", JsonArray.ofStrings(List.copyOf(files)))
                .build();
    }

    private RevCommit commit(Git git, String message) throws GitAPIException {
        return git.commit()
                .setMessage(message)
                .setAuthor(settings.authorName(), settings.authorEmail())
                .setCommitter(settings.authorName(), settings.authorEmail())
                .setNoVerify(true)
                .setSign(false)
                .call();
    }

    private static void checkResolved(Git git) throws GitAPIException, IOException, ToolException {
        Path top = git.getRepository().getWorkTree().toPath();
        Set<String> marked = new TreeSet<>();
        for (String name : status(git).getConflicting()) {
            if (hasMarkers(top.resolve(name))) {
                marked.add(name);
            }
        }
        if (!marked.isEmpty()) {
            throw ToolException.failed("Nothing was committed: there still are conflict markers (<<<<<<<) in "
                    + list(marked) + ". Edit them, then commit again; or abort_merge.");
        }
    }

    private static boolean hasMarkers(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), StandardCharsets.ISO_8859_1))) {
            return lines.lines().anyMatch(line -> line.startsWith("<<<<<<< "));
        }
    }

    /** Merges, and commits what was merged without conflict. */
    JsonObject merge(Git git, String name, ObjectId id, Worker.Progress progress)
            throws GitAPIException, IOException, ToolException {
        String into = Names.branch(git);
        if (git.getRepository().getRepositoryState() != RepositoryState.SAFE) {
            throw ToolException.failed("A merge is under way already: commit it, or abort_merge.");
        }
        MergeResult result;
        try {
            result = git.merge()
                    .include(name, id)
                    .setFastForward(MergeCommand.FastForwardMode.FF)
                    .setCommit(false)
                    .setProgressMonitor(progress)
                    .call();
        } catch (CheckoutConflictException e) {
            throw inTheWay(name, e.getConflictingPaths());
        }
        switch (result.getMergeStatus()) {
            case MERGED, MERGED_NOT_COMMITTED -> commit(git, "Merge '" + name + "' into " + into);
            case ALREADY_UP_TO_DATE, FAST_FORWARD -> {}
            case CONFLICTING ->
                throw ToolException.failed(
                        "Merging '" + name + "' into " + into + " met conflicts in "
                                + list(new TreeSet<>(result.getConflicts().keySet()))
                                + ". Both versions stand in these files between <<<<<<< and >>>>>>>. Edit them and commit, or abort_merge.");
            case CHECKOUT_CONFLICT -> throw inTheWay(name, result.getCheckoutConflicts());
            case FAILED -> throw inTheWay(name, result.getFailingPaths().keySet());
            default ->
                throw ToolException.failed("Merging '" + name + "' into " + into + " ended as '"
                        + result.getMergeStatus() + "', which this tool does not expect; look at the status.");
        }
        return JsonObject.builder()
                .put("branch", into)
                .put("result", result.getMergeStatus().isSuccessful() ? words(result.getMergeStatus()) : "failed")
                .put("commit", Names.head(git))
                .build();
    }

    private static String words(MergeResult.MergeStatus status) {
        return switch (status) {
            case ALREADY_UP_TO_DATE -> "already up to date";
            case FAST_FORWARD -> "fast-forward";
            default -> "merged";
        };
    }

    static ToolException inTheWay(String name, Collection<String> files) {
        return ToolException.failed("Nothing was changed: '" + name + "' would overwrite what is not committed in "
                + list(new TreeSet<>(files)) + ". Commit it first.");
    }

    static String list(Set<String> files) {
        String shown = String.join(", ", files.stream().limit(MOST_NAMES).toList());
        return files.size() <= MOST_NAMES ? shown : shown + " and " + (files.size() - MOST_NAMES) + " more";
    }
}
