package io.pipecat.node;

import io.pipecat.api.Nearest;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Checks what somebody wrote against what the modules on the path know. */
final class SettingsCheck {
    /** A name shorter than this is too common a word to be taken for a misspelt setting. */
    private static final int SHORTEST_NEAR_MISS = 8;

    private static final String FILE_SUFFIX = "_file";
    private static final String OVERRIDE_SUFFIX = "_url_override";
    private static final List<String> SERVICE_OVERRIDES = Stream.of(
                    ServiceName.LLM, ServiceName.TOOL_SERVER, ServiceName.WORLD_MODEL, ServiceName.NODE)
            .map(ServiceName::urlOverrideSetting)
            .toList();
    private static final long MAX_SECRET_BYTES = 1 << 16;

    /** Variables of OpenSSL, set on many a machine: where it finds the certificates to trust, not our ssl_certfile. */
    private static final Set<String> OF_OTHERS = Set.of("ssl_cert_file", "ssl_cert_dir");

    private final Map<String, SettingSpec<?>> known;

    SettingsCheck(Map<String, SettingSpec<?>> known) {
        this.known = known;
    }

    /** Two modules may declare one setting if they mean the same by it. */
    static Map<String, SettingSpec<?>> index(List<SettingSpec<?>> specs) throws SettingsException {
        Map<String, SettingSpec<?>> index = new TreeMap<>();
        for (SettingSpec<?> spec : specs) {
            SettingSpec<?> other = index.putIfAbsent(spec.name(), spec);
            if (other != null && other != spec && !sameMeaning(other, spec)) {
                throw new SettingsException("Two modules on the path declare the setting " + spec.name()
                        + " differently; remove one of them, or make their declarations equal.");
            }
        }
        return index;
    }

    private static boolean sameMeaning(SettingSpec<?> a, SettingSpec<?> b) {
        return a.type().label().equals(b.type().label())
                && a.secret() == b.secret()
                && a.shared() == b.shared()
                && a.defaults().equals(b.defaults());
    }

    static SettingSpec<URI> urlOverride(String name) {
        return SettingSpec.httpUrl(name)
                .description("Where this service is, before every other source of its address.")
                .ownOnly()
                .build();
    }

    /** Returns what is set, by canonical name, every value valid. */
    Map<String, String> accept(SettingsInput input) throws SettingsException {
        Map<String, String> accepted = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> entry : input.values().entrySet()) {
            String name = entry.getKey();
            String text = entry.getValue();
            // An empty variable is how templates write "not set".
            if (text.isBlank()) {
                continue;
            }
            if (known.containsKey(name)) {
                take(known.get(name), text, input.locate(name), accepted, problems);
            } else if (isSecretFile(name)) {
                String secret = name.substring(0, name.length() - FILE_SUFFIX.length());
                if (input.values().getOrDefault(secret, "").isBlank()) {
                    readSecret(secret, text, input.locate(name), accepted, problems);
                } else {
                    problems.add(secret + " and " + name + " are both set (" + input.name() + "); keep one of them.");
                }
            } else if (isOverride(name)) {
                take(urlOverride(name), text, input.locate(name), accepted, problems);
            } else {
                refuseUnknown(name, input, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(String.join("\n", problems));
        }
        return accepted;
    }

    private static void take(
            SettingSpec<?> spec, String text, String source, Map<String, String> accepted, List<String> problems) {
        if (isValid(spec, text)) {
            accepted.put(spec.name(), text);
        } else {
            problems.add(problem(spec, text, source));
        }
    }

    static boolean isValid(SettingSpec<?> spec, String text) {
        try {
            spec.type().parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Says what is wrong with a value that is not valid. */
    static String problem(SettingSpec<?> spec, String text, String source) {
        // A password has no place in a URL, but who put one there does not want it in a log either.
        String shown = spec.secret() ? "its value" : "'" + text.replaceAll("://[^/\\s]*@", "://…@") + "'";
        try {
            spec.type().parse(text);
            throw new IllegalStateException(spec.name() + " takes " + shown);
        } catch (IllegalArgumentException e) {
            return spec.name() + " (" + source + "): " + shown + " " + e.getMessage() + "."
                    + Nearest.hint(text, spec.type().choices());
        }
    }

    /** Any service can be overridden, but a slip of the pen in a known name must not pass for a service of that name. */
    private boolean isOverride(String name) {
        if (!name.endsWith(OVERRIDE_SUFFIX) || name.length() == OVERRIDE_SUFFIX.length()) {
            return false;
        }
        return SERVICE_OVERRIDES.contains(name)
                || Stream.concat(known.keySet().stream(), SERVICE_OVERRIDES.stream())
                        .noneMatch(candidate -> isNearMiss(name, candidate));
    }

    private boolean isSecretFile(String name) {
        if (!name.endsWith(FILE_SUFFIX)) {
            return false;
        }
        SettingSpec<?> spec = known.get(name.substring(0, name.length() - FILE_SUFFIX.length()));
        return spec != null && spec.secret();
    }

    private static void readSecret(
            String name, String file, String source, Map<String, String> accepted, List<String> problems) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_SECRET_BYTES) {
                problems.add(name + FILE_SUFFIX + " (" + source + "): " + file + " is too large to be a secret.");
                return;
            }
            String text = Files.readString(path).strip();
            if (text.isEmpty()) {
                problems.add(name + FILE_SUFFIX + " (" + source + "): " + file + " is empty.");
            } else {
                accepted.put(name, text);
            }
        } catch (IOException | IllegalArgumentException e) {
            problems.add(name + FILE_SUFFIX + " (" + source + "): " + file + " cannot be read: " + e + ".");
        }
    }

    private void refuseUnknown(String name, SettingsInput input, List<String> problems) {
        List<String> names = Stream.of(
                        known.keySet().stream(),
                        SERVICE_OVERRIDES.stream(),
                        known.values().stream().filter(SettingSpec::secret).map(spec -> spec.name() + FILE_SUFFIX))
                .flatMap(Function.identity())
                .toList();
        switch (input.unknown()) {
            case REFUSE ->
                problems.add("There is no setting '" + name + "' (" + input.locate(name) + ")."
                        + Nearest.hint(name, names)
                        + " 'pipecat config' lists those that the modules on the path know.");
            case REFUSE_NEAR_MISSES -> {
                if (name.length() >= SHORTEST_NEAR_MISS && !OF_OTHERS.contains(name)) {
                    names.stream()
                            .filter(candidate -> isNearMiss(name, candidate))
                            .findFirst()
                            .ifPresent(candidate -> problems.add("There is no setting '" + name + "' ("
                                    + input.locate(name) + "). Did you mean '" + candidate + "'?"));
                }
            }
        }
    }

    private static boolean isNearMiss(String name, String candidate) {
        return candidate.length() >= SHORTEST_NEAR_MISS && Nearest.distance(name, candidate) <= 2;
    }
}
