package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.testkit.node.TestSettings;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private SSLContext selfSigned() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=site.test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), output);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void certificateThatNobodyVouchesForIsRefused() throws Exception {
        TestSettings settings = new TestSettings(DeploymentMode.MONOLITH, Map.of("web_allow_private", "site.test"));
        FakeNetwork network = new FakeNetwork().host("site.test", "127.0.0.1");
        WebTool tool = new WebTool(new Fetcher(network, settings, "1"), settings);
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(selfSigned().getSocketFactory());
            server.start(FakeNetwork.address("127.0.0.1"), 0);
            server.enqueue(new MockResponse.Builder().body("secret").build());
            String url = "https://site.test:" + server.getPort() + "/";
            ToolException e = assertThrows(
                    ToolException.class, () -> tool.fetch(url, 0, new ToolContext("test", Instant.MAX, line -> {})));
            assertTrue(e.getMessage().contains("no trustworthy TLS connection"), e.getMessage());
            assertEquals(0, server.getRequestCount());
        }
        tool.close();
    }
}
