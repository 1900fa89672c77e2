package io.pipecat.tools.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.tool.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What repositories, paths and addresses try, and what must not come of it. */
class NoWayOutTest {
    @TempDir
    Path folder;

    private Path root;
    private Path outside;
    private Path work;
    private Tool tool;

    @BeforeEach
    void repositories() throws Exception {
        folder = folder.toRealPath();
        root = Files.createDirectory(folder.resolve("root"));
        outside = Files.createDirectory(folder.resolve("outside"));
        RealGit.origin(outside);
        Path origin = RealGit.origin(root);
        tool = Calls.tool(Calls.settings(root));
        Calls.call(tool, "clone", "repo_url", origin.toString(), "directory", "work");
        work = root.resolve("work");
    }

    private void assertRefused(String part, String method, String... arguments) {
        String message = Calls.failure(tool, method, arguments);
        assertTrue(message.contains(part), message);
    }

    @Test
    void withoutRootsNothingGoes() {
        Tool nowhere = Calls.tool(Calls.settings());
        String message = Calls.failure(nowhere, "status", "working_dir", work.toString());
        assertTrue(message.contains("GIT_ROOTS"), message);
    }

    @Test
    void pathsOutsideAreRefused() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), outside);
        for (String path : List.of(
                "..", "../outside/seed", outside.resolve("seed").toString(), "link/seed", "work/../../outside")) {
            assertRefused("is outside the folders", "status", "working_dir", path);
            assertRefused("is outside the folders", "clone", "repo_url", "origin.git", "directory", path + "/new");
            assertRefused("is outside the folders", "clone", "repo_url", path, "directory", "new");
        }
        assertRefused("is outside the folders", "status", "working_dir", "/nonexistent/x");
        assertRefused("There is no ", "status", "working_dir", "nothing");
        assertRefused("not the top folder", "status", "working_dir", ".");
        assertFalse(Files.exists(outside.resolve("new")));
        assertFalse(Files.exists(root.resolve("new")));
    }

    @Test
    void otherAddressesAreRefused() {
        for (String url : List.of("git@example.org:a/b.git", "ssh://example.org/a", "host:path")) {
            assertRefused("SSH", "clone", "repo_url", url, "directory", "new");
        }
        for (String url :
                List.of("ext::sh -c date", "git://example.org/a", "ftp://example.org/a", "--upload-pack=x", "")) {
            assertRefused("no address", "clone", "repo_url", url, "directory", "new");
        }
        assertRefused("not encrypted", "clone", "repo_url", "http://example.org/a", "directory", "new");
        assertRefused("holds a user name", "clone", "repo_url", "https://me:pw@example.org/a", "directory", "new");
        assertFalse(Calls.failure(tool, "clone", "repo_url", "https://me:hunter2@example.org/a", "directory", "new")
                .contains("hunter2"));
        assertRefused(
                "is outside the folders",
                "clone",
                "repo_url",
                "file://" + outside.resolve("origin.git"),
                "directory",
                "new");
    }

    @Test
    void anAddressInTheConfigurationIsCheckedToo() throws Exception {
        RealGit.git(
                work,
                "config",
                "remote.origin.url",
                outside.resolve("origin.git").toString());
        assertRefused("is outside the folders", "pull", "working_dir", "work");
        assertRefused("is outside the folders", "push", "working_dir", "work");
        RealGit.git(work, "config", "remote.origin.url", "ext::touch " + root.resolve("ran"));
        assertRefused("", "pull", "working_dir", "work");
        RealGit.git(
                work, "config", "remote.origin.url", root.resolve("origin.git").toString());
        RealGit.git(work, "config", "url." + outside + "/.insteadOf", root + "/");
        assertRefused("is outside the folders", "pull", "working_dir", "work");
        RealGit.git(work, "config", "--remove-section", "url." + outside + "/");
        RealGit.git(
                work,
                "config",
                "remote.origin.pushurl",
                outside.resolve("origin.git").toString());
        assertRefused("is outside the folders", "push", "working_dir", "work");
        assertFalse(Files.exists(root.resolve("ran")));
    }

    @Test
    void aStepBackFromALinkLeadsWhereTheSystemSaysNotTheLetters() throws Exception {
        Files.createSymbolicLink(work.resolve("out"), outside.resolve("seed"));
        for (Path decoy : List.of(root, work)) {
            if (!Files.exists(decoy.resolve("origin.git"))) {
                RealGit.git(root, "clone", "-q", "--bare", "seed", decoy + "/origin.git");
            }
        }
        assertRefused(
                "is outside the folders",
                "clone",
                "repo_url",
                "file://" + work + "/out/../origin.git",
                "directory",
                "new");
        assertFalse(Files.exists(root.resolve("new")));
        for (String url : List.of("out/../origin.git", work + "/out/../origin.git")) {
            RealGit.git(work, "config", "remote.origin.url", url);
            assertRefused("is outside the folders", "pull", "working_dir", "work");
            assertRefused("is outside the folders", "push", "working_dir", "work");
        }
    }

    @Test
    void nothingIsClonedIntoAGitFolder() throws Exception {
        Files.createDirectory(root.resolve("project"));
        for (String directory : List.of("project/.git", "project/.GIT/x", "work/.git/hooks/new")) {
            assertRefused("in the .git folder", "clone", "repo_url", "origin.git", "directory", directory);
            assertFalse(Files.exists(root.resolve(directory)));
        }
    }

    @Test
    void aRelativeAddressBeginsInItsRepository() throws Exception {
        RealGit.git(work, "config", "remote.origin.url", "../origin.git");
        RealGit.commit(root.resolve("seed"), "c.txt", "c\n", "c");
        RealGit.git(root.resolve("seed"), "push", "-q", "origin", "main");
        Calls.call(tool, "pull", "working_dir", "work");
        assertTrue(Files.exists(work.resolve("c.txt")));
    }

    @Test
    void whatLooksLikeTwoRepositoriesIsCheckedAsBoth() throws Exception {
        RealGit.git(work, "config", "core.worktree", outside.toString());
        Files.writeString(work.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.createDirectory(work.resolve("objects"));
        assertRefused("core.worktree", "clone", "repo_url", "work", "directory", "new");
    }

    @Test
    void programsNamedForTheOtherSideNeverRun() throws Exception {
        Path ran = root.resolve("ran");
        for (String pack : List.of("uploadpack", "receivepack")) {
            RealGit.git(work, "config", "remote.origin." + pack, "touch " + ran + "; git-upload-pack");
        }
        assertRefused("this tool runs none", "pull", "working_dir", "work");
        Files.writeString(work.resolve("b.txt"), "b\n");
        Calls.call(tool, "commit", "working_dir", "work", "message", "b");
        Calls.call(tool, "push", "working_dir", "work");
        assertFalse(Files.exists(ran));
    }

    @Test
    void hooksNeverRun() throws Exception {
        Path ran = root.resolve("ran");
        for (Path hooks : List.of(work.resolve(".git/hooks"), root.resolve("origin.git/hooks"))) {
            Files.createDirectories(hooks);
            for (String hook : List.of(
                    "pre-commit",
                    "prepare-commit-msg",
                    "commit-msg",
                    "post-commit",
                    "post-checkout",
                    "post-merge",
                    "pre-push",
                    "pre-receive",
                    "update",
                    "post-receive",
                    "post-update")) {
                Path file = hooks.resolve(hook);
                Files.writeString(file, "#!/bin/sh\ntouch " + ran + "\nexit 1\n");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        Files.writeString(work.resolve("b.txt"), "b\n");
        Calls.call(tool, "commit", "working_dir", "work", "message", "b");
        Calls.call(tool, "push", "working_dir", "work");
        Calls.call(tool, "branch", "working_dir", "work", "branch_name", "x");
        Calls.call(tool, "checkout", "working_dir", "work", "branch_name", "x");
        Calls.call(tool, "merge", "working_dir", "work", "branch_name", "main");
        assertFalse(Files.exists(ran));
    }

    @Test
    void filtersNeverRunAndAreNotPassedOverInSilence() throws Exception {
        Path ran = root.resolve("ran");
        RealGit.git(work, "config", "filter.evil.clean", "touch " + ran + "; cat");
        RealGit.git(work, "config", "filter.evil.smudge", "touch " + ran + "; cat");
        Files.writeString(work.resolve(".gitattributes"), "*.txt filter=evil\n");
        Files.writeString(work.resolve("b.txt"), "b\n");
        assertRefused("this tool runs none", "commit", "working_dir", "work", "message", "b");
        assertFalse(Files.exists(ran));
    }

    @Test
    void repositoriesThatLeadElsewhereAreRefused() throws Exception {
        RealGit.git(work, "worktree", "add", "-q", "../second");
        assertRefused("is a file or a link", "status", "working_dir", "second");

        Path linked = Files.createDirectory(root.resolve("linked"));
        Files.createSymbolicLink(linked.resolve(".git"), outside.resolve("seed/.git"));
        assertRefused("is a file or a link", "status", "working_dir", "linked");

        RealGit.git(root, "clone", "-q", "--shared", "origin.git", "borrowing");
        assertRefused("alternates", "status", "working_dir", "borrowing");
        assertRefused("alternates", "clone", "repo_url", "borrowing", "directory", "new");

        RealGit.git(work, "config", "core.worktree", outside.toString());
        assertRefused("core.worktree", "status", "working_dir", "work");
        RealGit.git(work, "config", "--unset", "core.worktree");
        RealGit.git(
                work,
                "config",
                "include.path",
                outside.resolve("seed/.git/config").toString());
        assertRefused("it includes", "status", "working_dir", "work");
        RealGit.git(work, "config", "--remove-section", "include");
        RealGit.git(work, "config", "http.cookieFile", "/etc/hostname");
        assertRefused("[http]", "status", "working_dir", "work");
        RealGit.git(work, "config", "--remove-section", "http");
        Calls.call(tool, "status", "working_dir", "work");

        Path objects = work.resolve(".git/objects");
        Files.move(objects, outside.resolve("objects"));
        Files.createSymbolicLink(objects, outside.resolve("objects"));
        assertRefused("symbolic link", "status", "working_dir", "work");
    }

    @Test
    void linksInTheWorkTreeAreKeptAsLinksAndNeverFollowed() throws Exception {
        Files.writeString(outside.resolve("secret"), "secret\n");
        Files.createSymbolicLink(work.resolve("out"), outside);
        Calls.call(tool, "commit", "working_dir", "work", "message", "a link");
        assertEquals("a.txt\nout", RealGit.git(work, "ls-files"));
        assertEquals(outside.toString(), RealGit.git(work, "show", "HEAD:out"));
    }

    @Test
    void aCheckoutDoesNotWriteThroughALink() throws Exception {
        Path seed = root.resolve("seed");
        RealGit.git(seed, "checkout", "-q", "-b", "evil");
        Files.createDirectory(seed.resolve("out"));
        RealGit.commit(seed, "out/written", "x\n", "a folder where a link is");
        RealGit.git(seed, "push", "-q", "-u", "origin", "evil");
        Calls.call(tool, "pull", "working_dir", "work");
        Files.createSymbolicLink(work.resolve("out"), outside);
        String message = Calls.failure(tool, "checkout", "working_dir", "work", "branch_name", "evil");
        assertTrue(message.startsWith("Nothing was changed"), message);
        Calls.failure(tool, "merge", "working_dir", "work", "branch_name", "origin/evil");
        assertFalse(Files.exists(outside.resolve("written")));
    }

    @Test
    void theUsersConfigurationIsNotRead() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve(".gitconfig"), "[core]\n\texcludesFile = " + home.resolve("ignored") + "\n");
        Files.createDirectories(home.resolve(".config/git"));
        Files.writeString(home.resolve(".config/git/ignore"), "b.txt\n");
        Files.writeString(home.resolve("ignored"), "b.txt\n");
        String before = System.getProperty("user.home");
        System.setProperty("user.home", home.toString());
        try {
            Files.writeString(work.resolve("b.txt"), "b\n");
            assertTrue(
                    Calls.call(tool, "status", "working_dir", "work").toString().contains("\"untracked\":[\"b.txt\"]"));
        } finally {
            System.setProperty("user.home", before);
        }
    }
}
