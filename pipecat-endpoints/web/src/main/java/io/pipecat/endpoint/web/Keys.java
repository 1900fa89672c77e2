package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of this node, of which it knows only the digests: whoever reads its settings cannot use them. */
final class Keys {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int SHOWN_DIGITS = 8;

    private final List<byte[]> digests = new ArrayList<>();

    Keys(Settings settings) throws SettingsException {
        List<Secret> listed =
                settings.find(WebSettings.API_KEYS).map(Secret::split).orElse(List.of());
        for (Secret each : listed) {
            String digest = each.reveal().toLowerCase(Locale.ROOT);
            if (!DIGEST.matcher(digest).matches()) {
                throw new SettingsException("pipecat_api_keys holds something that is no SHA-256 digest (64 hexadecimal"
                        + " digits). Make one of a key with: echo -n \"$KEY\" | sha256sum");
            }
            digests.add(HexFormat.of().parseHex(digest));
        }
    }

    boolean areNeeded() {
        return !digests.isEmpty();
    }

    /** Returns what to call the holder of the key that a request sends as a bearer, if it is one. */
    Optional<String> admit(Request request) {
        return request.header("Authorization")
                .map(String::strip)
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(header -> holder(header.substring(7).strip()));
    }

    /** Returns what to call the holder of a key, if it is one. Takes as long whichever it is. */
    Optional<String> holder(String key) {
        byte[] digest = sha256(key.getBytes(StandardCharsets.UTF_8));
        Optional<String> found = Optional.empty();
        for (byte[] known : digests) {
            if (MessageDigest.isEqual(known, digest)) {
                found = Optional.of("key-" + HexFormat.of().formatHex(digest).substring(0, SHOWN_DIGITS));
            }
        }
        return found;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
