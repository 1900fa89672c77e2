package io.pipecat.discovery.consul;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.discovery.consul.Transport.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.kiwiproject.consul.AgentClient;
import org.kiwiproject.consul.Consul;
import org.kiwiproject.consul.HealthClient;
import org.kiwiproject.consul.KeyValueClient;
import org.kiwiproject.consul.option.Options;
import org.kiwiproject.consul.option.QueryOptions;

/** The way to Consul: its address, the token, whom to trust. Opening it contacts nothing. Thread-safe. */
final class ConsulLink implements AutoCloseable {
    /** How long Consul waits for news. The end of a connection that nobody closed is noticed after that, too. */
    static final Duration WAIT = Duration.ofSeconds(60);

    private final Consul consul;
    private final Transport transport;
    private final ExecutorService threads;
    private final String address;
    private final String setting;
    private final boolean hasToken;
    private final Duration timeout;
    private final URI uri;

    /**
     * Opens the way.
     *
     * @throws SettingsException if the settings cannot be
     */
    ConsulLink(Settings settings) throws SettingsException {
        String host = ConsulSettings.host(settings).value().orElseThrow().strip();
        int port = settings.get(ConsulSettings.PORT);
        boolean tls = settings.get(ConsulSettings.TLS);
        this.setting = ConsulSettings.label(ConsulSettings.host(settings).spec());
        this.address = Addresses.authority(host, port);
        this.uri = Addresses.uri(tls ? "https" : "http", host, port)
                .orElseThrow(
                        () -> new SettingsException(setting + " is '" + host + "', which is no host name or address."));
        Optional<Secret> token = ConsulSettings.token(settings);
        if (token.isPresent() && !token.get().reveal().matches("[\\x21-\\x7e]+")) {
            throw new SettingsException(ConsulSettings.label(ConsulSettings.TOKEN)
                    + " holds what no HTTP header can carry: a token is letters, digits and '-', without blanks.");
        }
        this.hasToken = token.isPresent();
        this.timeout = settings.get(ConsulSettings.TIMEOUT);
        Optional<Path> ca = settings.find(ConsulSettings.CA);
        Optional<Trust> trust = tls && ca.isPresent() ? Optional.of(trust(ca.get())) : Optional.empty();
        this.transport = new Transport(timeout, WAIT, token, trust);
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.consul = Consul.builder()
                .withUrl(uri.toString())
                .withPing(false)
                .withExecutorService(threads)
                .withConsulFailoverInterceptor(transport)
                .build();
    }

    private static Trust trust(Path file) throws SettingsException {
        String problem = ConsulSettings.label(ConsulSettings.CA) + ": " + file + " ";
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + count++, certificate);
            }
            if (count == 0) {
                throw new SettingsException(problem + "holds no certificate in PEM.");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    SSLContext context = SSLContext.getInstance("TLS");
                    context.init(null, new TrustManager[] {x509}, null);
                    return new Trust(context.getSocketFactory(), x509);
                }
            }
            throw new IllegalStateException("this JVM has no trust manager for X.509");
        } catch (IOException e) {
            throw new SettingsException(problem + "cannot be read: " + e + ".", e);
        } catch (GeneralSecurityException e) {
            throw new SettingsException(problem + "is no certificate in PEM: " + e.getMessage() + ".", e);
        }
    }

    HealthClient health() {
        return consul.healthClient();
    }

    KeyValueClient keys() {
        return consul.keyValueClient();
    }

    AgentClient agent() {
        return consul.agentClient();
    }

    /** Where it is, for messages: {@code Consul at core:8500}. */
    String where() {
        return "Consul at " + address;
    }

    URI uri() {
        return uri;
    }

    /** The setting that says where it is. */
    String setting() {
        return setting;
    }

    boolean hasToken() {
        return hasToken;
    }

    /** How long an answer may take. */
    Duration timeout() {
        return timeout;
    }

    /** Waits for something newer than an index; without one, Consul answers at once. */
    static QueryOptions newerThan(BigInteger index) {
        return index.signum() > 0
                ? QueryOptions.blockSeconds((int) WAIT.toSeconds(), index).build()
                : Options.BLANK_QUERY_OPTIONS;
    }

    /** Asks, and puts whatever goes wrong into words. */
    <T> T ask(Callable<T> question) throws ConsulFailure, InterruptedException {
        try {
            return question.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw ConsulFailure.of(e, hasToken);
        }
    }

    @Override
    public void close() {
        transport.close();
        consul.destroy();
        threads.shutdownNow();
    }
}
