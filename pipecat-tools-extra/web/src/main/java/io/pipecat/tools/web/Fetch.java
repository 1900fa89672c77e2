package io.pipecat.tools.web;

import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches one page on a thread of its own: one request after the other, each to addresses that were checked for it. */
final class Fetch implements Callable<Fetched> {
    private static final String ACCEPT =
            "text/html, application/xhtml+xml, text/*;q=0.9, application/json;q=0.9, application/xml;q=0.8, */*;q=0.1";
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OkHttpClient client;
    private final Gate gate;
    private final String userAgent;
    private final HttpUrl start;
    private final int maxRedirects;
    private final int maxBytes;
    private final Object lock = new Object();
    private Optional<Call> current = Optional.empty();
    private boolean cancelled;

    Fetch(OkHttpClient client, Gate gate, String userAgent, HttpUrl start, int maxRedirects, int maxBytes) {
        this.client = client;
        this.gate = gate;
        this.userAgent = userAgent;
        this.start = start;
        this.maxRedirects = maxRedirects;
        this.maxBytes = maxBytes;
    }

    @Override
    public Fetched call() throws ToolException {
        HttpUrl url = start;
        for (int redirects = 0; ; redirects++) {
            List<InetAddress> addresses = gate.check(url);
            try (Response response = open(url, addresses).execute()) {
                Optional<String> location = Optional.ofNullable(response.header("Location"));
                if (!REDIRECTS.contains(response.code()) || location.isEmpty()) {
                    return read(url, response);
                }
                if (redirects == maxRedirects) {
                    throw ToolException.failed(Urls.show(start) + " redirects more than " + maxRedirects
                            + " times (setting web_max_redirects), last from " + Urls.show(url) + ".");
                }
                url = Urls.redirect(url, location.get());
            } catch (IOException e) {
                throw new ToolException(ToolException.Reason.FAILED, failure(url, e), e);
            }
        }
    }

    private Call open(HttpUrl url, List<InetAddress> addresses) {
        OkHttpClient bound = client.newBuilder()
                .dns(host -> addresses)
                .socketFactory(new CheckedSockets(addresses))
                .build();
        Call call = bound.newCall(new Request.Builder()
                .url(url)
                .header("User-Agent", userAgent)
                .header("Accept", ACCEPT)
                .build());
        synchronized (lock) {
            current = Optional.of(call);
            if (cancelled) {
                call.cancel();
            }
        }
        return call;
    }

    /** Ends the fetch from any thread; one that is over stays as it is. */
    void cancel() {
        synchronized (lock) {
            cancelled = true;
            current.ifPresent(Call::cancel);
        }
    }

    private Fetched read(HttpUrl url, Response response) throws ToolException, IOException {
        if (!response.isSuccessful()) {
            String reason = response.message().isBlank() ? "" : " " + response.message();
            throw ToolException.failed(
                    Urls.show(url) + " answers " + response.code() + reason + "." + advice(response.code()));
        }
        ContentType type = ContentType.of(response.header("Content-Type"));
        if (type.kind() == ContentType.Kind.OTHER) {
            throw ToolException.failed(Urls.show(url) + " is of the type '" + type.name()
                    + "', which is not fetched: only pages, text, JSON and XML are.");
        }
        String encoding = response.header("Content-Encoding", "identity");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ToolException.failed(Urls.show(url) + " is compressed in a way that was not asked for ('" + encoding
                    + "') and cannot be read.");
        }
        if (response.body().contentLength() > maxBytes) {
            throw tooLarge(url);
        }
        InputStream body = response.body().byteStream();
        // Counted after decompression, so that a few kilobytes cannot become gigabytes.
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw tooLarge(url);
        }
        return new Fetched(url, type, bytes);
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> " The page is not for everybody, or its server refuses programs; try another source.";
            case 404, 410 -> " There is no such page; check the URL or look for it from the site's first page.";
            case 429, 503 -> " The server is busy; try again later, or another source.";
            default -> "";
        };
    }

    private ToolException tooLarge(HttpUrl url) {
        return ToolException.failed(Urls.show(url) + " is larger than " + maxBytes
                + " bytes, decompressed (setting web_max_bytes), and was not read. Try a smaller page.");
    }

    private static String failure(HttpUrl url, IOException e) {
        String what = switch (e) {
            case SocketTimeoutException timeout -> "the server did not answer in time (setting web_timeout)";
            case ConnectException refused -> "no connection to the server: " + refused.getMessage();
            case NoRouteToHostException unreachable -> "no route to the server";
            case SSLException tls -> "no trustworthy TLS connection: " + tls.getMessage();
            default -> "the connection broke: " + e;
        };
        return Urls.show(url) + " was not fetched: " + what + ". Try again later, or another page.";
    }
}
