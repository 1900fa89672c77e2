package io.pipecat.tools.remote;

import io.pipecat.api.shared.Excerpt;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.tools.remote.Exchange.Broken;
import io.pipecat.tools.remote.Exchange.Ending;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Sends requests to one instance and tells apart what was never sent, what was answered and what nobody knows of. */
final class Requests {
    private static final int MAX_REDIRECTS = 3;

    /** How long an abandoned connection attempt is waited for; a name lookup cannot be ended. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Http http;
    private final Servers servers;
    private final Duration connectTimeout;

    Requests(Http http, Servers servers, Duration connectTimeout) {
        this.http = http;
        this.servers = servers;
        this.connectTimeout = connectTimeout;
    }

    /** Makes a call. Whichever way it ends without an answer, the server is told to end it too. */
    Reply run(Server server, Answers answers, Run run) throws NothingRan, ToolException, InterruptedException {
        UnaryOperator<Request.Builder> request =
                builder -> builder.post(Http.json(run.body())).header(Http.CALL_ID_HEADER, run.callId());
        http.enter();
        try {
            return follow(server, "run_tool/", request, answers, run.deadline(), exchange -> {
                if (exchange.isSent() && !exchange.isAnswered()) {
                    http.cancel(server, run.callId());
                }
            });
        } catch (NotAnswered e) {
            throw unanswered(server, run, e);
        } finally {
            http.leave();
        }
    }

    private ToolException unanswered(Server server, Run run, NotAnswered e) {
        String subject = "The tool server at " + server.display() + " ";
        if (e.cause == null) {
            return new ToolException(
                    Reason.TIMEOUT,
                    run.label() + " did not finish in time on the tool server at " + server.display()
                            + ", which was told to end it; what it did until then stays done.");
        }
        String why = http.isClosed() ? "this node is shutting down" : detail(server, e.cause);
        return new ToolException(
                Reason.UNCERTAIN,
                subject + "was asked to run " + run.label() + ", and the connection broke before its answer came ("
                        + why + "); whether the method ran is not known. Find out before you call it again.",
                e.cause);
    }

    /** Finds out whether an instance is this node. */
    void identify(Server server, Answers answers, long deadline)
            throws NothingRan, ToolException, InterruptedException {
        // Every server answers this at once and without a key; what it answers does not matter here.
        get(server, "health", answers, Math.min(deadline, System.nanoTime() + connectTimeout.toNanos()));
    }

    /** Asks for something that changes nothing. */
    Reply get(Server server, String path, Answers answers, long deadline)
            throws NothingRan, ToolException, InterruptedException {
        try {
            return follow(server, path, UnaryOperator.identity(), answers, deadline, exchange -> {});
        } catch (NotAnswered e) {
            throw NothingRan.unconnected(
                    "The tool server at " + server.display() + " gave no answer to GET /" + path + " ("
                            + (e.cause == null ? "too late" : detail(server, e.cause)) + "); see its log.",
                    e.cause);
        }
    }

    /** The request is out, and there is no answer. The cause is missing if it is late. */
    private static final class NotAnswered extends Exception {
        private static final long serialVersionUID = 1L;

        private final @Nullable Exception cause;

        NotAnswered(@Nullable Exception cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private interface Aftermath {
        void ended(Exchange exchange);
    }

    private Reply follow(
            Server server,
            String path,
            UnaryOperator<Request.Builder> request,
            Answers answers,
            long deadline,
            Aftermath aftermath)
            throws NothingRan, NotAnswered, InterruptedException {
        HttpUrl url = null;
        for (int hops = 0; ; hops++) {
            Request.Builder builder = request.apply(server.request(path));
            if (url != null) {
                builder.url(url);
            }
            Reply reply = exchange(server, builder, deadline, aftermath);
            boolean isThisNode = http.isThisNode(reply);
            servers.identified(server, isThisNode);
            if (isThisNode && url == null && !path.startsWith("run_tool")) {
                throw NothingRan.itself("The tool server at " + server.display() + " is this node itself.");
            }
            if (reply.status() < 300 || reply.status() >= 400) {
                return reply;
            }
            HttpUrl from = url == null ? builder.build().url() : url;
            String location = reply.headers().get("Location");
            url = location == null ? null : from.resolve(location);
            boolean keepsMethod = reply.status() == 307 || reply.status() == 308;
            if (url == null || !keepsMethod || !server.isSameServer(url) || hops == MAX_REDIRECTS) {
                throw answers.redirect(reply);
            }
        }
    }

    private Reply exchange(Server server, Request.Builder request, long deadline, Aftermath aftermath)
            throws NothingRan, NotAnswered, InterruptedException {
        if (http.isClosed()) {
            throw NothingRan.unusable(
                    "The tool server at " + server.display() + " was not asked: this node is shutting down.");
        }
        Exchange exchange = http.start(request);
        try (exchange) {
            Optional<Ending> ending = ending(exchange, deadline);
            if (ending.isPresent() && ending.get() instanceof Reply reply) {
                return reply;
            }
            Optional<Exception> cause = ending.map(end -> end instanceof Broken broken ? broken.cause() : null);
            if (exchange.isSent()) {
                throw new NotAnswered(cause.orElse(null));
            }
            throw unconnected(server, cause);
        } finally {
            aftermath.ended(exchange);
        }
    }

    /** Waits for the end. One that has no connection in time is given up, and then ends without a cause if ever. */
    private Optional<Ending> ending(Exchange exchange, long deadline) throws InterruptedException {
        long connectDeadline = Math.min(deadline, System.nanoTime() + connectTimeout.toNanos());
        Optional<Ending> ending = exchange.await(connectDeadline);
        if (ending.isPresent()) {
            return ending;
        }
        if (exchange.isSent()) {
            return exchange.await(deadline);
        }
        Optional<Ending> last = exchange.abandonUnsent(GRACE);
        return exchange.isSent() ? last : Optional.empty();
    }

    private NothingRan unconnected(Server server, Optional<Exception> cause) {
        String subject = "The tool server at " + server.display() + " ";
        String check = "see whether it runs, and check " + server.endpoint().source() + ".";
        if (cause.isEmpty() || cause.get() instanceof SocketTimeoutException) {
            return NothingRan.unconnected(
                    subject + "could not be connected to within " + connectTimeout.toMillis() + " ms ("
                            + RemoteSettings.label(RemoteSettings.CONNECT_TIMEOUT) + "); " + check,
                    cause.orElse(null));
        }
        String why = detail(server, cause.get());
        return cause.get() instanceof SSLException
                ? NothingRan.unusable(subject + "offers no TLS connection that this machine trusts (" + why
                        + "); check its certificate and " + server.endpoint().source() + ".")
                : NothingRan.unconnected(subject + "cannot be connected to (" + why + "); " + check, cause.get());
    }

    private static String detail(Server server, Exception e) {
        Throwable deepest = e;
        while (deepest.getCause() instanceof IOException cause) {
            deepest = cause;
        }
        String message = deepest.getMessage();
        String name = deepest.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : server.redact(Excerpt.of(name + ": " + message));
    }
}
