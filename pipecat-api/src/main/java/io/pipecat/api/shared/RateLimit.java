package io.pipecat.api.shared;

import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the calls of each caller, a key at an address, in windows of a minute that begin with its first call. */
public final class RateLimit {
    private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int MANY_CALLERS = 1024;

    private record Window(long end, int calls) {}

    private final int limit;
    private final Clock clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /**
     * Makes a limit.
     *
     * @param limit calls a minute; 0 for any number
     * @param clock tells when a minute is over
     */
    public RateLimit(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Counts a call.
     *
     * @param request the call, of somebody who was admitted
     * @return what to answer if it is one too many
     */
    public Optional<Response> refusal(Request request) {
        if (limit == 0) {
            return Optional.empty();
        }
        long now = clock.millis();
        String caller =
                request.principal() + " " + request.remote().getAddress().getHostAddress();
        Window window = windows.merge(
                caller, new Window(now + WINDOW_MILLIS, 1), (current, first) -> count(current, first, now));
        if (windows.size() > MANY_CALLERS) {
            windows.values().removeIf(each -> each.end() <= now);
        }
        if (window.calls() <= limit) {
            return Optional.empty();
        }
        long seconds = Math.max(1, (window.end() - now) / 1000);
        return Optional.of(Response.error(429, "Rate limit exceeded. Try again in " + seconds + " seconds.")
                .withHeader("Retry-After", String.valueOf(seconds)));
    }

    private Window count(Window current, Window first, long now) {
        // A clock that was set back would otherwise shut a caller out until it has caught up.
        if (current.end() <= now || current.end() > first.end()) {
            return first;
        }
        return current.calls() > limit ? current : new Window(current.end(), current.calls() + 1);
    }
}
