package io.pipecat.tools.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.tool.ToolSpec;
import io.pipecat.tools.remote.CatalogueKeeper.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tools of the tool server. Where nothing asks for one, nothing is there and nobody is asked, until a live setting changes that. */
final class RemoteToolSource implements ToolSource {
    private final NodeContext node;
    private final Optional<Secret> key;
    private final List<ToolSpec> named;
    private final ToolCaller.Pause pause;
    private final List<Subscription> watches = new ArrayList<>();
    private volatile List<Tool> tools = List.of();
    private @Nullable Http http;
    private @Nullable ToolCaller caller;
    private @Nullable CatalogueClient client;
    private @Nullable CatalogueKeeper keeper;
    private boolean closed;

    RemoteToolSource(NodeContext node, Optional<Secret> key, List<ToolSpec> named, ToolCaller.Pause pause) {
        this.node = node;
        this.key = key;
        this.named = named;
        this.pause = pause;
        List<SettingSpec<?>> live = List.of(
                RemoteSettings.URL,
                RemoteSettings.EXECUTION_MODE,
                RemoteSettings.HEAVY_MODE,
                RemoteSettings.TOOL_LOCATIONS);
        for (SettingSpec<?> spec : live) {
            watches.add(node.settings().watch(spec, value -> settingChanged()));
        }
    }

    private void settingChanged() {
        CatalogueKeeper running = activate();
        if (running != null) {
            running.refresh();
        }
    }

    /** Begins to look for the server if anything asks for one. */
    synchronized @Nullable CatalogueKeeper activate() {
        Settings settings = node.settings();
        if (keeper != null
                || closed
                || !RemoteSettings.wantsServer(settings, node.node().mode())) {
            return keeper;
        }
        Duration connectTimeout = settings.get(RemoteSettings.CONNECT_TIMEOUT);
        Servers servers = new Servers(node, key);
        Http connections = new Http(connectTimeout, node.node());
        Requests requests = new Requests(connections, servers, connectTimeout);
        http = connections;
        caller = new ToolCaller(servers, requests, node.clock(), pause);
        CatalogueClient asks = new CatalogueClient(servers, requests, node.clock());
        client = asks;
        CatalogueKeeper made =
                new CatalogueKeeper(node, servers, asks, settings.get(RemoteSettings.CATALOGUE_REFRESH), this::offer);
        keeper = made;
        made.start();
        return made;
    }

    private void offer(State state) {
        ToolCaller calls = Objects.requireNonNull(caller);
        Map<String, ToolSpec> specs = new LinkedHashMap<>();
        named.forEach(spec -> specs.put(spec.name(), spec));
        state.specs().forEach(spec -> specs.put(spec.name(), spec));
        tools = specs.values().stream()
                .<Tool>map(spec -> new RemoteTool(spec, calls, this::stale))
                .toList();
    }

    private void stale() {
        keeper().ifPresent(CatalogueKeeper::refresh);
    }

    @Override
    public List<Tool> tools() {
        return tools;
    }

    private synchronized Optional<CatalogueKeeper> keeper() {
        return Optional.ofNullable(keeper);
    }

    @Override
    public String description() {
        return keeper().map(RemoteToolSource::describe).orElse("");
    }

    private static String describe(CatalogueKeeper keeper) {
        State state = keeper.state();
        String age = state.asOf().map(time -> "; its tools as of " + time).orElse("");
        if (state.problem().isPresent()) {
            return state.problem().get() + age;
        }
        if (!state.place().isEmpty()) {
            return state.place();
        }
        return keeper.silence() + age;
    }

    @Override
    public boolean complete() {
        return keeper().map(running -> running.state().asOf().isPresent()).orElse(true);
    }

    /** Asks an instance what it offers; where nothing asks for a server, all is well without. */
    @Override
    public void check() throws ToolException, InterruptedException {
        CatalogueClient asks;
        synchronized (this) {
            asks = client;
        }
        if (asks == null) {
            return;
        }
        if (asks.fetch().isEmpty()) {
            throw new ToolException(ToolException.Reason.UNAVAILABLE, "No tool server is known.");
        }
        stale();
    }

    @Override
    public void close() {
        Http connections;
        CatalogueKeeper running;
        synchronized (this) {
            closed = true;
            connections = http;
            running = keeper;
        }
        watches.forEach(Subscription::close);
        if (running != null) {
            running.close();
        }
        if (connections != null) {
            connections.close();
        }
    }
}
