package io.pipecat.endpoint.mcp;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.time.Duration;
import java.util.List;

/** What can be set about serving tools by MCP. */
final class McpEndpointSettings {
    static final SettingSpec<Integer> PORT = SettingSpec.integer("mcp_port", 0, 65_535)
            .defaultValue(8002)
            .description("The port on which tools are served by MCP, at /mcp; 0 for any free one.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> API_KEY = SettingSpec.secret("mcp_api_key")
            .description(
                    "The key that MCP clients send as Authorization: Bearer, or several separated by commas while they are"
                            + " rotated. Without one, only programs of this machine are served.")
            .build();

    static final SettingSpec<List<String>> ALLOW = SettingSpec.list("mcp_allow")
            .defaultValue(List.of())
            .description(
                    "The sensitive tool methods that MCP clients may call, as tool.method, or tool for all of its methods."
                            + " Others they do not even see.")
            .ownOnly()
            .build();

    static final SettingSpec<List<String>> ALLOWED_ORIGINS = SettingSpec.list("mcp_allowed_origins")
            .defaultValue(List.of())
            .description(
                    "The web pages, by origin such as https://example.org, that may call /mcp beside those of this machine.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> SESSION_IDLE = SettingSpec.duration(
                    "mcp_session_idle", Duration.ofSeconds(1), Duration.ofDays(7))
            .defaultValue(Duration.ofHours(1))
            .description("After how long without a request an MCP client has to introduce itself again.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> CONCURRENCY = SettingSpec.integer("mcp_concurrency", 1, 10_000)
            .defaultValue(32)
            .description("How many calls of one tool run for MCP clients at the same time; one more is refused.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> RESULT_LIMIT = SettingSpec.integer("mcp_result_limit", 1024, 1 << 30)
            .defaultValue(8 << 20)
            .description("How large the result of a tool call for an MCP client may be, in characters of JSON; a larger"
                    + " one is an error.")
            .ownOnly()
            .build();

    /** The conversation has the same setting: a call has one deadline, wherever it comes from. */
    static final SettingSpec<Duration> TOOL_TIMEOUT = SettingSpec.duration(
                    "tool_timeout", Duration.ofMillis(100), Duration.ofHours(1))
            .defaultValue(Duration.ofSeconds(30))
            .description(
                    "How long a tool call may take if its method does not say. Waiting for approval does not count.")
            .live()
            .build();

    private McpEndpointSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(PORT, API_KEY, ALLOW, ALLOWED_ORIGINS, SESSION_IDLE, CONCURRENCY, RESULT_LIMIT, TOOL_TIMEOUT);
    }
}
