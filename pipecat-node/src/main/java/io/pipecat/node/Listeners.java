package io.pipecat.node;

import io.pipecat.api.Nearest;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Topology;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ListenerProvider;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens a listener for each service in {@code serve}. */
final class Listeners {
    private static final String NOTHING = "none";

    private final Assembly assembly;
    private final Settings settings;

    private Listeners(Assembly assembly) {
        this.assembly = assembly;
        this.settings = assembly.settings();
    }

    /** What is open stays the caller's to close, also if a later one fails. */
    static void open(Assembly assembly, List<AutoCloseable> opened, Map<String, Listener> listeners)
            throws PipecatException, InterruptedException {
        Listeners all = new Listeners(assembly);
        for (String service : all.services()) {
            listeners.put(service, all.open(service, opened));
        }
    }

    static List<Finding> diagnose(Assembly assembly) {
        Listeners all = new Listeners(assembly);
        try {
            List<String> services = all.services();
            return services.isEmpty()
                    ? List.of(new Finding(Finding.Level.WARNING, "serve", all.servesNothing()))
                    : List.of(new Finding(Finding.Level.OK, "serve", String.join(", ", services)));
        } catch (SettingsException e) {
            return List.of(new Finding(Finding.Level.PROBLEM, "serve", e.getMessage()));
        }
    }

    private String servesNothing() {
        return "nothing is listened for: no jar on the path serves "
                + String.join(", ", settings.get(NodeSettings.SERVE)) + ".";
    }

    /** Services that are asked for by default are served if their jar is there; those that are set must be there. */
    private List<String> services() throws SettingsException {
        SettingValue<List<String>> serve = settings.describe(NodeSettings.SERVE);
        List<String> asked = serve.value().orElse(List.of());
        if (asked.equals(List.of(NOTHING))) {
            return List.of();
        }
        List<String> there = Stream.concat(
                        assembly.providers().endpoints().stream().map(EndpointProvider::name),
                        assembly.providers().listeners().stream().map(ListenerProvider::name))
                .sorted()
                .toList();
        List<String> services = new ArrayList<>();
        for (String service : asked) {
            if (there.contains(service)) {
                services.add(service);
            } else if (!serve.isDefault()) {
                throw new SettingsException("serve (" + serve.source() + ") names '" + service
                        + "', which no jar on the path serves; add pipecat-endpoint-" + service + ", or take it out."
                        + (there.isEmpty()
                                ? " No service is there at all."
                                : " There is " + String.join(", ", there) + "." + Nearest.hint(service, there)));
            }
        }
        return services;
    }

    private Listener open(String service, List<AutoCloseable> opened) throws PipecatException, InterruptedException {
        Optional<EndpointProvider> endpoint = assembly.providers().endpoints().stream()
                .filter(p -> p.name().equals(service))
                .findFirst();
        Listener listener = endpoint.isPresent()
                ? openHttp(endpoint.get(), opened)
                : openOther(
                        assembly.providers().listeners().stream()
                                .filter(p -> p.name().equals(service))
                                .findFirst()
                                .orElseThrow(),
                        opened);
        return listener;
    }

    private Listener openHttp(EndpointProvider provider, List<AutoCloseable> opened)
            throws PipecatException, InterruptedException {
        if (assembly.providers().servers().isEmpty()) {
            throw new SettingsException("serve names '" + provider.name()
                    + "', but no jar on the path can listen for HTTP; add pipecat-server.");
        }
        HttpEndpoint endpoint = provider.create(assembly.context());
        opened.add(endpoint);
        Binding binding = bind(
                provider.name(),
                provider.port(settings),
                endpoint.authenticator().missingKeySetting());
        Listener listener;
        try {
            listener = assembly.providers().servers().getFirst().open(binding, endpoint, assembly.context());
        } catch (ListenException e) {
            throw new ListenException(e.getMessage() + portHint(provider), e);
        }
        opened.add(listener);
        tell(provider.name(), provider, listener);
        return listener;
    }

    /** What listens knows no settings, and whoever reads the message wants to know which one it is. */
    private static String portHint(EndpointProvider provider) {
        return provider.settings().stream()
                .map(SettingSpec::name)
                .filter(name -> name.endsWith("_port"))
                .findFirst()
                .map(name -> " Its port is the setting " + name + " (" + name.toUpperCase(Locale.ROOT) + ").")
                .orElse("");
    }

    private Listener openOther(ListenerProvider provider, List<AutoCloseable> opened) throws PipecatException {
        Binding binding = bind(provider.name(), provider.port(settings), provider.missingKeySetting(settings));
        Listener listener = provider.open(binding, assembly.context());
        opened.add(listener);
        tell(provider.name(), provider, listener);
        return listener;
    }

    private Binding bind(String service, int port, Optional<String> missingKey) throws ListenException {
        SettingValue<String> setting = settings.describe(NodeSettings.BIND_ADDRESS);
        InetAddress address;
        try {
            address = InetAddress.getByName(setting.value().orElseThrow());
        } catch (UnknownHostException e) {
            throw new ListenException(
                    "bind_address (" + setting.source() + ") is not an address of this machine: "
                            + setting.value().orElse("") + ".",
                    e);
        }
        boolean allowed = settings.get(NodeSettings.ALLOW_UNAUTHENTICATED).contains(service);
        if (!address.isLoopbackAddress() && missingKey.isPresent() && !allowed) {
            throw new ListenException(
                    "'" + service + "' would be open to everybody who reaches "
                            + address.getHostAddress() + ": set " + missingKey.get()
                            + ", or bind_address to 127.0.0.1, or name"
                            + " it in allow_unauthenticated.",
                    null);
        }
        return new Binding(service, new InetSocketAddress(address, port));
    }

    private void tell(String service, io.pipecat.api.Provider provider, Listener listener) {
        assembly.context()
                .add(new Topology.Role(
                        "endpoint:" + service,
                        provider.name(),
                        listener.address().toString(),
                        Providers.origin(provider),
                        "serve names it",
                        List.of()));
    }
}
