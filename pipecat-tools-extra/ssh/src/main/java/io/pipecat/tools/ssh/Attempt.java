package io.pipecat.tools.ssh;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.jspecify.annotations.Nullable;

/** What the callbacks of one connection must know of the call that it is made for, and what they found out. */
final class Attempt {
    private static final AttributeRepository.AttributeKey<Attempt> KEY = new AttributeRepository.AttributeKey<>();

    private final Target target;
    private final Path knownHostsFile;
    private final KnownHosts knownHosts;
    private final Optional<AgentSocket> agent;
    private volatile @Nullable String refusal;

    Attempt(Target target, Path knownHostsFile, KnownHosts knownHosts, Optional<AgentSocket> agent) {
        this.target = target;
        this.knownHostsFile = knownHostsFile;
        this.knownHosts = knownHosts;
        this.agent = agent;
    }

    static Attempt of(ClientSession session) {
        return Objects.requireNonNull(session.getConnectionContext().getAttribute(KEY), "a session without its call");
    }

    AttributeRepository asContext() {
        return AttributeRepository.ofKeyValuePair(KEY, this);
    }

    Target target() {
        return target;
    }

    Path knownHostsFile() {
        return knownHostsFile;
    }

    KnownHosts knownHosts() {
        return knownHosts;
    }

    Optional<AgentSocket> agent() {
        return agent;
    }

    void refuse(String sentence) {
        refusal = sentence;
    }

    /** Why the server was refused, if it was. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }
}
