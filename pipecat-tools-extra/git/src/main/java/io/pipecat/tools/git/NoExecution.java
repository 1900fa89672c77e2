package io.pipecat.tools.git;

import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.ProcessResult;
import org.jspecify.annotations.Nullable;

/**
 * A file system on which JGit starts no program: no hook, no filter, no git. A hook counts as absent; anything else is an error, since
 * leaving a filter out would put the wrong content into files.
 */
final class NoExecution extends FS_POSIX {
    /** A place where nothing is. */
    static final File NOWHERE = new File("/nonexistent/pipecat-git");

    private static final int UMASK = 0022;

    NoExecution() {
        // JGit would ask a shell for it.
        setUmask(UMASK);
    }

    /** A program was to be started. */
    static final class ExecutionRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExecutionRefused(String command) {
            super("the repository wants the program '" + command
                    + "' to be run (a filter in its configuration), and this tool runs none;"
                    + " remove it from .git/config");
        }
    }

    @Override
    public FS newInstance() {
        return new NoExecution();
    }

    @Override
    protected @Nullable File discoverGitExe() {
        return null;
    }

    @Override
    protected @Nullable File discoverGitSystemConfig() {
        return null;
    }

    @Override
    protected File userHomeImpl() {
        return NOWHERE;
    }

    @Override
    public @Nullable File findHook(Repository repository, String name) {
        return null;
    }

    @Override
    public ProcessResult runHookIfPresent(
            Repository repository, String name, String[] arguments, OutputStream out, OutputStream err, String stdin) {
        return new ProcessResult(ProcessResult.Status.NOT_PRESENT);
    }

    @Override
    public ProcessBuilder runInShell(String command, String[] arguments) {
        throw new ExecutionRefused(command);
    }

    @Override
    public int runProcess(ProcessBuilder process, OutputStream out, OutputStream err, InputStream stdin) {
        throw new ExecutionRefused(String.join(" ", process.command()));
    }

    @Override
    public ExecutionResult execute(ProcessBuilder process, InputStream stdin) {
        throw new ExecutionRefused(String.join(" ", process.command()));
    }
}
