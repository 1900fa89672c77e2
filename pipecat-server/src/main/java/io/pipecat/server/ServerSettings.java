package io.pipecat.server;

import io.pipecat.api.setting.SettingSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What can be set about listening. */
final class ServerSettings {
    static final SettingSpec<Path> SSL_KEYFILE = SettingSpec.path("ssl_keyfile")
            .description("The private key for TLS, in PEM and without a password. With ssl_certfile it turns every HTTP"
                    + " listener of this node to https.")
            .ownOnly()
            .build();

    static final SettingSpec<Path> SSL_CERTFILE = SettingSpec.path("ssl_certfile")
            .description("The certificate for TLS and those that signed it, in PEM, the server's own first.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> MAX_CONNECTIONS = SettingSpec.integer("server_max_connections", 10, 100_000)
            .defaultValue(4096)
            .description("How many connections one listener holds; one more is closed at once.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> MAX_CONCURRENT = SettingSpec.integer("server_max_concurrent", 1, 100_000)
            .defaultValue(512)
            .description("How many requests one listener answers at the same time; one more is answered with 503.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> RECEIVE_TIMEOUT = SettingSpec.duration(
                    "server_receive_timeout", Duration.ofSeconds(1), Duration.ofHours(1))
            .defaultValue(Duration.ofSeconds(30))
            .description("How long a request may take to arrive, headers and body; then its connection is closed.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> IDLE_TIMEOUT = SettingSpec.duration(
                    "server_idle_timeout", Duration.ofSeconds(1), Duration.ofHours(1))
            .defaultValue(Duration.ofMinutes(1))
            .description("How long a connection is kept open without a request.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> MAX_HEADER_BYTES = SettingSpec.integer("server_max_header_bytes", 1024, 1 << 20)
            .defaultValue(64 << 10)
            .description("How large the headers of a request may be, in bytes.")
            .ownOnly()
            .build();

    static final SettingSpec<Boolean> ACCESS_LOG = SettingSpec.bool("access_log")
            .defaultValue(true)
            .description("Whether each request is logged, with status, time and caller (logger io.pipecat.access).")
            .live()
            .build();

    private ServerSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(
                SSL_KEYFILE,
                SSL_CERTFILE,
                MAX_CONNECTIONS,
                MAX_CONCURRENT,
                RECEIVE_TIMEOUT,
                IDLE_TIMEOUT,
                MAX_HEADER_BYTES,
                ACCESS_LOG);
    }
}
