package io.pipecat.tools.web;

import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingType;
import java.time.Duration;
import java.util.List;

/** The settings of the {@code web} tool. All of them are live. */
final class WebSettings {
    static final SettingSpec<AllowList> ALLOW_PRIVATE = SettingSpec.of(
                    "web_allow_private",
                    new SettingType<>(
                            "a comma-separated list of hosts and networks",
                            List.of(),
                            AllowList::parse,
                            AllowList::toString))
            .defaultValue(AllowList.NOTHING)
            .description(
                    "What the web tool may reach beyond public addresses and the ports 80 and 443: hosts (wiki.lan), networks"
                            + " (10.1.0.0/16, fd00::/8), either with a port (wiki.lan:8080, [fd00::/8]:8080) or, without one, at"
                            + " every port.")
            .live()
            .build();

    static final SettingSpec<Duration> TIMEOUT = SettingSpec.duration(
                    "web_timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultValue(Duration.ofSeconds(20))
            .description("How long the web tool may take to fetch a page, redirects included.")
            .live()
            .build();

    static final SettingSpec<Integer> MAX_BYTES = SettingSpec.integer("web_max_bytes", 1024, 100 << 20)
            .defaultValue(5 << 20)
            .description("The largest page that the web tool fetches, in bytes, decompressed.")
            .live()
            .build();

    static final SettingSpec<Integer> MAX_REDIRECTS = SettingSpec.integer("web_max_redirects", 0, 20)
            .defaultValue(5)
            .description("How many redirects the web tool follows for one page.")
            .live()
            .build();

    static final SettingSpec<Integer> MAX_TEXT = SettingSpec.integer("web_max_text", 500, 1_000_000)
            .defaultValue(12_000)
            .description(
                    "How much text of a page the web tool gives in one call, in characters; a model can ask for the rest.")
            .live()
            .build();

    static final List<SettingSpec<?>> ALL = List.of(ALLOW_PRIVATE, TIMEOUT, MAX_BYTES, MAX_REDIRECTS, MAX_TEXT);

    private WebSettings() {}
}
