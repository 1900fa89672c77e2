package io.pipecat.discovery.consul;

import com.google.common.net.HostAndPort;
import io.pipecat.api.setting.Secret;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.kiwiproject.consul.util.failover.ConsulFailoverInterceptor;

/**
 * How the requests of Consul's client travel. The client lets nobody configure its connections: it would follow a redirection with
 * the token in hand, read an answer of any size, and know no deadline for an answer that drips. The place that it offers for failing
 * over to another server is the one where a request can be taken out of its hands.
 */
final class Transport extends ConsulFailoverInterceptor implements AutoCloseable {
    private static final long MAX_ANSWER = 16L << 20;
    private static final int MAX_EXCERPT = 200;
    /** Not found is an answer: a key that is not there. */
    private static final Set<Integer> ANSWERS = Set.of(200, 404);

    private final OkHttpClient plain;
    private final OkHttpClient waiting;
    private final Optional<Secret> token;

    /** How a server proves who it is. */
    record Trust(SSLSocketFactory sockets, X509TrustManager manager) {}

    /**
     * Makes a transport.
     *
     * @param timeout how long an answer may take
     * @param wait how long Consul may wait for news where it is asked to
     * @param token sent with every request
     * @param trust for HTTPS; the JVM's unless given
     */
    Transport(Duration timeout, Duration wait, Optional<Secret> token, Optional<Trust> trust) {
        // There is no other server, and nobody asks for one, as the requests do not come that far.
        super(List.of(HostAndPort.fromHost("nowhere")), 1);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .callTimeout(timeout)
                .followRedirects(false)
                .followSslRedirects(false)
                // Consul is part of the cluster, never beyond a proxy for the Internet.
                .proxy(Proxy.NO_PROXY);
        trust.ifPresent(t -> builder.sslSocketFactory(t.sockets(), t.manager()));
        this.plain = builder.build();
        // Consul adds up to a sixteenth, so that not all watches of a cluster wake it at once.
        Duration news = wait.plus(wait.dividedBy(16)).plus(timeout);
        this.waiting = plain.newBuilder().readTimeout(news).callTimeout(news).build();
        this.token = token;
    }

    @Override
    public Response intercept(Chain chain) {
        Request.Builder request = chain.request().newBuilder();
        token.ifPresent(secret -> request.header("X-Consul-Token", secret.reveal()));
        boolean waits = chain.request().url().queryParameter("wait") != null;
        try (Response response =
                (waits ? waiting : plain).newCall(request.build()).execute()) {
            ResponseBody body = response.peekBody(MAX_ANSWER + 1);
            if (!ANSWERS.contains(response.code())) {
                throw new BadStatusException(response.code(), excerpt(response, body));
            }
            if (body.contentLength() > MAX_ANSWER) {
                throw new IOException("the answer has more than " + MAX_ANSWER + " bytes");
            }
            return response.newBuilder().body(body).build();
        } catch (IOException e) {
            throw Transport.<RuntimeException>asIs(e);
        }
    }

    /** The overridden method declares no exception, and everybody above it expects this one. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E asIs(IOException e) throws E {
        throw (E) e;
    }

    private static String excerpt(Response response, ResponseBody body) throws IOException {
        String location = response.header("Location");
        String text = location == null ? body.string() : "to " + location;
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "").strip();
        return line.length() <= MAX_EXCERPT ? line : line.substring(0, MAX_EXCERPT) + "…";
    }

    /** Ends what is under way and closes all connections. */
    @Override
    public void close() {
        plain.dispatcher().cancelAll();
        plain.dispatcher().executorService().shutdown();
        plain.connectionPool().evictAll();
    }
}
