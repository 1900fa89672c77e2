package io.pipecat.tools.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tool does, as the real git sees it. */
class GitToolTest {
    @TempDir
    Path root;

    private Path origin;
    private Path seed;
    private Path work;
    private Tool tool;

    @BeforeEach
    void cloned() throws Exception {
        root = root.toRealPath();
        origin = RealGit.origin(root);
        seed = root.resolve("seed");
        work = root.resolve("work");
        tool = Calls.tool(Calls.settings(root));
        Calls.call(tool, "clone", "repo_url", origin.toString(), "directory", "work");
    }

    private JsonObject call(String method, String... arguments) throws Exception {
        return Calls.call(tool, method, with(arguments));
    }

    private String failure(String method, String... arguments) {
        return Calls.failure(tool, method, with(arguments));
    }

    private static String[] with(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "working_dir";
        all[1] = "work";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return all;
    }

    private static List<String> list(JsonObject object, String name) {
        return object.array(name).orElseThrow().elements().stream()
                .map(value -> value.toString().replace("\"", ""))
                .toList();
    }

    @Test
    void pushAndAbortMergeAreSensitive() {
        assertEquals(
                List.of("abort_merge", "push"),
                tool.spec().methods().stream()
                        .filter(MethodSpec::sensitive)
                        .map(MethodSpec::name)
                        .toList());
    }

    @Test
    void whatItClonesIsWhatGitSees() throws Exception {
        assertEquals("one\ntwo\nthree\n", Files.readString(work.resolve("a.txt")));
        assertEquals("", RealGit.git(work, "status", "--porcelain"));
        assertEquals(
                RealGit.git(seed, "rev-parse", "HEAD"),
                call("status").string("commit").orElseThrow());
        RealGit.git(work, "fsck", "--strict");
    }

    @Test
    void whatItCommitsAndPushesGitCanPull() throws Exception {
        Files.writeString(work.resolve("grün.txt"), "neu\n");
        Files.writeString(work.resolve("a.txt"), "changed\n");
        JsonObject status = call("status");
        assertEquals(List.of("grün.txt"), list(status, "untracked"));
        assertEquals(List.of("a.txt"), list(status, "modified"));
        assertEquals(JsonBool.FALSE, status.get("clean").orElseThrow());

        JsonObject commit = call("commit", "message", "Say why\n\nAt length.");
        assertEquals(List.of("a.txt", "grün.txt"), list(commit, "files"));
        assertEquals("1", call("status").get("ahead").orElseThrow().toString());
        assertEquals("pushed", call("push").string("result").orElseThrow());
        assertEquals("already up to date", call("push").string("result").orElseThrow());

        RealGit.git(seed, "pull", "-q");
        assertEquals("neu\n", Files.readString(seed.resolve("grün.txt")));
        assertEquals(
                commit.string("commit").orElseThrow() + " Robo robo@example.org Robo Say why",
                RealGit.git(seed, "log", "-1", "--format=%H %an %ae %cn %s"));
        assertEquals(List.of("a.txt", "grün.txt"), list(call("ls_files"), "files"));
    }

    @Test
    void deletedFilesAreCommittedToo() throws Exception {
        Files.delete(work.resolve("a.txt"));
        assertEquals(List.of("a.txt"), list(call("commit", "message", "Gone"), "files"));
        assertEquals("", RealGit.git(work, "ls-files"));
        assertTrue(failure("commit", "message", "Again").contains("nothing to commit"));
        assertTrue(failure("commit", "message", " ").contains("message"));
    }

    @Test
    void pullsWhatGitPushed() throws Exception {
        RealGit.commit(seed, "b.txt", "b\n", "second");
        RealGit.git(seed, "push", "-q");
        assertEquals("fast-forward", call("pull").string("result").orElseThrow());
        assertEquals("b\n", Files.readString(work.resolve("b.txt")));
        assertEquals("already up to date", call("pull").string("result").orElseThrow());
    }

    @Test
    void divergedHistoriesAreMergedByPullAndNeverForcedByPush() throws Exception {
        RealGit.commit(seed, "b.txt", "b\n", "theirs");
        RealGit.git(seed, "push", "-q");
        Files.writeString(work.resolve("c.txt"), "c\n");
        call("commit", "message", "ours");
        String refused = failure("push");
        assertTrue(refused.startsWith("Nothing was pushed: origin/main has commits"), refused);
        assertEquals("merged", call("pull").string("result").orElseThrow());
        assertEquals("Robo Merge 'origin/main' into main", RealGit.git(work, "log", "-1", "--format=%an %s"));
        assertEquals("1", RealGit.git(work, "rev-list", "--count", "--merges", "HEAD"));
        call("push");
        RealGit.git(seed, "pull", "-q");
        assertEquals(RealGit.git(work, "rev-parse", "HEAD"), RealGit.git(seed, "rev-parse", "HEAD"));
    }

