/**
 * Listens for HTTP on behalf of the endpoints: the JDK's own server on virtual threads, with TLS, limits, graceful drain, an access log
 * and metrics. It is found through its {@link io.pipecat.api.http.ServerProvider}; nothing here is called directly, so nothing is
 * exported.
 */
module io.pipecat.server {
    requires io.pipecat.api;
    requires jdk.httpserver;

    provides io.pipecat.api.http.ServerProvider with
            io.pipecat.server.JdkServerProvider;
}
