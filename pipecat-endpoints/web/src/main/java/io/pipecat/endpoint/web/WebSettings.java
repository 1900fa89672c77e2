package io.pipecat.endpoint.web;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.time.Duration;
import java.util.List;

/** What can be set about the web listener. */
final class WebSettings {
    static final String SERVICE = "web";

    static final SettingSpec<Integer> PORT = SettingSpec.integer("web_port", 0, 65_535)
            .defaultValue(8000)
            .description("The port of the web UI, its API and the gateway; 0 for any free one.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> API_KEYS = SettingSpec.secret("pipecat_api_keys")
            .description("The keys of the web listener, as SHA-256 digests in hex, separated by commas while they are"
                    + " rotated. If set, a key is needed on loopback too; beyond loopback one must be set.")
            .build();

    static final SettingSpec<List<String>> ALLOWED_ORIGINS = SettingSpec.list("allowed_origins")
            .defaultValue(List.of())
            .description("Web pages of other places that may call the API of the web listener, as scheme://host[:port];"
                    + " also the address under which a reverse proxy shows it.")
            .ownOnly()
            .build();

    static final SettingSpec<List<String>> CALLBACK_ALLOWLIST = SettingSpec.list("callback_allowlist")
            .defaultValue(List.of())
            .description("Where the gateway may send answers (response_url): host, host:port, scheme://host[:port], an"
                    + " address, or a range such as 10.0.0.0/8. A name that resolves to a private address is only"
                    + " taken if that address is listed too. Nothing is sent anywhere else.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> RATE_LIMIT = SettingSpec.integer("web_rate_limit", 0, 1_000_000)
            .defaultValue(600)
            .description("How many calls a minute one key at one address may make that change something or ask the"
                    + " model, then 429; 0 for any number.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> MAX_STREAMS = SettingSpec.integer("web_max_streams", 1, 100_000)
            .defaultValue(400)
            .description("How many streams of events may be open at the same time; one more is answered with 503."
                    + " Each counts among server_max_concurrent.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> APPROVAL_TIMEOUT = SettingSpec.duration(
                    "web_approval_timeout", Duration.ofSeconds(1), Duration.ofHours(24))
            .defaultValue(Duration.ofMinutes(10))
            .description("How long a question whether a tool may run waits for an answer in the web UI; then it counts"
                    + " as denied.")
            .ownOnly()
            .build();

    /** The node's; here because only the answer to them matters, not who declares them. */
    static final SettingSpec<String> BIND_ADDRESS = SettingSpec.string("bind_address")
            .defaultValue("127.0.0.1")
            .description("The address to listen on.")
            .ownOnly()
            .build();

    static final SettingSpec<List<String>> ALLOW_UNAUTHENTICATED = SettingSpec.list("allow_unauthenticated")
            .defaultValue(List.of())
            .description("Services that may be reached beyond loopback without a key.")
            .ownOnly()
            .build();

    private WebSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(PORT, API_KEYS, ALLOWED_ORIGINS, CALLBACK_ALLOWLIST, RATE_LIMIT, MAX_STREAMS, APPROVAL_TIMEOUT);
    }
}
