package io.pipecat.endpoint.tools;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tools, each call on a platform thread: a tool that computes without end would keep a virtual one's carrier for
 * itself, and two of them a whole small node. Whoever waits for the call is answered at its deadline, whatever the tool
 * does; a call that does not end counts against its own tool until it does.
 */
final class ToolCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);
    private static final long KEEP_THREAD_SECONDS = 30;

    private final NodeContext context;
    private final ThreadPoolExecutor pool;
    private final CallIds ids = new CallIds();
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();
    private final int concurrency;
    private final int resultLimit;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger overdue = new AtomicInteger();
    private final Subscription running;
    private final Subscription overdueGauge;

    ToolCalls(NodeContext context) {
        this.context = context;
        this.concurrency = context.settings().get(ToolServerSettings.CONCURRENCY);
        this.resultLimit = context.settings().get(ToolServerSettings.RESULT_LIMIT);
        this.pool = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("served-tool-", 1).factory());
        this.running = context.metrics()
                .gauge(
                        "pipecat_served_calls_running",
                        "Tool calls for others that run.",
                        Map.of(),
                        pool::getActiveCount);
        this.overdueGauge = context.metrics()
                .gauge(
                        "pipecat_served_calls_overdue",
                        "Tool calls for others that go on though they were ended.",
                        Map.of(),
                        overdue::get);
    }

    /** One call, which knows whether its thread is still at it after it was given up. */
    private final class Work implements Runnable {
        private final FutureTask<JsonValue> task;
        private final Semaphore permit;
        private boolean ended;
        private boolean counted;

        Work(FutureTask<JsonValue> task, Semaphore permit) {
            this.task = task;
            this.permit = permit;
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                end();
            }
        }

        private synchronized void end() {
            ended = true;
            if (counted) {
                overdue.decrementAndGet();
            }
            permit.release();
        }

        synchronized void giveUp() {
            task.cancel(true);
            if (!ended && !counted) {
                counted = true;
                overdue.incrementAndGet();
            }
        }
    }

    Response run(Tool tool, MethodSpec method, CallForm form, Optional<String> id) throws InterruptedException {
        Semaphore permit = permits.computeIfAbsent(form.tool(), name -> new Semaphore(concurrency));
        if (!permit.tryAcquire()) {
            return Outcomes.busy(form.tool(), concurrency);
        }
        Duration timeout = method.timeout().orElseGet(() -> context.settings().get(ToolServerSettings.TOOL_TIMEOUT));
        ToolContext call = new ToolContext(
                id.orElseGet(this::number), context.clock().instant().plus(timeout), line -> {});
        Work work = new Work(new FutureTask<>(() -> tool.call(form.method(), form.arguments(), call)), permit);
        if (id.isPresent() && !ids.add(id.get(), work::giveUp)) {
            permit.release();
            return ids.cancelledBefore(id.get())
                    ? Outcomes.cancelled(id.get())
                    : Response.error(409, "A call '" + id.get() + "' is running already; each needs an id of its own.");
        }
        try {
            start(work, permit);
            return answer(work, form, timeout, call.callId());
        } finally {
            id.ifPresent(ids::remove);
        }
    }

    private void start(Work work, Semaphore permit) {
        boolean started = false;
        try {
            pool.execute(work);
            started = true;
        } finally {
            if (!started) {
                permit.release();
            }
        }
    }

    private Response answer(Work work, CallForm form, Duration timeout, String id) throws InterruptedException {
        String what = "'" + form.tool() + "." + form.method() + "'";
        try {
            JsonValue result = work.task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return Outcomes.result(what, result, resultLimit);
        } catch (ExecutionException e) {
            return failed(e.getCause(), form, what, id);
        } catch (TimeoutException e) {
            work.giveUp();
            LOG.warn("{} did not finish within {} and was interrupted", what, timeout);
            return Outcomes.timeOver(what, timeout);
        } catch (CancellationException e) {
            return Outcomes.cancelled(id);
        } catch (InterruptedException e) {
            work.giveUp();
            throw e;
        } catch (StackOverflowError e) {
            return failed(e, form, what, id);
        }
    }

    private static Response failed(
            @org.jspecify.annotations.Nullable Throwable cause, CallForm form, String what, String id) {
        return switch (cause) {
            case ToolException e -> Outcomes.of(e, form.tool(), form.method());
            case null -> throw new IllegalStateException("a call failed without a reason");
            default -> {
                LOG.error("{} failed in a way that tools must not (id {})", what, id, cause);
                yield Outcomes.broken(cause, id);
            }
        };
    }

    private String number() {
        return Long.toString(numbers.incrementAndGet());
    }

    /** Ends a call; returns whether there was one. */
    boolean cancel(String id) {
        return ids.cancel(id);
    }

    @Override
    public void close() {
        pool.shutdownNow();
        running.close();
        overdueGauge.close();
    }
}