    @Test
    void branchesAreMadeMergedAndCompared() throws Exception {
        assertEquals(
                "main",
                call("branch", "branch_name", "feature/x").string("checked_out").orElseThrow());
        assertTrue(failure("branch", "branch_name", "feature/x").contains("already"));
        assertTrue(failure("branch", "branch_name", "a..b").contains("no name for a branch"));
        assertEquals(
                "feature/x",
                call("checkout", "branch_name", "feature/x").string("branch").orElseThrow());
        Files.writeString(work.resolve("x.txt"), "x\n");
        call("commit", "message", "x");
        call("checkout", "branch_name", "main");
        assertFalse(Files.exists(work.resolve("x.txt")));
        JsonObject diff = call("diff", "commit1", "main", "commit2", "feature/x");
        assertEquals(List.of("add x.txt"), list(diff, "files"));
        assertEquals(
                RealGit.git(work, "diff", "--abbrev=7", "main", "feature/x"),
                diff.string("patch").orElseThrow().strip());
        assertEquals(
                "fast-forward",
                call("merge", "branch_name", "feature/x").string("result").orElseThrow());
        assertTrue(failure("checkout", "branch_name", "featur/x").contains("Did you mean 'feature/x'?"));
        assertTrue(failure("diff", "commit1", "nowhere", "commit2", "main")
                .contains("no branch, tag or commit 'nowhere'"));
    }

    @Test
    void aBranchThatOnlyTheRemoteHasIsMadeHere() throws Exception {
        RealGit.git(seed, "checkout", "-q", "-b", "theirs");
        RealGit.commit(seed, "t.txt", "t\n", "theirs");
        RealGit.git(seed, "push", "-q", "-u", "origin", "theirs");
        call("pull");
        assertEquals(
                "theirs",
                call("checkout", "branch_name", "theirs").string("branch").orElseThrow());
        assertEquals("origin/theirs", call("status").string("upstream").orElseThrow());
        assertEquals("origin/theirs", RealGit.git(work, "rev-parse", "--abbrev-ref", "@{u}"));
    }

    private void conflict() throws Exception {
        RealGit.commit(seed, "a.txt", "one\nTHEIRS\nthree\n", "theirs");
        RealGit.git(seed, "push", "-q");
        Files.writeString(work.resolve("a.txt"), "one\nOURS\nthree\n");
        call("commit", "message", "ours");
        String conflict = failure("pull");
        assertTrue(conflict.contains("met conflicts in a.txt."), conflict);
    }

    @Test
    void aConflictNamesTheFilesAndIsResolvedByEditing() throws Exception {
        conflict();
        assertEquals("UU a.txt", RealGit.git(work, "status", "--porcelain"));
        assertEquals(List.of("a.txt"), list(call("status"), "conflicting"));
        assertTrue(failure("commit", "message", "done").contains("conflict markers (<<<<<<<) in a.txt"));
        assertTrue(failure("pull").contains("under way already"));
        Files.writeString(work.resolve("a.txt"), "one\nBOTH\nthree\n");
        call("commit", "message", "Merge by hand");
        assertEquals("", RealGit.git(work, "status", "--porcelain"));
        assertEquals(
                "2",
                String.valueOf(RealGit.git(work, "log", "-1", "--format=%P").split(" ", -1).length));
    }

    @Test
    void aMergeCanBeGivenUp() throws Exception {
        conflict();
        call("abort_merge");
        assertEquals("", RealGit.git(work, "status", "--porcelain"));
        assertEquals("one\nOURS\nthree\n", Files.readString(work.resolve("a.txt")));
        assertTrue(failure("abort_merge").contains("No merge is under way"));
    }

    @Test
    void whatIsNotCommittedIsNeverOverwritten() throws Exception {
        RealGit.commit(seed, "a.txt", "theirs\n", "theirs");
        RealGit.git(seed, "push", "-q");
        Files.writeString(work.resolve("a.txt"), "precious\n");
        String refused = failure("pull");
        assertTrue(refused.startsWith("Nothing was changed:"), refused);
        assertTrue(refused.contains("a.txt"), refused);
        assertEquals("precious\n", Files.readString(work.resolve("a.txt")));
    }

    @Test
    void anEmptyRepositoryCanBeClonedFilledAndPushed() throws Exception {
        RealGit.git(root, "init", "-q", "--bare", "-b", "main", "empty.git");
        Calls.call(tool, "clone", "repo_url", "empty.git", "directory", "filled");
        Files.writeString(root.resolve("filled/f.txt"), "f\n");
        assertTrue(Calls.failure(tool, "push", "working_dir", "filled").contains("commit first"));
        Calls.call(tool, "commit", "working_dir", "filled", "message", "first");
        Calls.call(tool, "push", "working_dir", "filled");
        assertEquals("first", RealGit.git(root.resolve("empty.git"), "log", "--format=%s"));
    }

    @Test
    void aLongPatchIsCut() throws Exception {
        Files.writeString(work.resolve("long.txt"), "line\n".repeat(100_000));
        call("commit", "message", "long");
        JsonObject diff = call("diff", "commit1", "HEAD~1", "commit2", "HEAD");
        assertEquals(JsonBool.TRUE, diff.get("truncated").orElseThrow());
        assertEquals(128 * 1024, diff.string("patch").orElseThrow().length());
    }
}
