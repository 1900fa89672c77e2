package io.pipecat.llm.openai;

import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.shared.Excerpt;
import io.pipecat.api.shared.RetryAfter;
import io.pipecat.llm.openai.OpenAISettings.Limits;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.Headers;

/** Says in sentences what went wrong with an instance, and which kind of failure it is. */
final class Failures {
    private final Target target;
    private final Limits limits;
    private final Clock clock;

    Failures(Target target, Limits limits, Clock clock) {
        this.target = target;
        this.limits = limits;
        this.clock = clock;
    }

    private String subject() {
        return "The language model at " + target.display() + " ";
    }

    Failure connectTimeout() {
        return Failure.repeatable(
                Reason.TIMEOUT,
                subject() + "could not be connected to within "
                        + limits.connect().toMillis() + " ms ("
                        + OpenAISettings.label(limits.connectSetting())
                        + "); see whether it runs and can be reached from here, and check " + target.addressHint()
                        + ".",
                null,
                Optional.empty());
    }

    Failure firstTokenTimeout() {
        return Failure.last(
                Reason.TIMEOUT,
                subject() + "did not begin to answer within "
                        + limits.firstToken().toMillis() + " ms; see whether it is"
                        + " overloaded, or raise "
                        + OpenAISettings.label(OpenAISettings.FIRST_TOKEN_TIMEOUT) + ".",
                null);
    }

    /** It says nothing, and does not even answer an inquiry. */
    Failure silent(Failure inquiry) {
        String setting = OpenAISettings.label(OpenAISettings.LIVENESS_TIMEOUT);
        return Failure.last(
                Reason.TIMEOUT,
                subject() + "went silent, and "
                        // Deadlines of the inquiry's own are none that could be set.
                        + (inquiry.reason() == Reason.TIMEOUT
                                ? "did not answer an inquiry either (" + setting
                                        + "); see whether it is overloaded, and"
                                        + " whether it can be reached from here."
                                : "an inquiry failed, too (" + setting + "): " + inquiry.getMessage()),
                inquiry);
    }

    /** Another one was silent for long, and this one does not answer an inquiry at once. */
    Failure goneToo(Duration within, Failure inquiry) {
        return Failure.last(
                Reason.TIMEOUT,
                subject() + "did not answer an inquiry within " + within.toMillis()
                        + " ms, after another one had said nothing at all ("
                        + OpenAISettings.label(OpenAISettings.LIVENESS_TIMEOUT) + "); see whether it runs and can be"
                        + " reached from here.",
                inquiry);
    }

    Failure gapTimeout() {
        return Failure.last(
                Reason.TIMEOUT,
                subject() + "stopped in the middle of its answer and sent nothing for "
                        + limits.tokenGap().toMillis() + " ms; ask again, or raise "
                        + OpenAISettings.label(OpenAISettings.TOKEN_GAP_TIMEOUT) + ".",
                null);
    }

    /** The exchange failed before the headers of an answer came. */
    Failure unanswered(Exchange.Failed failed) {
        Exception cause = failed.cause();
        if (!failed.connected()) {
            if (cause instanceof SocketTimeoutException) {
                return connectTimeout();
            }
            if (cause instanceof SSLException) {
                return Failure.last(
                        Reason.UNAVAILABLE,
                        subject() + "offers no TLS connection that this machine trusts (" + detail(cause) + "); check "
                                + target.addressHint() + " and the certificate." + clockHint(cause),
                        cause);
            }
            return Failure.repeatable(
                    Reason.UNAVAILABLE,
                    subject() + "cannot be connected to (" + detail(cause) + "); see whether it runs, and check "
                            + target.addressHint() + ".",
                    cause,
                    Optional.empty());
        }
        String message = subject() + "closed the connection before it answered (" + detail(cause) + "); see its log.";
        // A connection kept from an earlier call was dead before the request was on it.
        return failed.reused()
                ? Failure.repeatable(Reason.UNAVAILABLE, message, cause, Optional.empty())
                : Failure.last(Reason.UNAVAILABLE, message, cause);
    }

    /** The exchange failed after the headers of a good answer had come. */
    Failure interrupted(Exception cause, boolean pushed) {
        return pushed
                ? Failure.last(
                        Reason.BROKEN_OFF,
                        subject() + "broke off in the middle of its answer (" + detail(cause) + "); ask again.",
                        cause)
                : Failure.last(
                        Reason.UNAVAILABLE,
                        subject() + "broke off before it said anything (" + detail(cause) + "); see its log.",
                        cause);
    }

