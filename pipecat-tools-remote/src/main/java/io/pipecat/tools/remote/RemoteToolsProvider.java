package io.pipecat.tools.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.tool.ToolSpec;
import io.pipecat.tools.remote.ToolCaller.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the tools of a tool server. It is found by {@code tool_server_url_override}, else {@code tool_server_url}, else by discovery; a
 * node that stands alone and names none has no such tools and asks nobody.
 */
public final class RemoteToolsProvider implements ToolProvider {
    /** A node that starts for one command only would otherwise not know the tools of a server that is there. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(1);

    private final Pause pause;

    /** For {@link java.util.ServiceLoader}. */
    public RemoteToolsProvider() {
        this(Thread::sleep);
    }

    RemoteToolsProvider(Pause pause) {
        this.pause = pause;
    }

    @Override
    public String name() {
        return "remote";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return RemoteSettings.ALL;
    }

    @Override
    public boolean remote() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The server is asked in the background. Where what it offers is not known from before, up to a second is spent on
     * its answer.
     */
    @Override
    public ToolSource create(NodeContext context) throws ToolException {
        RemoteToolSource source = open(context);
        CatalogueKeeper keeper = source.activate();
        if (keeper != null && !source.complete()) {
            try {
                keeper.awaitAttempts(1, FIRST_ANSWER);
            } catch (InterruptedException e) {
                // Whoever builds the node notices; the server's answer is not worth a failure.
                Thread.currentThread().interrupt();
            }
        }
        return source;
    }

    /** Makes a source that asks nobody yet. */
    RemoteToolSource open(NodeContext context) throws ToolException {
        Optional<Secret> key = context.settings()
                .find(RemoteSettings.API_KEY)
                .flatMap(keys -> keys.split().stream().findFirst());
        if (key.isPresent() && !key.get().reveal().matches("[\\x21-\\x7e]+")) {
            throw new ToolException(
                    Reason.DENIED,
                    RemoteSettings.label(RemoteSettings.API_KEY)
                            + " holds a key that no HTTP header can carry: a key is"
                            + " letters, digits and punctuation of ASCII, without blanks.");
        }
        return new RemoteToolSource(context, key, named(context.settings().get(RemoteSettings.NAMES)), pause);
    }

    private static List<ToolSpec> named(List<String> names) throws ToolException {
        Map<String, List<String>> methods = new LinkedHashMap<>();
        for (String name : names) {
            int dot = name.indexOf('.');
            List<String> of = methods.computeIfAbsent(dot < 0 ? name : name.substring(0, dot), n -> new ArrayList<>());
            if (dot >= 0) {
                of.add(name.substring(dot + 1));
            }
        }
        List<ToolSpec> specs = new ArrayList<>();
        try {
            methods.forEach((tool, of) -> specs.add(Catalogue.named(tool, of)));
        } catch (IllegalArgumentException e) {
            throw new ToolException(
                    Reason.UNKNOWN_TOOL,
                    RemoteSettings.label(RemoteSettings.NAMES) + ": " + e.getMessage()
                            + ". Name a tool (ssh) or a method (ssh.run_command).",
                    e);
        }
        return specs;
    }
}
