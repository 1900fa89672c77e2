package io.pipecat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.ListenException;
import io.pipecat.testkit.RequiredPart;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With keys and certificates that openssl makes now. */
class TlsTest {
    private static final RequiredPart OPENSSL = RequiredPart.of("openssl", "Debian package openssl");

    @TempDir
    private Path folder;

    private Path run(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(OPENSSL.orSkip().toString()));
        command.addAll(List.of(arguments));
        Path file = folder.resolve(name);
        command.addAll(List.of("-out", file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("openssl.log")));
        return file;
    }

    private Path key(String form) throws Exception {
        return switch (form) {
            case "rsa" -> run("key.pem", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
            case "rsa traditional" ->
                run("key.pem", "rsa", "-traditional", "-in", key("rsa").toString());
            case "ec" -> run("key.pem", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
            case "ec traditional" -> run("key.pem", "ecparam", "-name", "prime256v1", "-genkey");
            default -> run("key.pem", "genpkey", "-algorithm", form);
        };
    }

    private Path certificate(Path key) throws Exception {
        return run(
                "cert.pem",
                "req",
                "-x509",
                "-new",
                "-key",
                key.toString(),
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Map<String, String> settings(Path key, Path certificate) {
        return Map.of("ssl_keyfile", key.toString(), "ssl_certfile", certificate.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "rsa traditional", "ec", "ec traditional", "ED25519"})
    void servesWithEveryFormOfKey(String form) throws Exception {
        Path key = key(form);
        Path certificate = certificate(key);
        try (TestServer server = new TestServer(settings(key, certificate));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(certificate))
                        .build()) {
            assertEquals("https", server.listener.address().getScheme());
            HttpRequest request = HttpRequest.newBuilder(
                            server.listener.address().resolve("/health"))
                    .build();
            assertEquals(
                    200,
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void oldVersionsAreRefused() throws Exception {
        Path key = key("ec");
        Path certificate = certificate(key);
        try (TestServer server = new TestServer(settings(key, certificate));
                SSLSocket socket =
                        (SSLSocket) trusting(certificate).getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThrows(java.io.IOException.class, socket::startHandshake);
        }
    }

    private static String refusal(Map<String, String> settings) {
        return assertThrows(ListenException.class, () -> new TestServer(settings).close())
                .getMessage();
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws Exception {
        Path key = key("ec");
        Path certificate = certificate(key);
        assertTrue(refusal(Map.of("ssl_keyfile", key.toString())).contains("ssl_certfile"));
        assertTrue(refusal(settings(folder.resolve("gone"), certificate)).contains("gone"));
        assertTrue(refusal(settings(certificate, certificate)).contains("holds no private key"));
        assertTrue(refusal(settings(key, key)).contains("ssl_certfile"));
        Path locked = run("locked.pem", "pkcs8", "-topk8", "-in", key.toString(), "-passout", "pass:x");
        assertTrue(refusal(settings(locked, certificate)).contains("password"));
        Path other = run("other.pem", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        assertTrue(refusal(settings(other, certificate)).contains("belong together"));
        Path damaged = Files.writeString(
                folder.resolve("damaged.pem"), Files.readString(key).replaceFirst("\nM[A-Za-z0-9+/]{20}", "\nMIGH"));
        assertTrue(refusal(settings(damaged, certificate)).contains("damaged.pem"));
    }
}
