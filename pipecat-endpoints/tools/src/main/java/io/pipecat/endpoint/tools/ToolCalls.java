package io.pipecat.endpoint.tools;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tools. Whoever waits for a call is answered at its deadline, whatever the tool does; a call that does not end counts
 * against its own tool until it does.
 *
 * <p>A call runs on a platform thread of its own: a tool that computes without end would keep a virtual one's carrier for
 * itself, and a few of them a whole small node. But handing a short call to another thread and its result back costs as much
 * as all the rest of it, so a method that was quick last time runs on the thread of its request, as long as that leaves one
 * carrier at least that no tool can keep.
 */
final class ToolCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);
    private static final long KEEP_THREAD_SECONDS = 30;
    private static final long LOOK_MILLIS = 50;
    /** Well above what a method that only computes takes, well below the time in which anybody would miss a carrier. */
    private static final long QUICK_NANOS = Duration.ofMillis(2).toNanos();
    /** How long a tool that was interrupted at its deadline may take to end by itself. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final NodeContext context;
    private final ThreadPoolExecutor pool;
    private final ScheduledExecutorService watch;
    private final Set<Work> running = ConcurrentHashMap.newKeySet();
    private final CallIds ids = new CallIds();
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();
    /** The methods, as {@code tool.method}, whose last call was quick. */
    private final Set<String> quick = ConcurrentHashMap.newKeySet();

    private final Semaphore carriers = new Semaphore(carriers() - 1);
    private final int concurrency;
    private final int resultLimit;
    private final AtomicLong numbers = new AtomicLong();
    private final List<Subscription> gauges;

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
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("served-tool-deadlines").factory());
        var unused = watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        this.gauges = List.of(
                context.metrics()
                        .gauge(
                                "pipecat_served_calls_running",
                                "Tool calls for others that run.",
                                Map.of(),
                                running::size),
                context.metrics()
                        .gauge(
                                "pipecat_served_calls_overdue",
                                "Tool calls for others that go on though they were ended.",
                                Map.of(),
                                () -> running.stream().filter(Work::isOverdue).count()));
    }

    private void look() {
        try {
            long now = System.nanoTime();
            running.forEach(work -> work.check(now));
        } catch (RuntimeException e) {
            // Thrown on, it would end the watching.
            LOG.error("Looking after the deadlines of tool calls failed", e);
        }
    }

    /** As the JDK counts the threads that carry virtual ones. */
    private static int carriers() {
        return Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    }

    Response run(Tool tool, MethodSpec method, CallForm form, Optional<String> id, Request request) {
        Semaphore permit = permits.computeIfAbsent(form.tool(), name -> new Semaphore(concurrency));
        if (!permit.tryAcquire()) {
            return Outcomes.busy(form.tool(), concurrency);
        }
        String what = form.tool() + "." + form.method();
        Duration timeout = method.timeout().orElseGet(() -> context.settings().get(ToolServerSettings.TOOL_TIMEOUT));
        ToolContext call = new ToolContext(
                id.orElseGet(this::number), context.clock().instant().plus(timeout), line -> {});
        long deadline = System.nanoTime() + timeout.toNanos();
        Work work = new Work(() -> tool.call(form.method(), form.arguments(), call), deadline, ended -> {
            running.remove(ended);
            permit.release();
            learn(what, ended);
        });
        if (id.isPresent() && !ids.add(id.get(), () -> cancel(work, id.get(), request))) {
            permit.release();
            return ids.cancelledBefore(id.get()) ? Outcomes.cancelled(id.get()) : Outcomes.doubled(id.get());
        }
        running.add(work);
        try {
            if (quick.contains(what)
                    && request.answerWithin(timeout.plus(GRACE), () -> Outcomes.timeOver(what, timeout))
                    && carriers.tryAcquire()) {
                runHere(work);
            } else {
                start(work, permit);
            }
            return answer(work, form, what, timeout, call.callId());
        } catch (InterruptedException e) {
            // The node goes down. Not the server's own answer to that: it says that nothing has run.
            work.giveUp(Work.End.CANCELLED);
            return Outcomes.stopped(what);
        } finally {
            id.ifPresent(ids::remove);
        }
    }

    private static void cancel(Work work, String id, Request request) {
        work.giveUp(Work.End.CANCELLED);
        // A tool that runs on the thread of its request may not listen.
        request.answerWithin(GRACE, () -> Outcomes.cancelled(id));
    }

    private void learn(String what, Work ended) {
        if (ended.nanos() > QUICK_NANOS) {
            quick.remove(what);
        } else if (ended.result() != null) {
            // One that failed at once, or was given up before it began, says nothing about the next.
            quick.add(what);
        }
    }

    private void runHere(Work work) throws InterruptedException {
        try {
            work.run();
        } finally {
            carriers.release();
        }
        if (work.thrown() instanceof InterruptedException e) {
            throw e;
        }
    }

    private void start(Work work, Semaphore permit) {
        boolean started = false;
        try {
            pool.execute(work);
            started = true;
        } finally {
            if (!started) {
                running.remove(work);
                permit.release();
            }
        }
    }

    private Response answer(Work work, CallForm form, String what, Duration timeout, String id)
            throws InterruptedException {
        return switch (work.await()) {
            case RETURNED -> result(work, form, what, id);
            case THREW -> failed(work.thrown(), form, what, id);
            case CANCELLED -> Outcomes.cancelled(id);
            case TIME_OVER -> {
                LOG.warn("The tool call {} did not finish within {} and was interrupted", what, timeout);
                yield Outcomes.timeOver(what, timeout);
            }
        };
    }

    private Response result(Work work, CallForm form, String what, String id) {
        try {
            return Outcomes.result(what, Objects.requireNonNull(work.result()), resultLimit);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return failed(e, form, what, id);
        }
    }

    private static Response failed(@Nullable Throwable cause, CallForm form, String what, String id) {
        if (cause instanceof ToolException e) {
            return Outcomes.of(e, form.tool(), form.method());
        }
        Throwable told = cause == null ? new NullPointerException(what + " returned null") : cause;
        LOG.error("The tool call {} failed in a way that none must (id {})", what, id, told);
        return Outcomes.broken(told, id);
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
        running.forEach(work -> work.giveUp(Work.End.CANCELLED));
        pool.shutdownNow();
        watch.shutdownNow();
        gauges.forEach(Subscription::close);
    }
}
