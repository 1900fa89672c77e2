package io.pipecat.api.http;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Admits whoever sends one of some keys as {@code Authorization: Bearer <key>} (RFC 6750; the scheme in any case). Without a
 * key nobody is admitted. The principal is {@code key-} and the first eight hexadecimal digits of the key's SHA-256.
 *
 * <p>Refuses with 401 if the header is missing or not two words, with 403 if they are the wrong ones, and with 500 if no key
 * is configured, in the words that every endpoint of this system uses.
 */
public final class BearerAuthenticator implements Authenticator {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int PRINCIPAL_DIGITS = 8;

    private static final Decision NO_KEY = refusal(500, "API key not configured on server.");
    private static final Decision NO_HEADER = unauthorized("Authorization header is missing.");
    private static final Decision BAD_FORMAT = unauthorized("Invalid authorization header format.");
    private static final Decision WRONG = refusal(403, "Invalid credentials.");

    private static final class Key {
        private final byte[] bytes;
        private final Decision admitted;

        Key(Secret secret) {
            this.bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
            String digest = HexFormat.of().formatHex(sha256(bytes)).substring(0, PRINCIPAL_DIGITS);
            this.admitted = new Decision.Admitted("key-" + digest);
        }
    }

    private final String setting;
    private final List<Key> keys;

    /**
     * Makes an authenticator.
     *
     * @param setting the name of the setting that holds the keys
     * @param keys the keys; several while they are rotated
     */
    public BearerAuthenticator(String setting, List<Secret> keys) {
        this.setting = setting;
        this.keys = keys.stream().map(Key::new).toList();
    }

    /**
     * Makes an authenticator of a setting.
     *
     * @param setting the setting that holds the keys, separated by commas
     * @param settings the node's settings
     * @return the authenticator
     */
    public static BearerAuthenticator of(SettingSpec<Secret> setting, Settings settings) {
        return new BearerAuthenticator(
                setting.name(), settings.find(setting).map(Secret::split).orElse(List.of()));
    }

    @Override
    public Decision decide(Request request) {
        if (keys.isEmpty()) {
            return NO_KEY;
        }
        List<String> headers = request.headers("Authorization");
        String header = String.join(" ", headers).strip();
        if (header.isEmpty()) {
            return NO_HEADER;
        }
        String[] words = BLANKS.split(header, -1);
        if (words.length != 2) {
            return BAD_FORMAT;
        }
        Decision decision = WRONG;
        for (byte[] token : spellings(words[1])) {
            for (Key key : keys) {
                // Each key is compared, so that the time does not tell which one was nearly right.
                if (MessageDigest.isEqual(key.bytes, token)) {
                    decision = key.admitted;
                }
            }
        }
        return words[0].equalsIgnoreCase("Bearer") ? decision : WRONG;
    }

    /** Servers hand on the bytes of a header as Latin-1; a key beyond ASCII was most likely sent as UTF-8. */
    private static List<byte[]> spellings(String token) {
        List<byte[]> spellings = new ArrayList<>();
        spellings.add(token.getBytes(StandardCharsets.UTF_8));
        if (!token.chars().allMatch(c -> c < 0x80)) {
            spellings.add(token.getBytes(StandardCharsets.ISO_8859_1));
        }
        return spellings;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Decision unauthorized(String detail) {
        return new Decision.Refused(Response.error(401, detail).withHeader("WWW-Authenticate", "Bearer"));
    }

    private static Decision refusal(int status, String detail) {
        return new Decision.Refused(Response.error(status, detail));
    }

    @Override
    public Optional<String> missingKeySetting() {
        return keys.isEmpty() ? Optional.of(setting) : Optional.empty();
    }
}
