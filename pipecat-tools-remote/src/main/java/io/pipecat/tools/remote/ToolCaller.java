package io.pipecat.tools.remote;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.tools.remote.NothingRan.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Makes calls: finds an instance, goes on to the next one and waits where nothing has run, and never repeats what may have run.
 * Thread-safe.
 */
final class ToolCaller {

    /** Waits, so that a test need not. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /** A server that is being restarted is back after a moment. */
    private static final Duration SECOND_TRY = Duration.ofMillis(250);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration NO_DEADLINE = Duration.ofDays(365);
    private static final int MAX_ROUNDS = 20;

    private final Servers servers;
    private final Requests requests;
    private final Clock clock;
    private final Pause pause;

    ToolCaller(Servers servers, Requests requests, Clock clock, Pause pause) {
        this.servers = servers;
        this.requests = requests;
        this.clock = clock;
        this.pause = pause;
    }

    /** Calls a method; see {@link io.pipecat.api.tool.Tool#call}. */
    JsonValue call(String tool, String method, JsonObject arguments, ToolContext context)
            throws ToolException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String body = JsonObject.builder()
                .put("tool", tool)
                .put("method", method)
                .put("args", arguments)
                .build()
                .toString();
        Run run = new Run(
                tool + "." + method,
                CallIds.unique(context.callId()),
                body,
                System.nanoTime() + nanosUntil(context.deadline()));
        for (int round = 1; ; round++) {
            try {
                return round(run);
            } catch (NothingRan e) {
                Optional<Duration> wait = wait(e, round);
                if (wait.isEmpty()
                        || run.deadline() - System.nanoTime() <= wait.get().toNanos()) {
                    throw nothingRan(e.failure());
                }
                if (e.kind() == Kind.BUSY) {
                    context.report("The tool server has too much to do and asks to wait "
                            + Math.max(1, wait.get().toSeconds()) + " s.");
                }
                pause.sleep(wait.get());
            }
        }
    }

    private static ToolException nothingRan(ToolException failure) {
        return new ToolException(failure.reason(), failure.getMessage() + " Nothing was run.", failure);
    }

    private static Optional<Duration> wait(NothingRan failure, int round) {
        Optional<Duration> wait = switch (failure.kind()) {
            case BUSY -> round == MAX_ROUNDS ? Optional.empty() : failure.retryAfter();
            case UNCONNECTED -> round == 1 ? Optional.of(SECOND_TRY) : Optional.empty();
            case UNUSABLE, ITSELF -> Optional.empty();
        };
        return wait.map(time -> time.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : time);
    }

    /** Tries the instances one after the other. */
    private JsonValue round(Run run) throws NothingRan, ToolException, InterruptedException {
        Set<HttpUrl> tried = new HashSet<>();
        NothingRan best = null;
        while (true) {
            Optional<Server> server = servers.next(tried);
            if (server.isEmpty()) {
                if (best == null) {
                    throw servers.none();
                }
                throw best;
            }
            tried.add(server.get().base());
            try {
                return run(server.get(), run);
            } catch (NothingRan e) {
                if (e.kind() != Kind.ITSELF) {
                    servers.failed(server.get());
                }
                // One that will take the call later is better than one that never will.
                best = best == null || e.kind().compareTo(best.kind()) < 0 ? e : best;
            }
        }
    }

    private JsonValue run(Server server, Run run) throws NothingRan, ToolException, InterruptedException {
        Answers answers = new Answers(server, clock.instant());
        if (!servers.isIdentified(server)) {
            // A node that called itself would call itself again and again.
            requests.identify(server, answers, run.deadline());
        }
        return answers.result(requests.run(server, answers, run));
    }

    private long nanosUntil(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.compareTo(NO_DEADLINE) > 0 ? NO_DEADLINE.toNanos() : left.toNanos();
    }
}
