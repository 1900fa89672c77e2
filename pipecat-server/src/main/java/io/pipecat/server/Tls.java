package io.pipecat.server;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** TLS with a key and a certificate from files. */
record Tls(SSLContext context) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Empty if neither of the two files is set. */
    static Optional<Tls> from(Settings settings) throws ListenException {
        SettingValue<Path> keyFile = settings.describe(ServerSettings.SSL_KEYFILE);
        SettingValue<Path> certFile = settings.describe(ServerSettings.SSL_CERTFILE);
        if (keyFile.value().isEmpty() && certFile.value().isEmpty()) {
            return Optional.empty();
        }
        Path key = needed(keyFile, ServerSettings.SSL_CERTFILE);
        Path cert = needed(certFile, ServerSettings.SSL_KEYFILE);
        Certificate[] chain = chain(cert);
        PrivateKey privateKey = PemKey.read(key);
        checkPair(privateKey, key, chain[0], cert);
        try {
            char[] none = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, none);
            store.setKeyEntry("server", privateKey, none, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return Optional.of(new Tls(context));
        } catch (GeneralSecurityException | IOException e) {
            throw new ListenException(
                    "TLS cannot be set up with " + key + " and " + cert + ": " + e.getMessage() + ".", e);
        }
    }

    private static Path needed(SettingValue<Path> file, SettingSpec<Path> other) throws ListenException {
        return file.value()
                .orElseThrow(() -> new ListenException(
                        other.name() + " is set and " + file.spec().name()
                                + " is not: TLS takes both, so set the other too or neither.",
                        null));
    }

    private static Certificate[] chain(Path file) throws ListenException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new ListenException("ssl_certfile: " + file + " holds no certificate in PEM.", null);
            }
            return all.toArray(new Certificate[0]);
        } catch (IOException e) {
            throw new ListenException("ssl_certfile: " + file + " cannot be read: " + e + ".", e);
        } catch (GeneralSecurityException e) {
            throw new ListenException(
                    "ssl_certfile: " + file + " is not a certificate in PEM: " + e.getMessage() + ".", e);
        }
    }

    /** A key of another certificate would fail only in each handshake, with words that help nobody. */
    private static void checkPair(PrivateKey key, Path keyFile, Certificate certificate, Path certFile)
            throws ListenException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> "EdDSA";
        };
        boolean pair;
        try {
            byte[] text = "one pair".getBytes(StandardCharsets.US_ASCII);
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(text);
            pair = verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            throw notAPair(keyFile, certFile, e);
        }
        if (!pair) {
            throw notAPair(keyFile, certFile, null);
        }
    }

    private static ListenException notAPair(
            Path keyFile, Path certFile, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ListenException(
                "The key in " + keyFile + " (ssl_keyfile) is not that of the first certificate in " + certFile
                        + " (ssl_certfile): give the two that belong together, the server's own certificate first.",
                cause);
    }

    HttpsConfigurator configurator() {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setProtocols(PROTOCOLS);
                parameters.setSSLParameters(ssl);
            }
        };
    }
}
