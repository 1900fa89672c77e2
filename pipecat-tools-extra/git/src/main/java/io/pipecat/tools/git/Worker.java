package io.pipecat.tools.git;

import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.BatchingProgressMonitor;

/**
 * Does git's work on platform threads, one call after the other in each repository. Reading files and computing differences keeps the
 * carrier of a virtual thread, and two clones would keep both of a small node; {@link Network} sees to what platform threads lack.
 */
final class Worker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int STRIPES = 64;

    private final List<ReentrantLock> locks = new ArrayList<>();

    Worker() {
        for (int i = 0; i < STRIPES; i++) {
            locks.add(new ReentrantLock());
        }
    }

    /** Something to do in a repository. */
    interface Work<T> {
        T run(Progress progress) throws Exception;
    }

    /**
     * Does it.
     *
     * @param what what is tried, for messages: {@code "Cloning x"}
     */
    <T> T run(String what, Path repository, ToolContext context, Work<T> work)
            throws ToolException, InterruptedException {
        Progress progress = new Progress(context);
        ReentrantLock lock = locks.get(Math.floorMod(repository.hashCode(), STRIPES));
        FutureTask<T> task = new FutureTask<>(() -> {
            lock.lockInterruptibly();
            try {
                return work.run(progress);
            } finally {
                lock.unlock();
            }
        });
        Thread thread = Thread.ofPlatform().daemon().name("git").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            progress.cancel();
            thread.interrupt();
            if (!thread.join(PATIENCE)) {
                throw new ToolException(
                        ToolException.Reason.UNCERTAIN, what + " was interrupted and has not stopped yet.", e);
            }
            throw e;
        } catch (ExecutionException e) {
            throw translated(what, e);
        }
    }

    private static ToolException translated(String what, ExecutionException e) {
        return switch (e.getCause()) {
            case Error error -> throw error;
            case Exception failure -> Failures.of(what, failure);
            case null, default -> Failures.of(what, e);
        };
    }

    /** Tells of JGit's progress and makes it stop. */
    static final class Progress extends BatchingProgressMonitor {
        private final ToolContext context;
        private volatile boolean cancelled;

        Progress(ToolContext context) {
            this.context = context;
        }

        void cancel() {
            cancelled = true;
        }

        void report(String line) {
            context.report(line);
        }

        @Override
        public boolean isCancelled() {
            return cancelled || super.isCancelled();
        }

        @Override
        protected void onUpdate(String task, int done, Duration duration) {
            context.report(task + ": " + done);
        }

        @Override
        protected void onEndTask(String task, int done, Duration duration) {
            context.report(task + ": " + done + ", done");
        }

        @Override
        protected void onUpdate(String task, int done, int total, int percent, Duration duration) {
            context.report(task + ": " + percent + "% (" + done + "/" + total + ")");
        }

        @Override
        protected void onEndTask(String task, int done, int total, int percent, Duration duration) {
            context.report(task + ": " + percent + "% (" + done + "/" + total + "), done");
        }
    }
}
