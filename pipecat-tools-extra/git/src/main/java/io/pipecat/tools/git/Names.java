package io.pipecat.tools.git;

import io.pipecat.api.Nearest;
import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds what names mean in a repository. */
final class Names {
    private Names() {}

    /** The branch that is checked out; a commit id where none is. */
    static String branch(Git git) throws IOException {
        String branch = git.getRepository().getBranch();
        return branch == null ? "" : branch;
    }

    /** The commit that is checked out; empty before the first. */
    static String head(Git git) throws IOException {
        ObjectId head = git.getRepository().resolve(Constants.HEAD);
        return head == null ? "" : head.getName();
    }

    static List<String> branches(Git git) throws IOException {
        return git.getRepository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_REMOTES).stream()
                .map(ref -> Repository.shortenRefName(ref.getName()))
                .toList();
    }

    static void checkBranchName(String name) throws ToolException {
        if (name.startsWith("-") || !Repository.isValidRefName(Constants.R_HEADS + name)) {
            throw ToolException.failed("'" + Failures.shown(name)
                    + "' is no name for a branch: letters, digits, '-', '_', '.' and '/', such as 'fix/door-sensor'.");
        }
    }

    static ObjectId commit(Git git, String name) throws IOException, ToolException {
        ObjectId id;
        try {
            // "origin/main", "v1.0", "HEAD~2" or the beginning of an id.
            id = name.isBlank() ? null : git.getRepository().resolve(name + "^{commit}");
        } catch (IllegalArgumentException e) {
            id = null;
        }
        if (id == null) {
            throw unknown(git, name);
        }
        try (RevWalk walk = new RevWalk(git.getRepository())) {
            RevCommit commit = walk.parseCommit(id);
            return commit.getId();
        }
    }

    static boolean hasBranch(Git git, String name) throws IOException {
        return git.getRepository().exactRef(Constants.R_HEADS + name) != null;
    }

    /** The one remote branch of that name. */
    static List<Ref> remoteBranches(Git git, String name) throws IOException {
        return git.getRepository().getRefDatabase().getRefsByPrefix(Constants.R_REMOTES).stream()
                .filter(ref -> name.equals(git.getRepository().shortenRemoteBranchName(ref.getName())))
                .toList();
    }

    static ToolException unknown(Git git, String name) throws IOException {
        List<String> branches = branches(git);
        return ToolException.failed("This repository has no branch, tag or commit '" + Failures.shown(name) + "'."
                + Nearest.hint(name, branches) + " Its branches: "
                + (branches.isEmpty()
                        ? "none yet"
                        : String.join(", ", branches.stream().limit(30).toList())) + ".");
    }
}
