package io.pipecat.tools.mcp;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Brings the tools of MCP servers: each server that {@code mcp_servers} names is a tool, its tools are that tool's methods. They run where
 * the server is, and no placement moves them.
 */
public final class McpToolProvider implements ToolProvider {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** For {@link java.util.ServiceLoader}. */
    public McpToolProvider() {}

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return McpSettings.all();
    }

    /**
     * Has the servers started or called in the background. Until one has answered, its tool offers what it did when it was last there;
     * where it never was, it is waited for a moment, so that a command that asks once has its tools too.
     */
    @Override
    public ToolSource create(NodeContext context) throws ToolException {
        Settings settings = context.settings();
        Map<String, Secret> tokens = McpSettings.tokens(settings);
        Map<String, Map<String, Secret>> environments = McpSettings.environments(settings);
        List<ServerEntry> entries = settings.get(McpSettings.SERVERS);
        if (entries.isEmpty()) {
            return ToolSource.of();
        }
        OkHttpClient client = HttpTransport.client();
        List<McpServer> servers = new ArrayList<>();
        for (ServerEntry entry : entries) {
            Supplier<Transport> transports = switch (entry.target()) {
                case ServerEntry.Command(List<String> words) -> {
                    Map<String, Secret> environment = environments.getOrDefault(entry.name(), Map.of());
                    yield () -> new StdioTransport(entry.name(), words, environment);
                }
                case ServerEntry.Remote(var url) -> {
                    HttpUrl address = HttpUrl.get(url.toString());
                    Optional<Secret> token = Optional.ofNullable(tokens.get(entry.name()));
                    yield () -> new HttpTransport(client, entry.name(), address, token);
                }
            };
            servers.add(new McpServer(entry, transports, care(entry, context)));
        }
        servers.forEach(McpServer::start);
        awaitKnown(servers, settings.get(McpSettings.FIRST_WAIT));
        return new McpToolSource(servers, client, context.clock());
    }

    private static void awaitKnown(List<McpServer> servers, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (McpServer server : servers) {
                server.awaitKnown(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            // The node is built without them, and whoever interrupted learns of it where the building next waits.
            Thread.currentThread().interrupt();
        }
    }

    private static McpServer.Care care(ServerEntry entry, NodeContext context) {
        Settings settings = context.settings();
        Backoff backoff = new Backoff(
                FIRST_RETRY,
                settings.get(McpSettings.RETRY_MAX_WAIT),
                () -> ThreadLocalRandom.current().nextDouble());
        return new McpServer.Care(
                context.node().version(),
                settings.get(McpSettings.START_TIMEOUT),
                settings.find(McpSettings.TOOL_TIMEOUT),
                backoff,
                context.steadyClock(),
                new CatalogueCache(context.stateDir().resolve("mcp")),
                problem -> context.publish(new NodeEvent.Degraded(
                        context.clock().instant(),
                        "tool:" + entry.name(),
                        "MCP server '" + entry.name() + "' (mcp_servers) is not there: " + problem
                                + ". It is tried again.")));
    }
}
