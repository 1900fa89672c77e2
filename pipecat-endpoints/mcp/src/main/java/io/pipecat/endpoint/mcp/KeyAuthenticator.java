package io.pipecat.endpoint.mcp;

import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.Settings;
import java.util.List;
import java.util.Optional;

/** Admits whoever sends one of the keys; everybody if there is none, which the node allows on loopback only. */
final class KeyAuthenticator implements Authenticator {
    private static final String ANONYMOUS = "anonymous";

    private final List<Secret> keys;

    KeyAuthenticator(Settings settings) {
        this.keys =
                settings.find(McpEndpointSettings.API_KEY).map(Secret::split).orElse(List.of());
    }

    @Override
    public Decision decide(Request request) {
        if (keys.isEmpty()) {
            return new Decision.Admitted(ANONYMOUS);
        }
        Optional<String> header = request.header("Authorization").map(String::strip);
        if (header.isEmpty()) {
            return refused("This server wants a key: send it as Authorization: Bearer <mcp_api_key>.");
        }
        String[] words = header.get().split("\\s+", -1);
        if (words.length != 2 || !words[0].equalsIgnoreCase("Bearer")) {
            return refused("The Authorization header is not of the form: Bearer <mcp_api_key>.");
        }
        Secret sent = new Secret(words[1]);
        int found = -1;
        for (int i = 0; i < keys.size(); i++) {
            // Each is compared, so that the time does not tell which one was nearly right.
            if (keys.get(i).equals(sent)) {
                found = i;
            }
        }
        return found < 0 ? refused("The key is not valid here.") : new Decision.Admitted("mcp-key-" + (found + 1));
    }

    /** The protocol wants 401 for a wrong key too. */
    private static Decision refused(String detail) {
        return new Decision.Refused(Response.error(401, detail).withHeader("WWW-Authenticate", "Bearer"));
    }

    @Override
    public Optional<String> missingKeySetting() {
        return keys.isEmpty() ? Optional.of(McpEndpointSettings.API_KEY.name()) : Optional.empty();
    }
}
