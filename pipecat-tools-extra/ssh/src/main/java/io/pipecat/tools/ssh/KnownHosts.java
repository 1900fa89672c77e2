package io.pipecat.tools.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The host keys that somebody has vouched for, in the format that {@code sshd(8)} describes under "SSH_KNOWN_HOSTS FILE FORMAT": plain,
 * wildcard, negated and hashed names, and the marker {@code @revoked}. Certificate authorities are not understood, so a line with
 * {@code @cert-authority} vouches for nobody. A line that makes no sense is passed over, as OpenSSH does.
 *
 * @param entries its lines
 */
record KnownHosts(List<Entry> entries) {

    /**
     * One line.
     *
     * @param revoked whether the key must never be accepted
     * @param names the comma-separated patterns, or one hash
     * @param type such as {@code ssh-ed25519}
     * @param key the key, in Base64
     */
    record Entry(boolean revoked, String names, String type, String key) {
        boolean isOf(String host) {
            return names.startsWith("|") ? matchesHash(names, host) : matchesPatterns(names, host);
        }
    }

    /** What the file says about a host's key. */
    enum Verdict {
        /** It is the key of this host. */
        TRUSTED,
        /** Nothing is known of this host. */
        UNKNOWN,
        /** The host is known by other keys. */
        CHANGED,
        /** It was withdrawn. */
        REVOKED
    }

    static KnownHosts read(Path file) throws IOException {
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return new KnownHosts(List.of());
        }
    }

    static KnownHosts parse(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            List<String> words = Arrays.asList(line.split("\\s+"));
            boolean revoked = words.getFirst().equals("@revoked");
            int first = revoked ? 1 : 0;
            if (line.startsWith("#") || (line.startsWith("@") && !revoked) || words.size() < first + 3) {
                continue;
            }
            entries.add(new Entry(revoked, words.get(first), words.get(first + 1), words.get(first + 2)));
        }
        return new KnownHosts(List.copyOf(entries));
    }

    Verdict judge(String host, byte[] encodedKey) {
        String key = Base64.getEncoder().encodeToString(encodedKey);
        boolean known = false;
        boolean trusted = false;
        for (Entry entry : entries) {
            boolean same = entry.key().equals(key);
            if (!entry.isOf(host)) {
                continue;
            }
            if (entry.revoked()) {
                if (same) {
                    return Verdict.REVOKED;
                }
                continue;
            }
            known = true;
            trusted |= same;
        }
        return trusted ? Verdict.TRUSTED : known ? Verdict.CHANGED : Verdict.UNKNOWN;
    }

    /** The types of key by which a host is known, in the order of the file. */
    Set<String> typesOf(String host) {
        Set<String> types = new LinkedHashSet<>();
        entries.stream()
                .filter(entry -> !entry.revoked() && entry.isOf(host))
                .forEach(entry -> types.add(entry.type()));
        return types;
    }

    private static boolean matchesPatterns(String names, String host) {
        boolean matches = false;
        for (String name : names.split(",", -1)) {
            boolean negated = name.startsWith("!");
            if (matches((negated ? name.substring(1) : name).toLowerCase(Locale.ROOT), host)) {
                if (negated) {
                    return false;
                }
                matches = true;
            }
        }
        return matches;
    }

    /**
     * Whether a pattern with {@code *} and {@code ?} covers a host. Only the last star that was met is ever given more: what fits after
     * the first place of what stands before it fits after any later one, so no choice is tried again.
     */
    private static boolean matches(String pattern, String host) {
        int at = 0;
        int star = -1;
        int covered = 0;
        int next = 0;
        while (next < host.length()) {
            int wanted = at < pattern.length() ? pattern.charAt(at) : -1;
            if (wanted == '*') {
                star = at++;
                covered = next;
            } else if (wanted == '?' || wanted == host.charAt(next)) {
                at++;
                next++;
            } else if (star >= 0) {
                at = star + 1;
                next = ++covered;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(rest -> rest == '*');
    }

    /** {@code |1|salt|hash}: HMAC-SHA-1 of the name under the salt. */
    private static boolean matchesHash(String names, String host) {
        String[] parts = names.split("\\|", -1);
        if (parts.length != 4 || !parts[1].equals("1")) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HMAC-SHA-1, which every JDK must have", e);
        }
    }
}
