package io.pipecat.tools.git;

import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Opens repositories that keep to themselves. What git offers to lead a repository elsewhere (a {@code .git} file, links, alternates, a
 * work tree or an include in its configuration) is refused rather than followed, since whoever wrote it may not be the person we work for.
 */
final class SafeRepository {
    private static final long LARGEST_CONFIG = 1024 * 1024;
    private static final List<String> NO_LINKS = List.of(
            "HEAD",
            "config",
            "index",
            "info",
            "info/exclude",
            "info/attributes",
            "logs",
            "logs/refs",
            "objects",
            "objects/info",
            "objects/pack",
            "packed-refs",
            "refs",
            "refs/heads",
            "refs/remotes",
            "refs/tags",
            "shallow",
            "MERGE_HEAD",
            "MERGE_MSG",
            "FETCH_HEAD",
            "ORIG_HEAD");
    private static final List<String> LEADING_ELSEWHERE =
            List.of("commondir", "gitdir", "objects/info/alternates", "objects/info/http-alternates");

    private SafeRepository() {}

    /** Opens the repository whose top folder this is; the caller closes it. */
    static Git open(Path top) throws ToolException {
        Path gitDir = top.resolve(".git");
        if (!Files.isDirectory(gitDir, LinkOption.NOFOLLOW_LINKS)) {
            throw ToolException.failed(
                    Files.exists(gitDir, LinkOption.NOFOLLOW_LINKS)
                            ? gitDir
                                    + " is a file or a link that leads to a repository elsewhere (a worktree, a submodule), which this"
                                    + " tool does not follow: work in a clone of its own."
                            : top + " is not the top folder of a git repository: it has no .git folder.");
        }
        check(gitDir);
        try {
            Repository repository = new FileRepositoryBuilder()
                    .setFS(new NoExecution())
                    .setGitDir(gitDir.toFile())
                    .setWorkTree(top.toFile())
                    .setMustExist(true)
                    .build();
            return Git.wrap(repository);
        } catch (IOException | RuntimeException e) {
            throw Failures.of("Opening the repository " + top, e);
        }
    }

    /** Checks what {@code .git} (or a bare repository) holds before anything in it is believed. */
    static void check(Path gitDir) throws ToolException {
        for (String name : NO_LINKS) {
            if (Files.isSymbolicLink(gitDir.resolve(name))) {
                throw refused(gitDir.resolve(name) + " is a symbolic link");
            }
        }
        for (String name : LEADING_ELSEWHERE) {
            if (Files.exists(gitDir.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw refused(gitDir.resolve(name) + " leads to another repository");
            }
        }
        checkConfig(gitDir.resolve("config"));
    }

    private static void checkConfig(Path file) throws ToolException {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST_CONFIG) {
                throw refused(file + " is no ordinary file");
            }
            FileBasedConfig config = new FileBasedConfig(null, file.toFile(), new NoExecution()) {
                @Override
                protected byte[] readIncludedConfig(String path) throws ConfigInvalidException {
                    throw new ConfigInvalidException("it includes " + path);
                }
            };
            config.load();
            for (String section : config.getSections()) {
                String name = section.toLowerCase(Locale.ROOT);
                if (name.startsWith("include") || name.equals("http")) {
                    throw refused(file + " has a section [" + name + "], which can name files outside it");
                }
            }
            if (config.getString("core", null, "worktree") != null) {
                throw refused(file + " puts the work tree elsewhere (core.worktree)");
            }
        } catch (IOException | ConfigInvalidException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED, file + " cannot be used: " + Failures.reason(e) + ".", e);
        }
    }

    private static ToolException refused(String what) {
        return ToolException.failed(
                "This repository is refused, because " + what + ". Clone it anew, or have a person look at it.");
    }
}
