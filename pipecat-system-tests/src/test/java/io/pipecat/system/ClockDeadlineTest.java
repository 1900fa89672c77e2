package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Await;
import io.pipecat.testkit.Certificates;
import io.pipecat.testkit.RequiredPart;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node waits for its model while somebody sets the machine's clock. */
class ClockDeadlineTest {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    /** A model that answers when it may. */
    private final MockWebServer model = new MockWebServer();

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @BeforeEach
    void script() {
        model.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                if (request.getMethod().equals("GET")) {
                    return new MockResponse.Builder()
                            .body("{\"data\":[{\"id\":\"any\"}]}")
                            .build();
                }
                asked.countDown();
                if (!mayAnswer.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("the test did not let it answer");
                }
                return new MockResponse.Builder()
                        .setHeader("Content-Type", "text/event-stream")
                        .body("""
                            data: {"choices":[{"delta":{"content":"Here I am."},"finish_reason":"stop"}]}

                            data: [DONE]

                            """)
                        .build();
            }
        });
    }

    @AfterEach
    void end() {
        mayAnswer.countDown();
        model.close();
    }

    private Pipecat node() throws Exception {
        return new Pipecat(folder)
                .with("WEB_PORT", "0")
                .with("LLM_FALLBACK", "off")
                .with("LLM_MODEL", "any")
                .with("LLAMA_API_URL_OVERRIDE", model.url("/v1").toString());
    }

    private static CompletableFuture<String> said(RunningNode node) {
        CompletableFuture<String> turn = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                turn.complete(node.say("Are you there?"));
            } catch (Exception e) {
                turn.completeExceptionally(e);
            }
        });
        return turn;
    }

    @Test
    void aDeadlineIsNotOverBecauseTheClockIsSetAhead() throws Exception {
        model.start();
        FakedClock clock = new FakedClock(folder, Duration.ZERO);
        try (RunningNode node = new RunningNode(clock.rule(node()).with("LLM_FIRST_TOKEN_TIMEOUT", "2m"))) {
            CompletableFuture<String> turn = said(node);
            assertTrue(asked.await(LONG.toSeconds(), TimeUnit.SECONDS));
            clock.set(Duration.ofHours(5));
            // Whoever looked at the clock would have given up by the time that this is answered.
            node.get("/health");
            mayAnswer.countDown();
            String events = turn.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertTrue(events.contains("Here I am.") && events.contains("\"finish\":\"completed\""), events);
        }
    }

    @Test
    void aDeadlineIsOverThoughTheClockIsSetBackAndThenHardlyMoves() throws Exception {
        model.start();
        FakedClock clock = new FakedClock(folder, Duration.ZERO);
        try (RunningNode node = new RunningNode(clock.rule(node()).with("LLM_FIRST_TOKEN_TIMEOUT", "3s"))) {
            CompletableFuture<String> turn = said(node);
            assertTrue(asked.await(LONG.toSeconds(), TimeUnit.SECONDS));
            Instant shows = Instant.now().minus(Duration.ofHours(5));
            Await.until("the turn ends", LONG, () -> {
                stop(clock, shows);
                return turn.isDone();
            });
            String events = turn.get();
            assertTrue(events.contains("did not begin to answer within 3000 ms"), events);
            clock.set(Duration.ZERO);
            mayAnswer.countDown();
            assertTrue(node.say("And now?").contains("Here I am."));
        }
    }

    private static void stop(FakedClock clock, Instant at) {
        try {
            clock.set(Duration.between(Instant.now(), at));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aCertificateIsRefusedForTheClockThatTheMessageNamesAndTakenOnceThatIsRight() throws Exception {
        mayAnswer.countDown();
        Certificates made = Certificates.in(folder.resolve("certificates"));
        model.useHttps(tls(made).getSocketFactory());
        model.start();
        FakedClock clock =
                new FakedClock(folder, Duration.between(Instant.now(), Instant.parse("1970-01-03T00:00:00Z")));
        Pipecat pipecat = clock.rule(node())
                .with(
                        "JAVA_OPTS",
                        "-Djavax.net.ssl.trustStore=" + trustStore(made) + " -Djavax.net.ssl.trustStorePassword="
                                + String.valueOf(PASSWORD));
        try (RunningNode node = new RunningNode(pipecat)) {
            String refused = node.say("Are you there?");
            assertTrue(refused.contains("not valid at the time of this machine's clock, 1970-01-0"), refused);
            clock.set(Duration.ZERO);
            Await.until("the model is tried again", LONG, () -> answered(node));
        }
    }

    private static boolean answered(RunningNode node) {
        try {
            return node.say("And now?").contains("Here I am.");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private SSLContext tls(Certificates made) throws Exception {
        Path bundle = folder.resolve("server.p12");
        Process openssl = new ProcessBuilder(
                        RequiredPart.of("openssl", "Debian package openssl")
                                .orSkip()
                                .toString(),
                        "pkcs12",
                        "-export",
                        "-in",
                        made.server().toString(),
                        "-inkey",
                        made.serverKey().toString(),
                        "-passout",
                        "pass:" + String.valueOf(PASSWORD),
                        "-out",
                        bundle.toString())
                .inheritIO()
                .start();
        assertTrue(openssl.waitFor(30, TimeUnit.SECONDS) && openssl.exitValue() == 0);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(bundle.toFile(), PASSWORD), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Path trustStore(Certificates made) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(made.authority())) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }
}
