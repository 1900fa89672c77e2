package io.pipecat.endpoint.openai;

import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.BearerAuthenticator;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.setting.Settings;
import java.util.Optional;

/**
 * Admits whoever sends a key of {@code llama_api_key}; without one configured everybody, which the node allows on loopback only. Refuses in
 * OpenAI's shape.
 */
final class Access implements Authenticator {
    private static final Decision ANYBODY = new Decision.Admitted("anonymous");

    private final BearerAuthenticator keys;

    Access(Settings settings) {
        this.keys = BearerAuthenticator.of(OpenAIEndpointSettings.API_KEY, settings);
    }

    @Override
    public Decision decide(Request request) {
        if (keys.missingKeySetting().isPresent()) {
            return ANYBODY;
        }
        Decision decision = keys.decide(request);
        return decision instanceof Decision.Refused ? new Decision.Refused(refusal(request)) : decision;
    }

    private static Response refusal(Request request) {
        String message = request.header("Authorization").isEmpty()
                ? "This server needs a key: send it as Authorization: Bearer <key>."
                : "Invalid credentials: this server does not know that key.";
        return ApiError.unauthorized(401, message).response().withHeader("WWW-Authenticate", "Bearer");
    }

    @Override
    public Optional<String> missingKeySetting() {
        return keys.missingKeySetting();
    }
}
