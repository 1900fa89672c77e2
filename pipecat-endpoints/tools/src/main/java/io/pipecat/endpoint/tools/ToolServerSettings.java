package io.pipecat.endpoint.tools;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.time.Duration;
import java.util.List;

/** What can be set about serving tools. */
final class ToolServerSettings {
    static final SettingSpec<Integer> PORT = SettingSpec.integer("tool_server_port", 0, 65_535)
            .defaultValue(8001)
            .description("The port on which tools are served; 0 for any free one.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> API_KEY = SettingSpec.secret("tool_server_api_key")
            .description("The key of the tool server, or several separated by commas while they are rotated: a server"
                    + " takes each of them, a client sends the first. Without one nothing is served.")
            .build();

    static final SettingSpec<List<String>> ALLOW = SettingSpec.list("tool_server_allow")
            .defaultValue(List.of())
            .description("The sensitive tool methods that others may call, as tool.method, or tool for all of its"
                    + " methods.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> RATE_LIMIT = SettingSpec.integer("tool_server_rate_limit", 0, 1_000_000)
            .defaultValue(600)
            .description("How many tool calls a minute are taken from one key and address; 0 for any number.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> CONCURRENCY = SettingSpec.integer("tool_server_concurrency", 1, 10_000)
            .defaultValue(32)
            .description("How many calls of one tool run at the same time; one more is answered with 503.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> RESULT_LIMIT = SettingSpec.integer("tool_server_result_limit", 1024, 1 << 30)
            .defaultValue(8 << 20)
            .description("How large the result of a tool call may be, in bytes of JSON; a larger one is an error.")
            .ownOnly()
            .build();

    /** The conversation has the same setting: a call has one deadline, wherever it runs. */
    static final SettingSpec<Duration> TOOL_TIMEOUT = SettingSpec.duration(
                    "tool_timeout", Duration.ofMillis(100), Duration.ofHours(1))
            .defaultValue(Duration.ofSeconds(30))
            .description(
                    "How long a tool call may take if its method does not say. Waiting for approval does not count.")
            .live()
            .build();

    private ToolServerSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(PORT, API_KEY, ALLOW, RATE_LIMIT, CONCURRENCY, RESULT_LIMIT, TOOL_TIMEOUT);
    }
}
