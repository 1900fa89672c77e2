package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.testkit.node.TestNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the machine's clock. */
@Timeout(60)
class SetClockTest {
    private static final String KEY = "correct horse";

    @TempDir
    private Path state;

    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("1970-01-01T00:00:20Z"));
    private final AtomicReference<Instant> steady = new AtomicReference<>(wall.get());

    private static Clock clock(AtomicReference<Instant> time) {
        InstantSource source = time::get;
        return source.withZone(ZoneOffset.UTC);
    }

    private Face face(Map<String, String> settings) throws Exception {
        return new Face(
                state, settings, builder -> builder.clock(clock(wall)).steadyClock(clock(steady)), host -> List.of());
    }

    private static int asked(Face face, String cookie) throws Exception {
        return face.send(face.request("/api/node").header("Cookie", cookie)).statusCode();
    }

    @Test
    void aBrowserStaysLoggedInForItsThirtyDays() throws Exception {
        String digest = HexFormat.of().formatHex(Keys.sha256(KEY.getBytes(StandardCharsets.UTF_8)));
        try (Face face = face(Map.of("pipecat_api_keys", digest))) {
            HttpResponse<String> login = face.post("/api/login", "{\"key\":\"" + KEY + "\"}");
            String cookie =
                    login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            // A machine that has no clock of its own learns the time some seconds after it has started.
            wall.set(TestNode.NOW);
            assertEquals(200, asked(face, cookie));
            wall.set(TestNode.NOW.minus(Duration.ofHours(5)));
            steady.set(steady.get().plus(Duration.ofDays(30)));
            assertEquals(200, asked(face, cookie));
            steady.set(steady.get().plusSeconds(1));
            assertEquals(401, asked(face, cookie));
        }
    }

    @Test
    void whatTheNodeSaysOfItsAgeIsTrue() throws Exception {
        try (Face face = face(Map.of())) {
            wall.set(TestNode.NOW);
            steady.set(steady.get().plusSeconds(90));
            assertEquals(
                    "90",
                    Face.json(face.get("/api/node"))
                            .get("uptime_seconds")
                            .orElseThrow()
                            .toString());
        }
    }
}
