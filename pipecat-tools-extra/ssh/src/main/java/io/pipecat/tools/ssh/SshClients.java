package io.pipecat.tools.ssh;

import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;

/**
 * The client that all calls share, with its few threads: made for the first call, ended with the tool. It knows nothing of the machine's
 * user: no configuration file, no key and no agent but what a call gives it.
 */
final class SshClients implements AutoCloseable {
    private final SshSettings settings;
    private @Nullable SshClient client;
    private boolean closed;

    SshClients(SshSettings settings) {
        this.settings = settings;
    }

    synchronized SshClient client() {
        if (closed) {
            throw new IllegalStateException("the ssh tool is closed");
        }
        SshClient started = client;
        if (started == null) {
            started = start();
            client = started;
        }
        return started;
    }

    private SshClient start() {
        SshClient fresh = SshClient.setUpDefaultClient();
        HostKeys hostKeys = new HostKeys();
        fresh.setServerKeyVerifier(hostKeys);
        fresh.addSessionListener(hostKeys);
        fresh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        fresh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        fresh.setAgentFactory(new AgentSocket.Factory());
        fresh.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        fresh.setUserAuthFactories(List.of(
                UserAuthPublicKeyFactory.INSTANCE,
                UserAuthKeyboardInteractiveFactory.INSTANCE,
                UserAuthPasswordFactory.INSTANCE));
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(fresh, settings.connectTimeout());
        CoreModuleProperties.AUTH_TIMEOUT.set(fresh, settings.loginTimeout());
        // A command may well be silent for longer; the call has a timeout of its own.
        CoreModuleProperties.IDLE_TIMEOUT.set(fresh, Duration.ZERO);
        // One try for each way of logging in: repeating a wrong password locks accounts.
        CoreModuleProperties.PASSWORD_PROMPTS.set(fresh, 1);
        fresh.start();
        return fresh;
    }

    @Override
    public void close() {
        SshClient last;
        synchronized (this) {
            closed = true;
            last = client;
            client = null;
        }
        if (last != null) {
            last.stop();
        }
    }
}
