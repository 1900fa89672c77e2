package io.pipecat.tools.web;

import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Fetches pages within the limits of the settings. Thread-safe. */
final class Fetcher implements AutoCloseable {
    private final Settings settings;
    private final Gate gate;
    private final String userAgent;
    private final OkHttpClient client;
    private final Set<Fetch> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Fetcher(Network network, Settings settings, String version) {
        this.settings = settings;
        this.gate = new Gate(network, () -> settings.get(WebSettings.ALLOW_PRIVATE));
        this.userAgent = "Mozilla/5.0 (compatible; pipecat/" + version + ")";
        this.client = new OkHttpClient.Builder()
                // A proxy would look the names up itself.
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                // A connection that was kept might outlive the setting that allowed it.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }

    /**
     * Fetches what is behind a URL.
     *
     * @throws ToolException if there is nothing that could be read; says why
     * @throws InterruptedException if the calling thread, virtual or not, is interrupted; the connection is closed
     */
    Fetched fetch(HttpUrl url) throws ToolException, InterruptedException {
        Duration timeout = settings.get(WebSettings.TIMEOUT);
        Fetch fetch = new Fetch(
                clientFor(timeout),
                gate,
                userAgent,
                url,
                settings.get(WebSettings.MAX_REDIRECTS),
                settings.get(WebSettings.MAX_BYTES));
        FutureTask<Fetched> task = new FutureTask<>(fetch);
        running.add(fetch);
        try {
            if (closed) {
                throw ToolException.failed("The web tool is closed: the node is shutting down.");
            }
            // Of the platform: a look-up of a name is a native call, which would hold one of the carriers of all
            // virtual
            // threads.
            Thread.ofPlatform().daemon().name("pipecat-web").start(task);
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    Urls.show(url) + " was not fetched within "
                            + WebSettings.TIMEOUT.type().format(timeout)
                            + " (setting web_timeout). Try another page, or again later.",
                    e);
        } catch (ExecutionException e) {
            throw failure(e, url);
        } finally {
            fetch.cancel();
            running.remove(fetch);
        }
    }

    private OkHttpClient clientFor(Duration timeout) {
        return client.newBuilder()
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
    }

    private static ToolException failure(ExecutionException e, HttpUrl url) {
        if (e.getCause() instanceof ToolException known) {
            return known;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return new ToolException(
                ToolException.Reason.FAILED, Urls.show(url) + " was not fetched: " + e.getCause() + ".", e);
    }

    /** Ends what is running. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Fetch::cancel);
        client.connectionPool().evictAll();
    }
}