    /** The body ended, and nothing in it said that the answer is complete. */
    Failure incomplete(boolean pushed) {
        return Failure.last(
                pushed ? Reason.BROKEN_OFF : Reason.UNAVAILABLE,
                subject()
                        + "ended the stream without saying that the answer is complete; what it said may be cut off. Ask"
                        + " again, and see its log.",
                null);
    }

    Failure itself() {
        return Failure.last(
                Reason.UNAVAILABLE, subject() + "is this node itself; check " + target.addressHint() + ".", null);
    }

    Failure closed() {
        return Failure.last(Reason.UNAVAILABLE, subject() + "was not asked: this node is shutting down.", null);
    }

    /** What came back is not the protocol, or an error within an answer. No cause: its message may repeat the key. */
    Failure bad(BadAnswerException e, boolean pushed) {
        Optional<ServerError> said = e.error();
        if (said.isEmpty()) {
            return Failure.last(
                    pushed ? Reason.BROKEN_OFF : Reason.PROTOCOL,
                    subject() + "sent " + target.redact(String.valueOf(e.getMessage()))
                            + (pushed
                                    ? "; the answer is cut off. Ask again."
                                    : "; check " + target.addressHint() + "."),
                    null);
        }
        ServerError error = said.get();
        if (pushed) {
            return Failure.last(
                    Reason.BROKEN_OFF,
                    subject() + "broke off in the middle of its answer" + quoted(error) + "; ask again.",
                    null);
        }
        if (error.status() >= 400 || error.isOverflow()) {
            Failure f = status(error.status() >= 400 ? error.status() : 400, Headers.EMPTY, error);
            // The server had begun to answer this request, so it is not repeated there.
            return Failure.last(f.reason(), f.getMessage(), null);
        }
        Reason reason = error.isQuota() || error.isInvalidRequest() ? Reason.REJECTED : Reason.UNAVAILABLE;
        return Failure.last(reason, subject() + "failed" + quoted(error) + "; see its log.", null);
    }

    /** An answer other than a success. */
    Failure status(int status, Headers headers, ServerError error) {
        String answered = subject() + "answered " + status + quoted(error);
        boolean overflowStatus = status == 400 || status == 413 || status == 422 || status == 429 || status == 500;
        if (status == 413 || (overflowStatus && error.isOverflow())) {
            return Failure.last(
                    Reason.CONTEXT_OVERFLOW, answered + "; what was said does not fit into its context.", null);
        }
        if (status == 429 && error.isQuota()) {
            return Failure.last(
                    Reason.REJECTED,
                    answered + "; the account behind " + target.keySetting() + " has nothing left.",
                    null);
        }
        if (status == 429 || status >= 500) {
            return Failure.told(
                    answered + (status == 429 ? "; it has too much to do. Ask later." : "; see its log."),
                    RetryAfter.of(headers.get("Retry-After"), clock.instant()));
        }
        return switch (status) {
            case 401, 403 ->
                Failure.last(
                        Reason.REJECTED,
                        answered + "; " + (target.key().isPresent() ? "it refuses the key in " : "it wants a key: set ")
                                + target.keySetting() + ".",
                        null);
            case 404, 405 ->
                Failure.last(
                        Reason.REJECTED,
                        answered + "; the base URL or the model's name may be wrong: check " + target.addressHint()
                                + " and " + OpenAISettings.label(OpenAISettings.MODEL) + ".",
                        null);
            case 408 -> Failure.last(Reason.UNAVAILABLE, answered + "; it did not get the request in time.", null);
            default -> Failure.last(Reason.REJECTED, answered + "; the same request will be refused again.", null);
        };
    }

    Failure redirect(int status, String location) {
        return Failure.last(
                Reason.REJECTED,
                subject() + "answered " + status + " and points to " + Excerpt.of(location)
                        + ", which is not followed because"
                        + " the request and its key are for this address only; if that is right, put it into "
                        + target.addressHint() + ".",
                null);
    }

    private String quoted(ServerError error) {
        String message = target.redact(error.message());
        return message.isEmpty() ? "" : " \"" + message + '"';
    }

    /** A machine that has lost its clock trusts nobody, and what TLS says of that names no clock. */
    private String clockHint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateNotYetValidException || cause instanceof CertificateExpiredException) {
                return " The certificate is not valid at the time of this machine's clock, " + clock.instant()
                        + ": see whether that is right.";
            }
        }
        return "";
    }

    private String detail(Exception e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() instanceof IOException) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String name = deepest.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : target.redact(Excerpt.of(name + ": " + message));
    }
}
