package io.pipecat.tools.home;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.setting.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Asks by HTTP. Never repeats a request and follows no redirect, which could carry a token elsewhere. Thread-safe. */
final class RestClient implements Rest {
    private static final int MOST_BYTES = 32 << 20;
    private static final int EXCERPT = 300;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * What to ask.
     *
     * @param url where
     * @param body what to post; a GET if empty
     * @param header a header that holds a secret, if any is needed
     * @param timeout for the whole exchange
     */
    record Question(URI url, Optional<JsonObject> body, Optional<SecretHeader> header, Duration timeout) {}

    /**
     * A header that is not shown.
     *
     * @param name its name
     * @param prefix what stands before the secret
     * @param secret the secret
     */
    record SecretHeader(String name, String prefix, Secret secret) {}

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body the body; empty if there is none
     */
    record Answer(int status, String body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** The beginning of the body in one line, for messages; empty for a page, which says nothing that the status does not. */
        String excerpt() {
            if (body.stripLeading().startsWith("<")) {
                return "";
            }
            String line = body.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
            return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
        }
    }

    private Optional<HttpClient> client = Optional.empty();
    private boolean closed;

    /** A client has a thread, so there is none before somebody asks. */
    private synchronized HttpClient client() {
        if (closed) {
            throw new IllegalStateException("the tool is closed: the node is shutting down");
        }
        HttpClient made = client.orElseGet(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(task -> Thread.ofVirtual().name("pipecat-home").start(task))
                .build());
        client = Optional.of(made);
        return made;
    }

    @Override
    public Answer ask(Question question) throws RestException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> future =
                client().sendAsync(request(question), info -> new LimitedBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> response = future.get(question.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new RestException(
                    "it did not answer within " + question.timeout().toMillis() + " ms", false, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } finally {
            // Closes the connection of an exchange that is not over, and does nothing else.
            future.cancel(true);
        }
    }

    private static HttpRequest request(Question question) throws RestException {
        HttpRequest.Builder request = HttpRequest.newBuilder(question.url()).header("Accept", "application/json");
        if (question.header().isPresent()) {
            SecretHeader header = question.header().get();
            try {
                request.header(header.name(), header.prefix() + header.secret().reveal());
            } catch (IllegalArgumentException e) {
                // Not its cause: the JDK's message quotes the secret.
                throw new RestException(
                        "it got nothing, because the token for it holds a character that cannot be sent (a line break, or"
                                + " one that came along when it was copied): set the token anew",
                        true,
                        null);
            }
        }
        question.body()
                .ifPresent(body -> request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        return request.build();
    }

    private static RestException failure(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new RestException(
                    "no connection came about within " + CONNECT_TIMEOUT.toSeconds() + " s", true, cause);
        }
        if (cause instanceof ConnectException) {
            String why = cause.getCause() instanceof UnresolvedAddressException
                    ? "its name is unknown to the name servers"
                    : "it cannot be reached (" + cause.getMessage() + ")";
            return new RestException(why, true, cause);
        }
        if (cause instanceof SSLHandshakeException) {
            return new RestException("its TLS certificate is not trusted (" + cause.getMessage() + ")", true, cause);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        String what = cause instanceof IOException ? cause.getMessage() : cause.toString();
        return new RestException("the connection broke (" + what + ")", false, cause);
    }

    @Override
    public synchronized void close() {
        closed = true;
        client.ifPresent(HttpClient::shutdownNow);
        client = Optional.empty();
    }
}
