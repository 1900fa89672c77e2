package io.pipecat.tools.ssh;

import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/** Connects and logs in. Its messages name keys by their file names and never show a password. */
final class Login implements AutoCloseable {
    private final SshSettings settings;
    private final Target target;
    private final Attempt attempt;
    private final List<KeyFiles.Key> keys;
    private final Optional<String> password;

    private Login(
            SshSettings settings, Target target, Attempt attempt, List<KeyFiles.Key> keys, Optional<String> password) {
        this.settings = settings;
        this.target = target;
        this.attempt = attempt;
        this.keys = keys;
        this.password = password;
    }

    /** Collects what there is to log in with: what the call names, else the agent and the usual keys. */
    static Login prepare(SshSettings settings, Target target, Optional<String> keyName, Optional<String> password)
            throws ToolException {
        KeyFiles files = new KeyFiles(settings.keyDir());
        boolean nothingNamed = keyName.isEmpty() && password.isEmpty();
        List<KeyFiles.Key> keys = new ArrayList<>();
        if (keyName.isPresent()) {
            keys.add(files.named(keyName.get()));
        } else if (nothingNamed) {
            keys.addAll(files.usual());
        }
        KnownHosts knownHosts;
        try {
            knownHosts = HostKeys.read(settings);
        } catch (IOException e) {
            throw new ToolException(
                    Reason.FAILED,
                    "The known hosts in " + settings.knownHosts() + " (setting SSH_KNOWN_HOSTS) cannot be read: "
                            + Failures.reason(e) + ".",
                    e);
        }
        Optional<AgentSocket> agent = nothingNamed ? agent(settings) : Optional.empty();
        if (nothingNamed && keys.isEmpty() && agent.isEmpty()) {
            throw ToolException.failed("There is nothing to log in to " + target + " with: name a key_filename in "
                    + settings.keyDir() + " or give a password; or set SSH_AGENT_SOCKET.");
        }
        return new Login(
                settings, target, new Attempt(target, settings.knownHosts(), knownHosts, agent), keys, password);
    }

    private static Optional<AgentSocket> agent(SshSettings settings) throws ToolException {
        if (settings.agentSocket().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(AgentSocket.connect(settings.agentSocket().get()));
        } catch (IOException e) {
            throw new ToolException(
                    Reason.FAILED,
                    "The SSH agent at " + settings.agentSocket().get()
                            + " (setting SSH_AGENT_SOCKET) cannot be reached: " + Failures.reason(e) + ".",
                    e);
        }
    }

    /** Returns a connection that is logged in; the caller closes it. */
    ClientSession on(SshClient client) throws ToolException, InterruptedException {
        ClientSession session = connect(client);
        boolean done = false;
        try {
            keys.forEach(key -> session.addPublicKeyIdentity(key.pair()));
            password.ifPresent(session::addPasswordIdentity);
            logIn(session);
            done = true;
            return session;
        } finally {
            if (!done) {
                session.close(true);
            }
        }
    }

    private ClientSession connect(SshClient client) throws ToolException, InterruptedException {
        ConnectFuture connected;
        try {
            connected = client.connect(target.username(), target.host(), target.port(), attempt.asContext(), null);
        } catch (IOException | UnresolvedAddressException e) {
            throw unreachable(Failures.reason(e), e);
        }
        boolean handedOver = false;
        try {
            if (!Waiting.on(connected, settings.connectTimeout())) {
                throw unreachable(
                        "no answer within " + settings.connectTimeout().toSeconds() + " s", null);
            }
            if (!connected.isConnected()) {
                throw unreachable(Failures.reason(connected.getException()), connected.getException());
            }
            handedOver = true;
            return connected.getSession();
        } finally {
            if (!handedOver) {
                // It may still come into being after we have gone. Cancelling would be the obvious thing, but leaks a
                // connection that is
                // just then made: nobody gets it, and nobody closes it.
                connected.addListener(late -> {
                    if (late.isConnected()) {
                        late.getSession().close(true);
                    }
                });
            }
        }
    }

    private ToolException unreachable(String why, @Nullable Throwable cause) {
        return new ToolException(
                Reason.UNAVAILABLE,
                target.address() + " cannot be reached by SSH: " + why + ". Nothing ran. Check the host and its port.",
                cause);
    }

    private void logIn(ClientSession session) throws ToolException, InterruptedException {
        AuthFuture login;
        try {
            login = session.auth();
        } catch (IOException e) {
            throw refused(e);
        }
        if (!Waiting.on(login, settings.loginTimeout())) {
            throw new ToolException(
                    Reason.UNAVAILABLE,
                    "Logging in as " + target + " took longer than "
                            + settings.loginTimeout().toSeconds() + " s (setting SSH_LOGIN_TIMEOUT). Nothing ran.");
        }
        if (!login.isSuccess()) {
            throw refused(login.getException());
        }
    }

    private ToolException refused(@Nullable Throwable cause) {
        String message = attempt.refusal()
                .orElseGet(() -> "Logging in as " + target + " failed: " + Failures.reason(cause) + ". Tried: "
                        + tried() + ". Nothing ran.");
        return new ToolException(Reason.FAILED, message, cause);
    }

    private String tried() {
        List<String> tried = new ArrayList<>();
        attempt.agent().ifPresent(agent -> tried.add("the agent's keys"));
        keys.forEach(key -> tried.add("the key " + key.name()));
        password.ifPresent(secret -> tried.add("the password"));
        return String.join(", ", tried);
    }

    @Override
    public void close() {
        attempt.agent().ifPresent(AgentSocket::close);
    }
}
