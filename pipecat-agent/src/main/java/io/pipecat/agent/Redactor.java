package io.pipecat.agent;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Secret;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Blanks secrets: whatever stands under a telling name, known values wherever they stand, and the usual spellings in text. */
final class Redactor {
    private static final String MASK = new Secret("").toString();
    private static final Set<String> TELLING_WORDS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "token",
            "secret",
            "secrets",
            "apikey",
            "authorization",
            "credential",
            "credentials",
            "cookie",
            "privatekey",
            "accesskey");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s/:@]*):[^\\s/@]+@");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?i)((?:password|passwd|passphrase|secret|token|api[_-]?key)"
                    + "[\"']?\\s*[=:]\\s*)(?:\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)");

    private final List<String> known;

    Redactor(Collection<Secret> known) {
        // Longest first, so that a secret that is part of another leaves no rest of it. Very short ones would blank
        // ordinary words.
        this.known = known.stream()
                .flatMap(secret ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(secret), secret.split().stream()))
                .map(Secret::reveal)
                .filter(text -> text.length() >= 4)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    JsonValue redact(JsonValue value) {
        return switch (value) {
            case JsonObject object -> redact(object);
            case JsonArray array ->
                new JsonArray(array.elements().stream().map(this::redact).toList());
            case JsonString string -> new JsonString(redact(string.value()));
            default -> value;
        };
    }

    JsonObject redact(JsonObject object) {
        JsonObject.Builder redacted = JsonObject.builder();
        object.members()
                .forEach((name, value) ->
                        redacted.put(redact(name), isTelling(name) ? new JsonString(MASK) : redact(value)));
        return redacted.build();
    }

    String redact(String text) {
        String redacted = text;
        for (String secret : known) {
            redacted = redacted.replace(secret, MASK);
        }
        redacted = BEARER.matcher(redacted).replaceAll("$1 " + MASK);
        redacted = USER_INFO.matcher(redacted).replaceAll("$1:" + MASK + "@");
        return ASSIGNMENT.matcher(redacted).replaceAll("$1" + MASK);
    }

    /** Looks at whole words, so that {@code max_tokens} and {@code tokenizer} are not taken for secrets. */
    private static boolean isTelling(String name) {
        List<String> words = Arrays.stream(
                        name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").split("[^A-Za-z0-9]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        for (int i = 0; i < words.size(); i++) {
            if (TELLING_WORDS.contains(words.get(i))
                    || (i + 1 < words.size() && TELLING_WORDS.contains(words.get(i) + words.get(i + 1)))) {
                return true;
            }
        }
        return false;
    }
}
