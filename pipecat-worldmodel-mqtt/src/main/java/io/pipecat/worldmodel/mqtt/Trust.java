package io.pipecat.worldmodel.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import io.pipecat.api.setting.SettingsException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/** Whom to believe that a broker is the one. The name in the certificate is always compared with mqtt_host. */
final class Trust {
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    private Trust() {}

    /**
     * Reads the authorities.
     *
     * @param file a PEM file; without one, Java's own are believed
     */
    static MqttClientSslConfig config(Optional<Path> file) throws SettingsException {
        var config = MqttClientSslConfig.builder().handshakeTimeout(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
        return file.isEmpty()
                ? config.build()
                : config.trustManagerFactory(authorities(file.get())).build();
    }

    private static TrustManagerFactory authorities(Path file) throws SettingsException {
        Collection<? extends Certificate> certificates;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw new SettingsException(
                    "mqtt_ca: " + file.toAbsolutePath() + " cannot be read"
                            + (Files.exists(file) ? "" : ": it does not exist")
                            + ". Set it to a PEM file that this user may read.",
                    e);
        } catch (CertificateException e) {
            throw noCertificates(file, e);
        }
        if (certificates.isEmpty()) {
            throw noCertificates(file, null);
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw noCertificates(file, e);
        }
    }

    private static SettingsException noCertificates(Path file, @org.jspecify.annotations.Nullable Exception cause) {
        return new SettingsException(
                "mqtt_ca: " + file.toAbsolutePath()
                        + " holds no certificate that can be read; it must be a PEM file with"
                        + " -----BEGIN CERTIFICATE-----.",
                cause);
    }
}
