package io.pipecat.endpoint.mcp;

import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.BearerAuthenticator;
import io.pipecat.api.http.Request;
import io.pipecat.api.setting.Settings;
import java.util.Optional;

/**
 * Admits everybody, which the node allows on loopback only. MCP clients on a desktop have nothing else to go by: they are given a URL.
 */
final class KeyAuthenticator implements Authenticator {
    private static final Decision ANYBODY = new Decision.Admitted("anonymous");

    private KeyAuthenticator() {}

    /** Returns what asks for {@code mcp_api_key} if it is set. */
    static Authenticator of(Settings settings) {
        return settings.find(McpEndpointSettings.API_KEY).isPresent()
                ? BearerAuthenticator.of(McpEndpointSettings.API_KEY, settings)
                : new KeyAuthenticator();
    }

    @Override
    public Decision decide(Request request) {
        return ANYBODY;
    }

    @Override
    public Optional<String> missingKeySetting() {
        return Optional.of(McpEndpointSettings.API_KEY.name());
    }
}
