package io.pipecat.worldmodel.cluster;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Secret;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Asks a service that speaks JSON. Follows no redirect, which could carry a token elsewhere. Thread-safe. */
final class Rest implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MAX_BODY = 32 << 20;
    private static final int EXCERPT = 300;
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(MAX_BODY));

    /** A service gave no answer. The message goes on after "…, but". */
    static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean nothingSent;

        NoAnswer(String message, boolean nothingSent, @Nullable Throwable cause) {
            super(message, cause);
            this.nothingSent = nothingSent;
        }

        /** Whether the service surely has not seen the request. */
        boolean nothingSent() {
            return nothingSent;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body the body
     */
    record Answer(int status, String body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        JsonValue json() throws JsonException {
            return JSON.read(body);
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

    private final OkHttpClient client;
    private final String tokenHeader;
    private final Optional<Secret> token;

    /**
     * Makes a client of one service.
     *
     * @param tls adds what it trusts, if it is reached by TLS with authorities of its own
     * @param tokenHeader the header for the token
     * @param token the token, if it wants one
     */
    Rest(OkHttpClient.Builder tls, String tokenHeader, Optional<Secret> token) {
        this.client = tls.connectTimeout(CONNECT)
                .callTimeout(DEADLINE)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.tokenHeader = tokenHeader;
        this.token = token;
    }

    Answer get(HttpUrl url) throws NoAnswer, InterruptedException {
        return ask(new Request.Builder().url(url));
    }

    Answer post(HttpUrl url, JsonObject body) throws NoAnswer, InterruptedException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return ask(new Request.Builder().url(url).post(RequestBody.create(bytes, TYPE)));
    }

    private Answer ask(Request.Builder request) throws NoAnswer, InterruptedException {
        try {
            token.ifPresent(secret -> request.header(tokenHeader, secret.reveal()));
        } catch (IllegalArgumentException e) {
            // Not its cause: OkHttp's message quotes the token.
            throw new NoAnswer(
                    "it got nothing, because the token for it holds a character that cannot be sent (a line break, or one"
                            + " that came along when it was copied): set the token anew",
                    true,
                    null);
        }
        Call call = client.newCall(request.header("Accept", "application/json").build());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    answer.complete(read(response));
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            call.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Answer read(Response response) throws IOException {
        var source = response.body().source();
        if (source.request(MAX_BODY + 1L)) {
            throw new IOException("the answer is larger than " + MAX_BODY + " bytes");
        }
        return new Answer(response.code(), source.getBuffer().readUtf8());
    }

    private static NoAnswer failure(Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case UnknownHostException e -> new NoAnswer("its name is unknown to the name servers", true, e);
            case ConnectException e -> new NoAnswer("it cannot be reached (" + e.getMessage() + ")", true, e);
            case InterruptedIOException e ->
                new NoAnswer("it did not answer within " + DEADLINE.toSeconds() + " s", false, e);
            case IOException e -> new NoAnswer("the connection broke (" + e.getMessage() + ")", false, e);
            default -> new NoAnswer("the connection broke (" + cause + ")", false, cause);
        };
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
