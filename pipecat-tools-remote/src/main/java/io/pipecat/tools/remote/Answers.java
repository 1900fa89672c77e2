package io.pipecat.tools.remote;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.shared.Excerpt;
import io.pipecat.api.shared.RetryAfter;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import io.pipecat.tools.remote.NothingRan.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * Makes sense of what a tool server answers, ours or the predecessor's. What it says in {@code detail} is written for a model and given
 * to it; everything else becomes a sentence.
 */
final class Answers {
    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(Http.MAX_BODY));
    private static final String RAN = "Error executing tool: ";
    private static final String NOT_OFFERED = " is not a public callable method.";
    private static final String NO_KEY_THERE = "API key not configured on server.";
    private static final Pattern UNKNOWN_TOOL = Pattern.compile("Tool '.*' not found\\..*", Pattern.DOTALL);
    private static final Pattern UNKNOWN_METHOD = Pattern.compile("Method '.*' not found on tool .*", Pattern.DOTALL);
    private static final Pattern BAD_KEY =
            Pattern.compile("Invalid credentials\\.|Authorization header is missing\\.|Invalid authorization header.*");
    private static final Pattern TRY_AGAIN = Pattern.compile("Try again in ([0-9]{1,9}) seconds?");
    private static final int MAX_DETAIL = 8_000;

    private final Server server;
    private final Instant now;

    Answers(Server server, Instant now) {
        this.server = server;
        this.now = now;
    }

    private String subject() {
        return "The tool server at " + server.display() + " ";
    }

    /** Returns the body of a good answer. */
    JsonObject object(Reply reply) throws JsonException {
        JsonValue value = JSON.read(reply.body());
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("an object was expected, not " + Json.kind(value), 0, null);
    }

    /**
     * Returns the result of a call.
     *
     * @throws NothingRan if the call was not made
     * @throws ToolException if it has no result
     */
    JsonValue result(Reply reply) throws ToolException, NothingRan {
        if (reply.status() != 200) {
            throw refusal(reply);
        }
        if (reply.isCut()) {
            throw new ToolException(
                    Reason.FAILED,
                    subject() + "sent a result of more than " + (Http.MAX_BODY >> 20)
                            + " MiB, which is not read; the method has run. Ask for less.");
        }
        try {
            Optional<JsonValue> result = object(reply).get("result");
            if (result.isPresent()) {
                return result.get();
            }
            throw unreadable("an object without \"result\"");
        } catch (JsonException e) {
            throw unreadable("something that is no result (" + e.getMessage() + ")");
        }
    }

    private ToolException unreadable(String what) {
        return new ToolException(
                Reason.UNCERTAIN,
                subject() + "answered with " + what + ", so whether the method ran is not known. See whether "
                        + addressSetting() + " leads to a tool server.");
    }

    private String addressSetting() {
        return server.endpoint().source();
    }

    /** Makes an exception of anything but a success. */
    ToolException refusal(Reply reply) throws NothingRan {
        Optional<String> detail = detail(reply);
        return switch (reply.status()) {
            case 400, 413, 422 ->
                detail.isPresent() ? new ToolException(Reason.INVALID_ARGUMENTS, detail.get()) : notAToolServer(reply);
            case 401, 403 -> denied(reply, detail);
            case 404 -> notFound(reply, detail);
            // Somebody else ended it there, perhaps in the middle: not to be made again elsewhere.
            case 409 ->
                detail.isPresent()
                        ? new ToolException(
                                Reason.FAILED,
                                subject() + "ended it: " + detail.get() + " What it did until then stays done.")
                        : uncertain(reply, detail);
            case 408 -> throw new NothingRan(Kind.BUSY, unavailable(reply, detail), Optional.of(Duration.ZERO));
            case 429 -> throw new NothingRan(Kind.BUSY, busy(reply, detail), Optional.of(retryAfter(reply, detail)));
            case 503 -> notNow(reply, detail);
            case 502 -> uncertain(reply, detail);
            case 504 ->
                detail.isPresent()
                        ? new ToolException(Reason.TIMEOUT, subject() + "gave up: " + detail.get())
                        : uncertain(reply, detail);
            case 500 -> failed(reply, detail);
            default -> {
                if (reply.status() < 500) {
                    throw NothingRan.unusable(notAToolServer(reply).getMessage());
                }
                yield uncertain(reply, detail);
            }
        };
    }

    private ToolException failed(Reply reply, Optional<String> detail) {
        if (detail.isEmpty()) {
            return new ToolException(
                    Reason.FAILED,
                    answered(reply, detail) + "; the method may have run. Its result may be nothing that JSON can hold;"
                            + " see the server's log.");
        }
        String text = detail.get();
        if (text.equals(NO_KEY_THERE)) {
            return new ToolException(
                    Reason.DENIED,
                    subject() + "has no key configured and refuses everybody; set " + keySetting() + " there.");
        }
        return new ToolException(
                Reason.FAILED, text.startsWith(RAN) ? text.substring(RAN.length()) : subject() + "failed: " + text);
    }

    private ToolException denied(Reply reply, Optional<String> detail) {
        if (detail.filter(text -> text.endsWith(NOT_OFFERED)).isPresent()) {
            return new ToolException(Reason.NOT_OFFERED, detail.get());
        }
        if (reply.status() == 403
                && detail.filter(text -> !BAD_KEY.matcher(text).matches()).isPresent()) {
            return new ToolException(Reason.DENIED, subject() + "refuses: " + detail.get());
        }
        String remedy = server.key().isPresent()
                ? "it refuses the key in " + keySetting()
                : "it wants a key: set " + keySetting();
        return new ToolException(Reason.DENIED, answered(reply, detail) + "; " + remedy + ".");
    }

    private ToolException notFound(Reply reply, Optional<String> detail) throws NothingRan {
        if (detail.filter(text -> UNKNOWN_METHOD.matcher(text).matches()).isPresent()) {
            return new ToolException(Reason.UNKNOWN_METHOD, detail.get());
        }
        if (detail.filter(text -> UNKNOWN_TOOL.matcher(text).matches()).isPresent()) {
            return new ToolException(Reason.UNKNOWN_TOOL, detail.get());
        }
        throw NothingRan.unusable(notAToolServer(reply).getMessage());
    }

    /** Without a sentence or a time to wait it may come from a proxy that lost a server in the middle of a call. */
    private ToolException notNow(Reply reply, Optional<String> detail) throws NothingRan {
        Optional<Duration> wait = RetryAfter.of(reply.headers().get("Retry-After"), now);
        if (wait.isPresent() || detail.isPresent()) {
            throw new NothingRan(Kind.BUSY, unavailable(reply, detail), wait);
        }
        return uncertain(reply, detail);
    }

    private ToolException busy(Reply reply, Optional<String> detail) {
        return new ToolException(
                Reason.UNAVAILABLE,
                answered(reply, detail) + "; it can be called again in "
                        + Math.max(1, retryAfter(reply, detail).toSeconds()) + " s.");
    }

    private Duration retryAfter(Reply reply, Optional<String> detail) {
        // The predecessor says it in words only.
        return RetryAfter.of(reply.headers().get("Retry-After"), now).orElseGet(() -> {
            Matcher words = TRY_AGAIN.matcher(detail.orElse(""));
            return words.find() ? Duration.ofSeconds(Long.parseLong(words.group(1))) : Duration.ofSeconds(1);
        });
    }

    private ToolException unavailable(Reply reply, Optional<String> detail) {
        return new ToolException(Reason.UNAVAILABLE, answered(reply, detail) + "; call again later.");
    }

    private ToolException uncertain(Reply reply, Optional<String> detail) {
        return new ToolException(
                Reason.UNCERTAIN,
                answered(reply, detail) + "; whether the method ran is not known. Find out before you call it again.");
    }

    private ToolException notAToolServer(Reply reply) {
        return new ToolException(
                Reason.UNAVAILABLE,
                answered(reply, detail(reply)) + "; that is not how a tool server answers. Check " + addressSetting()
                        + ".");
    }

    /** A redirect that is not followed: the key is for this server only. */
    NothingRan redirect(Reply reply) {
        String location = Optional.ofNullable(reply.headers().get("Location")).orElse("nowhere");
        HttpUrl url = HttpUrl.parse(location);
        // A query may hold a key.
        String shown = url == null
                ? location
                : url.newBuilder().query(null).fragment(null).toString();
        return NothingRan.unusable(subject() + "answered " + reply.status() + " and points to "
                + Excerpt.of(server.redact(shown)) + ", which is not followed because the call and its key are for"
                + " this address only; if that is right, put it into " + addressSetting() + ".");
    }

    private String answered(Reply reply, Optional<String> detail) {
        String said = detail.map(Excerpt::of)
                .orElseGet(() -> Excerpt.of(server.redact(new String(reply.body(), StandardCharsets.UTF_8))));
        return subject() + "answered " + reply.status() + (said.isEmpty() ? "" : " \"" + said + '"');
    }

    private static String keySetting() {
        SettingSpec<?> key = RemoteSettings.API_KEY;
        return RemoteSettings.label(key);
    }

    /** What the server says for the caller; empty if the answer is not in the form of a tool server. */
    private Optional<String> detail(Reply reply) {
        if (reply.isCut()) {
            return Optional.empty();
        }
        try {
            JsonObject body = object(reply);
            return body.string("detail")
                    .or(() -> body.array("detail").map(Answers::messages))
                    .map(server::redact)
                    .map(text -> text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "…");
        } catch (JsonException e) {
            // A page or plain text: the callers of this method say what that means.
            return Optional.empty();
        }
    }

    /** FastAPI lists what is wrong with each field. */
    private static String messages(JsonArray problems) {
        return problems.objects()
                .flatMap(problem -> problem.string("msg").stream())
                .collect(Collectors.joining("; "));
    }
}
