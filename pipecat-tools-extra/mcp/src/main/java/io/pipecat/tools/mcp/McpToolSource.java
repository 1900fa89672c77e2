package io.pipecat.tools.mcp;

import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;

/** The servers of a node. */
final class McpToolSource implements ToolSource {
    private final List<McpServer> servers;
    private final List<Tool> tools;
    private final OkHttpClient client;

    McpToolSource(List<McpServer> servers, OkHttpClient client, Clock clock) {
        this.servers = List.copyOf(servers);
        this.tools = this.servers.stream()
                .map(server -> (Tool) new McpTool(server, clock))
                .toList();
        this.client = client;
    }

    @Override
    public List<Tool> tools() {
        return tools;
    }

    /** Ends all servers side by side: one that does not want to end must not keep the node. */
    @Override
    public void close() {
        List<Thread> closing = new ArrayList<>();
        for (McpServer server : servers) {
            closing.add(
                    Thread.ofVirtual().name("mcp-" + server.name() + "-close").start(server::close));
        }
        boolean interrupted = false;
        for (Thread thread : closing) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
