package io.pipecat.tools.mcp;

import io.pipecat.api.Nearest;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be set about MCP servers. */
final class McpSettings {
    static final SettingSpec<List<ServerEntry>> SERVERS = SettingSpec.of("mcp_servers", ServerEntry.listType())
            .defaultValue(List.of())
            .description(
                    "The MCP servers whose tools this node uses: name=command with arguments for a program that speaks over its"
                            + " standard input and output, name=URL for streamable HTTP; several as a YAML list or separated by"
                            + " commas. Quotes keep blanks and commas together: files=npx -y"
                            + " @modelcontextprotocol/server-filesystem \"/srv/my data\".")
            // Whoever sets it has programs run with this node's rights.
            .ownOnly()
            .build();

    static final SettingSpec<Secret> TOKENS = SettingSpec.secret("mcp_tokens")
            .description(
                    "Keys for MCP servers over HTTP, as name=key with the names of mcp_servers, separated by commas; sent as"
                            + " Authorization: Bearer.")
            .build();

    static final SettingSpec<Secret> ENVIRONMENT = SettingSpec.secret("mcp_environment")
            .description(
                    "What MCP servers that are programs find in their environment beyond PATH, HOME, USER, the locale and TMPDIR,"
                            + " as name.VARIABLE=value, separated by commas. A secret, since it mostly holds keys.")
            .build();

    static final SettingSpec<Duration> START_TIMEOUT = SettingSpec.duration(
                    "mcp_start_timeout", Duration.ofMillis(100), Duration.ofMinutes(30))
            .defaultValue(Duration.ofMinutes(1))
            .description("How long an MCP server may take to start, to introduce itself and to list its tools.")
            .build();

    static final SettingSpec<Duration> FIRST_WAIT = SettingSpec.duration(
                    "mcp_first_wait", Duration.ZERO, Duration.ofMinutes(30))
            .defaultValue(Duration.ofSeconds(5))
            .description(
                    "How long this node's start waits for MCP servers whose tools it has never seen; those that it has"
                            + " seen are offered at once, as they were. A server that comes later is offered when it comes.")
            .build();

    static final SettingSpec<Duration> TOOL_TIMEOUT = SettingSpec.duration(
                    "mcp_tool_timeout", Duration.ofMillis(100), Duration.ofHours(24))
            .description("How long a call of an MCP server's tool may take, if not as long as tool_timeout says.")
            .build();

    static final SettingSpec<Duration> RETRY_MAX_WAIT = SettingSpec.duration(
                    "mcp_retry_max_wait", Duration.ofSeconds(1), Duration.ofHours(1))
            .defaultValue(Duration.ofMinutes(1))
            .description(
                    "The longest wait before an MCP server that went away is started or called again. A tool call does not wait"
                            + " for it: it has the server tried at once.")
            .build();

    private McpSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(SERVERS, TOKENS, ENVIRONMENT, START_TIMEOUT, FIRST_WAIT, TOOL_TIMEOUT, RETRY_MAX_WAIT);
    }

    /** Returns the keys by the servers' names. */
    static Map<String, Secret> tokens(Settings settings) throws ToolException {
        Map<String, Secret> tokens = new HashMap<>();
        for (Map.Entry<String, String> pair : pairs(settings, TOKENS).entrySet()) {
            ServerEntry entry = entry(settings, TOKENS, pair.getKey());
            if (!(entry.target() instanceof ServerEntry.Remote)) {
                throw bad(
                        TOKENS,
                        "has a key for '" + entry.name() + "', which is a program; give it by " + ENVIRONMENT.name()
                                + " as " + entry.name() + ".VARIABLE=key");
            }
            tokens.put(entry.name(), new Secret(pair.getValue()));
        }
        return tokens;
    }

    /** Returns the variables of each server by its name. */
    static Map<String, Map<String, Secret>> environments(Settings settings) throws ToolException {
        Map<String, Map<String, Secret>> environments = new HashMap<>();
        for (Map.Entry<String, String> pair : pairs(settings, ENVIRONMENT).entrySet()) {
            int dot = pair.getKey().indexOf('.');
            if (dot < 1 || dot == pair.getKey().length() - 1) {
                throw bad(ENVIRONMENT, "has an entry that is not of the form name.VARIABLE=value");
            }
            ServerEntry entry = entry(settings, ENVIRONMENT, pair.getKey().substring(0, dot));
            if (!(entry.target() instanceof ServerEntry.Command)) {
                throw bad(ENVIRONMENT, "has a variable for '" + entry.name() + "', which is no program of this node");
            }
            environments
                    .computeIfAbsent(entry.name(), name -> new LinkedHashMap<>())
                    .put(pair.getKey().substring(dot + 1), new Secret(pair.getValue()));
        }
        return environments;
    }

    /** Never shows what is in the setting: anything in it may be the secret. */
    private static Map<String, String> pairs(Settings settings, SettingSpec<Secret> spec) throws ToolException {
        Optional<Secret> text = settings.find(spec);
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return pairs;
        }
        List<List<String>> entries;
        try {
            entries = QuotedWords.split(text.get().reveal());
        } catch (IllegalArgumentException e) {
            throw bad(spec, "cannot be read: it " + e.getMessage());
        }
        for (List<String> words : entries) {
            int equals = words.getFirst().indexOf('=');
            if (words.size() != 1 || equals < 1) {
                throw bad(
                        spec,
                        "has an entry that is not of the form name=value; a value with blanks or commas must stand"
                                + " in quotes");
            }
            pairs.put(words.getFirst().substring(0, equals), words.getFirst().substring(equals + 1));
        }
        return pairs;
    }

    private static ServerEntry entry(Settings settings, SettingSpec<?> spec, String name) throws ToolException {
        List<ServerEntry> entries = settings.get(SERVERS);
        Optional<ServerEntry> found =
                entries.stream().filter(e -> e.name().equals(name)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        List<String> names = entries.stream().map(ServerEntry::name).toList();
        // Only a near miss of a name is shown: what is far from all of them may be a key without its name.
        throw bad(
                spec,
                "has an entry whose name is not in " + SERVERS.name() + " (there is "
                        + (names.isEmpty() ? "none" : String.join(", ", names)) + ")." + Nearest.hint(name, names));
    }

    private static ToolException bad(SettingSpec<?> spec, String problem) {
        return ToolException.failed("The setting " + spec.name() + " " + problem + (problem.endsWith("?") ? "" : "."));
    }
}
