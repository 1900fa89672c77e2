package io.pipecat.server;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.http.Listener;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One listening socket and what answers on it. */
final class HttpListener implements Listener {
    private static final int BACKLOG = 1024;
    /** How long a handler that was interrupted may take to say so to its peer. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final HttpServer server;
    private final HttpEndpoint endpoint;
    private final URI address;
    private final Dispatcher dispatcher;
    private final Calls calls;
    private final AccessLog log;
    private final Subscription gauge;

    private HttpListener(
            HttpServer server,
            HttpEndpoint endpoint,
            URI address,
            Dispatcher dispatcher,
            Calls calls,
            AccessLog log,
            Subscription gauge) {
        this.server = server;
        this.endpoint = endpoint;
        this.address = address;
        this.dispatcher = dispatcher;
        this.calls = calls;
        this.log = log;
        this.gauge = gauge;
    }

    static HttpListener open(Binding binding, HttpEndpoint endpoint, NodeContext context) throws ListenException {
        Optional<Tls> tls = Tls.from(context.settings());
        HttpServer server = bind(binding, tls);
        String service = binding.service();
        Calls calls = new Calls(service);
        AccessLog log = new AccessLog(context.settings());
        Dispatcher[] made = new Dispatcher[1];
        RouteTable routes = routes(binding, endpoint, context, () -> made[0].draining());
        Dispatcher dispatcher = new Dispatcher(
                routes,
                new RouteMetrics(context.metrics(), service, "any", "none"),
                endpoint.authenticator(),
                calls,
                log,
                context.node().instanceId(),
                context.settings().get(ServerSettings.MAX_CONCURRENT));
        made[0] = dispatcher;
        Subscription gauge = context.metrics()
                .gauge(
                        "pipecat_http_requests_in_flight",
                        "Requests that are being answered.",
                        Map.of("service", service),
                        calls::size);
        server.createContext("/", dispatcher);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
        return new HttpListener(server, endpoint, uri(server, tls), dispatcher, calls, log, gauge);
    }

    private static HttpServer bind(Binding binding, Optional<Tls> tls) throws ListenException {
        try {
            if (tls.isEmpty()) {
                return HttpServer.create(binding.address(), BACKLOG);
            }
            HttpsServer server = HttpsServer.create(binding.address(), BACKLOG);
            server.setHttpsConfigurator(tls.get().configurator());
            return server;
        } catch (IOException e) {
            throw new ListenException(
                    "'" + binding.service() + "' cannot listen on "
                            + binding.address().getAddress().getHostAddress() + " port "
                            + binding.address().getPort() + ": " + e.getMessage()
                            + ". Stop what listens there, or set another port for it (0 takes any free one).",
                    e);
        }
    }

    private static RouteTable routes(
            Binding binding, HttpEndpoint endpoint, NodeContext context, java.util.function.BooleanSupplier draining) {
        boolean loopback = binding.address().getAddress().isLoopbackAddress();
        Metrics metrics = context.metrics();
        List<RouteTable.Entry> entries = OwnRoutes.with(endpoint, context, loopback, draining).stream()
                .map(route -> new RouteTable.Entry(
                        route,
                        new PathPattern(route.path()),
                        new RouteMetrics(metrics, binding.service(), route.method(), route.path())))
                .toList();
        return new RouteTable(entries);
    }

    private static URI uri(HttpServer server, Optional<Tls> tls) {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getAddress().getHostAddress();
        String shown = bound.getAddress() instanceof Inet6Address ? "[" + host.replaceFirst("%.*", "") + "]" : host;
        return URI.create((tls.isPresent() ? "https://" : "http://") + shown + ":" + bound.getPort());
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public void drain(Duration deadline) throws InterruptedException {
        dispatcher.drain();
        endpoint.drain();
        if (!calls.awaitNone(deadline)) {
            calls.stopAll();
            calls.awaitNone(LAST_WORDS);
        }
    }

    @Override
    public void close() {
        dispatcher.drain();
        calls.close();
        server.stop(0);
        gauge.close();
        log.close();
    }
}
