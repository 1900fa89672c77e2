package io.pipecat.tools.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Asks each server for a kind of key by which it is known, and refuses one that is not. */
final class HostKeys implements ServerKeyVerifier, SessionListener {
    /** OpenSSH's order, without certificates, whose authorities we do not know, and without SHA-1. */
    private static final List<String> ALGORITHMS = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256");

    @Override
    public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
        Attempt attempt = Attempt.of((ClientSession) session);
        Set<String> types = attempt.knownHosts().typesOf(attempt.target().knownAs());
        List<String> wanted = new ArrayList<>(ALGORITHMS.stream()
                .filter(algorithm -> types.contains(typeOf(algorithm)))
                .toList());
        // The rest is offered as well: a key that cannot be accepted gives a better message than no common algorithm.
        ALGORITHMS.stream().filter(algorithm -> !wanted.contains(algorithm)).forEach(wanted::add);
        proposal.put(KexProposalOption.SERVERKEYS, String.join(",", wanted));
    }

    private static String typeOf(String algorithm) {
        return algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm;
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress remote, PublicKey key) {
        Attempt attempt = Attempt.of(session);
        String host = attempt.target().knownAs();
        KnownHosts.Verdict verdict = attempt.knownHosts().judge(host, encoded(key));
        if (verdict != KnownHosts.Verdict.TRUSTED) {
            attempt.refuse(sentence(verdict, attempt, host, key));
        }
        return verdict == KnownHosts.Verdict.TRUSTED;
    }

    private static byte[] encoded(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return buffer.getCompactData();
    }

    private static String sentence(KnownHosts.Verdict verdict, Attempt attempt, String host, PublicKey key) {
        String shown = KeyUtils.getKeyType(key) + " key " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        String file = attempt.knownHostsFile().toString();
        Target target = attempt.target();
        String scan = "ssh-keyscan " + (target.port() == Target.DEFAULT_PORT ? "" : "-p " + target.port() + " ")
                + target.host();
        return switch (verdict) {
            case CHANGED ->
                "REFUSED: " + target.address() + " shows the " + shown + ", but " + file
                        + " knows it by another key. Either the machine was set up anew or somebody is in between; nothing was sent. A person"
                        + " must find out which; then: ssh-keygen -R '" + host + "' -f " + file + " && " + scan + " >> "
                        + file;
            case REVOKED ->
                "REFUSED: " + target.address() + " shows the " + shown + ", which " + file
                        + " marks as revoked. Nothing was sent.";
            case UNKNOWN, TRUSTED ->
                "The host key of " + target.address() + " is not in " + file + ". It shows the " + shown
                        + ". A person must compare this fingerprint with the one on the machine itself (ssh-keygen -lf"
                        + " /etc/ssh/ssh_host_*_key.pub) and then add it: " + scan + " >> " + file
                        + " (setting SSH_KNOWN_HOSTS). Nothing was sent.";
        };
    }

    /** Reads the file anew for each call: a host that was just added counts at once. */
    static KnownHosts read(SshSettings settings) throws IOException {
        return KnownHosts.read(settings.knownHosts());
    }
}
