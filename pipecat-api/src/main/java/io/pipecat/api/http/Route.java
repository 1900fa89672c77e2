package io.pipecat.api.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What answers requests of one verb to paths of one form.
 *
 * @param method the verb: {@code GET}, {@code POST}, {@code DELETE}; {@code HEAD} is answered wherever {@code GET} is
 * @param path the path: {@code /run_tool/{id}}. A level in braces takes any one level and names it, a last one of
 *     the form {@code {name...}} takes all that follows. It answers with and without a final {@code /}.
 * @param open whether it is answered without asking the authenticator
 * @param maxBodyBytes the largest body taken; what is larger is answered with 413
 * @param timeout how long an answer may take, after which its thread is interrupted and, if nothing was sent, 504
 *     answered; {@link Duration#ZERO} for no limit, as a stream of events wants it
 * @param summary what it does, one line, for the reference; empty if nobody has said
 * @param handler answers
 */
public record Route(
        String method,
        String path,
        boolean open,
        long maxBodyBytes,
        Duration timeout,
        String summary,
        RequestHandler handler) {
    /** The largest body taken unless the route says otherwise: one mebibyte. */
    public static final long DEFAULT_MAX_BODY = 1 << 20;

    /** How long an answer may take unless the route says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final Pattern METHOD = Pattern.compile("[A-Z]+");
    private static final Pattern LITERAL = Pattern.compile("[^{}/?#\\s]*");
    private static final Pattern PARAMETER = Pattern.compile("\\{[A-Za-z][A-Za-z0-9_]*(\\.\\.\\.)?}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the verb is not in capitals, the path not of the form above, or a limit
     *     negative
     */
    public Route {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("a verb is in capitals; not '" + method + "'");
        }
        checkPath(path);
        if (maxBodyBytes < 0 || timeout.isNegative()) {
            throw new IllegalArgumentException("the limits of " + method + " " + path + " must be at least 0, not "
                    + maxBodyBytes + " bytes and " + timeout);
        }
    }

    private static void checkPath(String path) {
        boolean valid = path.startsWith("/");
        Set<String> names = new HashSet<>();
        String[] levels = path.split("/", -1);
        for (int i = 1; i < levels.length; i++) {
            String level = levels[i];
            boolean literal = LITERAL.matcher(level).matches();
            boolean parameter = PARAMETER.matcher(level).matches();
            boolean rest = level.endsWith("...}");
            valid &= literal || (parameter && names.add(level.replace("...", "")) && (!rest || i == levels.length - 1));
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "a route's path starts with '/', and a level is text, a {name} of its own"
                            + " or, at the end, {name...}; not '" + path + "'");
        }
    }

    /**
     * A route behind the authenticator.
     *
     * @param method the verb
     * @param path the path
     * @param handler answers
     * @return the route
     */
    public static Route of(String method, String path, RequestHandler handler) {
        return new Route(method, path, false, DEFAULT_MAX_BODY, DEFAULT_TIMEOUT, "", handler);
    }

    /**
     * Returns this route, answered to everybody.
     *
     * @return the route
     */
    public Route toEverybody() {
        return new Route(method, path, true, maxBodyBytes, timeout, summary, handler);
    }

    /**
     * Returns this route with another limit on bodies.
     *
     * @param bytes the largest body taken, at least 0
     * @return the route
     */
    public Route withMaxBody(long bytes) {
        return new Route(method, path, open, bytes, timeout, summary, handler);
    }

    /**
     * Returns this route with another limit on time.
     *
     * @param limit how long an answer may take; {@link Duration#ZERO} for no limit
     * @return the route
     */
    public Route withTimeout(Duration limit) {
        return new Route(method, path, open, maxBodyBytes, limit, summary, handler);
    }

    /**
     * Returns this route with a line that says what it does. The reference of the calls that a node answers is made of these.
     *
     * @param text one sentence
     * @return the route
     */
    public Route withSummary(String text) {
        return new Route(method, path, open, maxBodyBytes, timeout, text, handler);
    }
}
