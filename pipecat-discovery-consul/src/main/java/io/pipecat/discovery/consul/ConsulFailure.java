package io.pipecat.discovery.consul;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Consul could not be asked, or did not give an answer. The message goes after "Consul at …": {@code cannot be reached (…)}. */
final class ConsulFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String TOKEN = ConsulSettings.label(ConsulSettings.TOKEN);

    private final boolean refused;

    private ConsulFailure(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** Whether it will stay so until somebody gives this node another token or the token other rights. */
    boolean refused() {
        return refused;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Puts what the client threw into words. */
    static ConsulFailure of(Throwable thrown, boolean hasToken) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadStatusException status) {
                return ofStatus(status, hasToken, thrown);
            }
            if (cause instanceof SSLException) {
                return new ConsulFailure(
                        "does not speak TLS as expected (" + cause.getMessage() + "; CONSUL_TLS says whether it does,"
                                + " CONSUL_CA whom to trust)",
                        false,
                        thrown);
            }
            if (cause instanceof UnknownHostException) {
                return new ConsulFailure("cannot be reached (there is no such host)", false, thrown);
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return new ConsulFailure("cannot be reached (" + deepest(cause) + ")", false, thrown);
            }
            if (cause instanceof InterruptedIOException) {
                return new ConsulFailure("does not answer in time (CONSUL_TIMEOUT)", false, thrown);
            }
        }
        if (isAboutTheConnection(thrown)) {
            return new ConsulFailure("broke the connection off (" + deepest(thrown) + ")", false, thrown);
        }
        return new ConsulFailure(
                "answers with what Consul would not (" + firstLine(deepest(thrown)) + ")", false, thrown);
    }

    private static boolean isAboutTheConnection(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            // Jackson's exceptions are such, too, but of its own package.
            if (cause instanceof IOException && cause.getClass().getName().startsWith("java.")) {
                return true;
            }
        }
        return false;
    }

    private static ConsulFailure ofStatus(BadStatusException status, boolean hasToken, Throwable thrown) {
        String said = status.status() + (status.excerpt().isEmpty() ? "" : ": " + status.excerpt());
        return switch (status.status()) {
            case 401, 403 ->
                new ConsulFailure(
                        hasToken
                                ? "refuses the token of " + TOKEN + " (" + said + ")"
                                : "wants a token (" + said + "), and " + TOKEN + " is not set",
                        true,
                        thrown);
            case 429 ->
                new ConsulFailure(
                        "has too many connections from this machine (" + said
                                + "; its limits.http_max_conns_per_client says how many it takes)",
                        false,
                        thrown);
            case 301, 302, 303, 307, 308 ->
                new ConsulFailure(
                        "answers with a redirection (" + said + "), which is not followed, as the token would go there",
                        false,
                        thrown);
            default -> new ConsulFailure("answers " + said, false, thrown);
        };
    }

    private static String deepest(Throwable thrown) {
        Throwable cause = thrown;
        for (Throwable next = cause.getCause(); next != null; next = cause.getCause()) {
            cause = next;
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
