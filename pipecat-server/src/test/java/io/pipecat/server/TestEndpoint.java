package io.pipecat.server;

import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.BearerAuthenticator;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Route;
import java.util.List;

/** Answers nothing of its own. */
final class TestEndpoint implements HttpEndpoint {
    @Override
    public List<Route> routes() {
        return List.of();
    }

    @Override
    public Authenticator authenticator() {
        return new BearerAuthenticator("test_key", List.of());
    }

    @Override
    public void close() {}
}
