package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that serves nothing but its tools, as a process. */
class ToolServerTest {
    @TempDir
    private Path folder;

    private Pipecat pipecat() throws IOException {
        return new Pipecat(folder)
                .with("LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:9/v1")
                // OpenSSL's, set on many a machine, and nearly the name of a setting.
                .with("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
                .with("TOOL_SERVER_API_KEY", "key")
                .with("TOOL_SERVER_PORT", "0");
    }

    private static HttpRequest.Builder request(String url, String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer key")
                .header("Content-Type", "application/json");
    }

    private static HttpRequest call(String url) {
        String body = "{\"tool\":\"calculator\",\"method\":\"evaluate\",\"args\":{\"expression\":\"17 * 23\"}}";
        return request(url, "/run_tool/")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Reads the log until the node is ready; returns where it listens. */
    private static String ready(BufferedReader log) throws IOException {
        String url = "";
        String line = log.readLine();
        while (line != null && !line.contains("Ready")) {
            int at = line.indexOf("Listening on ");
            url = at < 0 ? url : line.substring(at + "Listening on ".length());
            line = log.readLine();
        }
        assertTrue(line != null && url.startsWith("http://127.0.0.1:"), "it ended before it was ready: " + url);
        return url;
    }

    @Test
    void servesToolsUntilItIsTold() throws Exception {
        Process process =
                pipecat().command("tool-server").redirectErrorStream(true).start();
        try (BufferedReader log =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                HttpClient client = HttpClient.newHttpClient()) {
            String url = ready(log);
            HttpResponse<String> answer = client.send(call(url), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("391"), answer.body());
            HttpResponse<String> metrics =
                    client.send(request(url, "/metrics").build(), HttpResponse.BodyHandlers.ofString());
            assertTrue(
                    metrics.body()
                            .contains("pipecat_http_requests_total{method=\"POST\",route=\"/run_tool/\","
                                    + "service=\"tools\",status=\"200\"} 1"),
                    metrics.body());
            // Process.destroy would close what is still to be read.
            process.toHandle().destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGTERM did not end it");
            assertEquals(143, process.exitValue());
            List<String> rest = log.lines().toList();
            assertTrue(rest.stream().anyMatch(each -> each.contains("POST /run_tool/ 200")), rest.toString());
            assertFalse(rest.stream().anyMatch(each -> each.contains("Bearer")), rest.toString());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatIsUnderWayIsAnsweredBeforeItEnds() throws Exception {
        Process process =
                pipecat().command("tool-server").redirectErrorStream(true).start();
        try (BufferedReader log =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                HttpClient client = HttpClient.newHttpClient()) {
            String url = ready(log);
            String body = "{\"tool\":\"calculator\",\"method\":\"evaluate\",\"args\":{\"expression\":\"2 + 2\"}}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            CountDownLatch asked = new CountDownLatch(1);
            PipedOutputStream half = new PipedOutputStream();
            PipedInputStream source = new PipedInputStream(half);
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                    request(url, "/run_tool/")
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> {
                                asked.countDown();
                                return source;
                            }))
                            .expectContinue(true)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            half.write(bytes, 0, 10);
            half.flush();
            assertTrue(asked.await(20, TimeUnit.SECONDS), "the server did not ask for the body");
            // Twice in a row: once may be the question before, of which the server has yet to see the end.
            for (int seen = 0; seen < 2; ) {
                seen = inFlight(client, url) >= 2 ? seen + 1 : 0;
            }
            process.toHandle().destroy();
            HttpRequest health = request(url, "/health").build();
            while (client.send(health, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                Thread.onSpinWait();
            }
            half.write(bytes, 10, bytes.length - 10);
            half.close();
            assertEquals("{\"result\":4}", answer.get(20, TimeUnit.SECONDS).body());
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it did not end after the last answer");
        } finally {
            process.destroyForcibly();
        }
    }

    /** The request that asks is one of them. */
    private static int inFlight(HttpClient client, String url) throws Exception {
        String metrics = client.send(request(url, "/metrics").build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("pipecat_http_requests_in_flight"))
                .map(line -> line.substring(line.indexOf('}') + 1).strip())
                .mapToInt(text -> (int) Double.parseDouble(text))
                .findFirst()
                .orElse(0);
    }
}
