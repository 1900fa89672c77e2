package io.pipecat.server;

import com.sun.net.httpserver.HttpExchange;
import io.pipecat.api.Subscription;
import io.pipecat.api.setting.Settings;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request. Neither query nor headers are in it: both can hold secrets. */
final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.pipecat.access");
    private static final int MAX_PATH = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Subscription watching;
    private volatile boolean on;

    AccessLog(Settings settings) {
        this.on = settings.get(ServerSettings.ACCESS_LOG);
        this.watching = settings.watch(
                ServerSettings.ACCESS_LOG, value -> on = value.value().orElse(true));
    }

    void write(HttpExchange exchange, String path, String principal, Reply reply, long nanos) {
        if (on && LOG.isInfoEnabled()) {
            LOG.info(
                    "{} {} {} {} bytes {} ms {} {}",
                    exchange.getRequestMethod(),
                    path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + "…" : path,
                    reply.status() == 0 ? "unanswered" : reply.status(),
                    reply.bytes(),
                    String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI),
                    principal,
                    exchange.getRemoteAddress().getAddress().getHostAddress());
        }
    }

    @Override
    public void close() {
        watching.close();
    }
}
