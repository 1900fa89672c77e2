package io.pipecat.api.http;

import java.util.Optional;

/** Decides who may call. Thread-safe. */
public interface Authenticator {

    /** What an authenticator says of a request. */
    sealed interface Decision {
        /**
         * It may go on.
         *
         * @param principal who it is, for limits and logs; never the key itself
         */
        record Admitted(String principal) implements Decision {}

        /**
         * It may not.
         *
         * @param response what it is answered
         */
        record Refused(Response response) implements Decision {}
    }

    /**
     * Looks at a request's headers and address. Compares keys in constant time.
     *
     * @param request the request; its body must not be read
     * @return the decision
     */
    Decision decide(Request request);

    /**
     * Returns whether a key is configured, without which a listener stays on loopback unless
     * {@code ALLOW_UNAUTHENTICATED} names its service.
     *
     * @return the name of the setting that would configure one, if none is configured; empty if one is
     */
    Optional<String> missingKeySetting();
}
