package io.pipecat.documentation;

import io.pipecat.api.PipecatException;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.ListenerProvider;
import io.pipecat.api.http.Route;
import io.pipecat.node.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The calls that a node answers, by service. */
final class HttpPage {
    private HttpPage() {}

    static String markdown(Path stateDir) throws PipecatException, InterruptedException {
        Page page = new Page("HTTP");
        page.paragraph("""
                One listener for each service that `SERVE` names. Beside the calls below, each answers `GET /health` to everybody, and
                `GET /metrics` (for Prometheus) to whoever has its key; on loopback also without one. A final `/` makes no difference. An error is
                `{"detail": "…"}`. *key*: who calls from beyond loopback needs the service's key, unless `ALLOW_UNAUTHENTICATED` names the service.""");
        try (Node node = Node.builder()
                .settings("the reference", Map.of("state_dir", stateDir.toString()))
                .build()) {
            for (EndpointProvider provider : Installed.of(EndpointProvider.class)) {
                page.section(Page.code(provider.name()));
                page.paragraph("Port " + provider.port(node.settings()) + " unless set otherwise, from "
                        + Installed.artifact(provider.getClass()) + ".");
                page.head("call", "who", "largest body", "time", "what it does");
                try (HttpEndpoint endpoint = provider.create(node.context())) {
                    endpoint.routes().forEach(route -> row(page, route));
                }
            }
        }
        page.section("Not HTTP");
        page.head("service", "from");
        Installed.of(ListenerProvider.class)
                .forEach(listener -> page.row(Page.code(listener.name()), Installed.artifact(listener.getClass())));
        return page.markdown();
    }

    private static void row(Page page, Route route) {
        if (route.summary().isEmpty()) {
            throw new AssertionError(
                    route.method() + " " + route.path() + " has no summary: give it one by Route.withSummary");
        }
        page.row(
                Page.code(route.method() + " " + route.path()),
                route.open() ? "everybody" : "key",
                route.method().equals("GET") ? "" : size(route.maxBodyBytes()),
                route.timeout().equals(Duration.ZERO)
                        ? "its own"
                        : route.timeout().toSeconds() + " s",
                Page.plain(route.summary()));
    }

    private static String size(long bytes) {
        long kib = bytes >> 10;
        return kib >= 1024 && kib % 1024 == 0 ? (kib >> 10) + " MiB" : kib + " KiB";
    }
}
