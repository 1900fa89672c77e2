package io.pipecat.worldmodel.cluster;

import io.pipecat.api.world.WorldModelException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Makes a client trust the authorities of a file and no others. */
final class Authorities {
    private Authorities() {}

    static void trustOnly(Path file, OkHttpClient.Builder client) throws WorldModelException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + count++, certificate);
            }
            if (count == 0) {
                throw new WorldModelException("consul_ca: " + file + " holds no certificate in PEM.", null);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    SSLContext context = SSLContext.getInstance("TLS");
                    context.init(null, new TrustManager[] {x509}, null);
                    client.sslSocketFactory(context.getSocketFactory(), x509);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new WorldModelException(
                    "consul_ca: " + file + " cannot be read as certificates in PEM: " + e.getMessage() + ".", e);
        }
    }
}
