package io.pipecat.endpoint.worldmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.testkit.node.TestSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is let in. */
class AccessTest {
    private static String status(Service service, String... headers) throws IOException {
        try (Socket socket = service.connect()) {
            String request = "POST /state/door HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nContent-Length: 1\r\nConnection: close\r\n\r\n1";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
        }
    }

    @Test
    void onLoopbackEveryProgramIsLetInButNoWebPage() throws Exception {
        try (Service service = new Service(Map.of("world_model_api_key", "k1,k2"))) {
            for (String host : List.of("127.0.0.1", "localhost:1234", "[::1]:5678")) {
                assertEquals("200", status(service, "Host: " + host), host);
            }
            assertEquals("200", status(service, "Host: localhost:80", "Origin: http://localhost:80"));
            assertEquals("403", status(service, "Host: localhost:80", "Origin: http://localhost:81"));
            assertEquals("403", status(service, "Host: localhost:80", "Origin: null"));
            assertEquals("403", status(service, "Host: evil.example"));
            assertEquals("403", status(service, "Host: evil.example", "Authorization: Bearer k3"));
            assertEquals("200", status(service, "Host: house.example", "Authorization: Bearer k2"));
        }
    }

    @Test
    void elsewhereTheKeyIsNeededForAllButHealth() throws Exception {
        Map<String, String> settings = Map.of("bind_address", "0.0.0.0", "world_model_api_key", "k1,k2");
        try (Service service = new Service(settings)) {
            for (String path : List.of("/", "/state", "/state/a", "/model", "/events")) {
                assertEquals(401, service.get(path).statusCode(), path);
            }
            assertEquals(
                    403,
                    service.send(service.request("/state").header("Authorization", "Bearer k3"))
                            .statusCode());
            for (String key : List.of("k1", "k2")) {
                HttpRequest.Builder request = service.request("/state").header("Authorization", "Bearer " + key);
                assertEquals(200, service.send(request).statusCode());
            }
            assertEquals(200, service.get("/health").statusCode());
        }
    }

    @Test
    void whoeverWantsItOpenMaySaySo() throws Exception {
        Map<String, String> settings =
                Map.of("bind_address", "0.0.0.0", "world_model_api_key", "k1", "allow_unauthenticated", "world-model");
        try (Service service = new Service(settings)) {
            assertEquals(200, service.get("/state").statusCode());
            assertEquals("200", status(service, "Host: core.example"));
            assertEquals("403", status(service, "Host: core.example", "Origin: http://evil.example"));
        }
    }

    @Test
    void withoutAKeyItStaysOnLoopback() {
        TestSettings none = new TestSettings(DeploymentMode.MONOLITH, Map.of());
        assertEquals(Optional.of("world_model_api_key"), new Access(none).missingKeySetting());
        TestSettings one = new TestSettings(DeploymentMode.MONOLITH, Map.of("world_model_api_key", "k"));
        assertTrue(new Access(one).missingKeySetting().isEmpty());
    }
}
