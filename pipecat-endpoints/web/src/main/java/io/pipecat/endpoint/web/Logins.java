package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.shared.RateLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Browsers that have shown a key. A cookie stands for it, so that no script of the page ever holds the key. */
final class Logins {
    static final String COOKIE = "pipecat_session";
    private static final Duration LASTS = Duration.ofDays(30);
    private static final int MOST = 1000;

    private record Login(String holder, Instant until) {}

    private final Clock clock;
    private final Keys keys;
    private final SecureRandom random = new SecureRandom();
    private final RateLimit attempts;
    /** By the digest of the cookie: what is in memory is of no use to who reads it. Oldest first. */
    private final Map<String, Login> logins = new LinkedHashMap<>();

    Logins(Clock clock, Keys keys) {
        this.clock = clock;
        this.keys = keys;
        this.attempts = new RateLimit(10, clock);
    }

    Response login(Request request) throws IOException, Bodies.Malformed {
        Optional<Response> tooMany = attempts.refusal(request);
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        String key = Bodies.text(Bodies.object(request), "key", 1, 1000);
        Optional<String> holder = keys.holder(key.strip());
        if (holder.isEmpty()) {
            return keys.areNeeded()
                    ? Response.error(401, "The key is not one of this node's (pipecat_api_keys).")
                    : Response.error(409, "This node needs no key.");
        }
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        synchronized (logins) {
            if (logins.size() >= MOST) {
                logins.remove(logins.keySet().iterator().next());
            }
            logins.put(digest(token), new Login(holder.get(), clock.instant().plus(LASTS)));
        }
        return Answers.NOTHING.withHeader("Set-Cookie", cookie(token, LASTS.toSeconds(), request));
    }

    Response logout(Request request) {
        token(request).ifPresent(token -> {
            synchronized (logins) {
                logins.remove(digest(token));
            }
        });
        return Answers.NOTHING.withHeader("Set-Cookie", cookie("", 0, request));
    }

    Response session(Request request) {
        boolean in = !keys.areNeeded()
                || keys.admit(request).isPresent()
                || admit(request).isPresent();
        return Response.json(
                200,
                JsonObject.builder()
                        .put("authenticated", in)
                        .put("key_needed", keys.areNeeded())
                        .build());
    }

    /** Secure where the browser came by TLS, which it says by its Origin; a cookie that is Secure would be lost on plain http. */
    private static String cookie(String token, long seconds, Request request) {
        boolean tls =
                request.header("Origin").filter(o -> o.startsWith("https:")).isPresent();
        return COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + seconds
                + (tls ? "; Secure" : "");
    }

    Optional<String> admit(Request request) {
        return token(request).flatMap(token -> {
            synchronized (logins) {
                Login login = logins.get(digest(token));
                if (login != null && login.until().isBefore(clock.instant())) {
                    logins.remove(digest(token));
                    return Optional.empty();
                }
                return Optional.ofNullable(login).map(Login::holder);
            }
        });
    }

    private static String digest(String token) {
        return HexFormat.of().formatHex(Keys.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<String> token(Request request) {
        for (String header : request.headers("Cookie")) {
            for (String pair : header.split(";", -1)) {
                String text = pair.strip();
                if (text.startsWith(COOKIE + "=")) {
                    return Optional.of(text.substring(COOKIE.length() + 1));
                }
            }
        }
        return Optional.empty();
    }
}
