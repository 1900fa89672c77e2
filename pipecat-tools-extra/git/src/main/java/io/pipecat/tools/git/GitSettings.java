package io.pipecat.tools.git;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tool reads from the settings.
 *
 * @param roots the folders within which it works
 * @param authorName who commits
 * @param authorEmail where to reach that one
 * @param token what it logs in with
 * @param tokenHosts the hosts that get the token
 * @param plainHttpHosts the hosts that may be spoken to without encryption
 * @param fetchLimit how much one call takes from a server, in MiB
 */
record GitSettings(
        List<Path> roots,
        String authorName,
        String authorEmail,
        Optional<Secret> token,
        Set<String> tokenHosts,
        Set<String> plainHttpHosts,
        int fetchLimit) {
    static final SettingSpec<List<String>> ROOTS = SettingSpec.list("git_roots")
            .description(
                    "The folders within which the git tool works, separated by commas. It touches nothing outside them; without any"
                            + " it refuses every call.")
            .ownOnly()
            .build();

    static final SettingSpec<String> AUTHOR_NAME = SettingSpec.string("git_author_name")
            .defaultValue("pipecat")
            .description("The author of the git tool's commits.")
            .build();

    static final SettingSpec<String> AUTHOR_EMAIL = SettingSpec.string("git_author_email")
            .defaultValue("pipecat@localhost")
            .description("The e-mail address in the git tool's commits.")
            .build();

    static final SettingSpec<Secret> TOKEN = SettingSpec.secret("git_token")
            .description(
                    "Token or password with which the git tool logs in; sent to the hosts in git_token_hosts alone. 'user:token' where"
                            + " the server wants a certain user name.")
            .build();

    static final SettingSpec<List<String>> TOKEN_HOSTS = SettingSpec.list("git_token_hosts")
            .description(
                    "The hosts that get git_token, separated by commas: github.com. With a port where it is not the usual one.")
            .ownOnly()
            .build();

    static final SettingSpec<List<String>> PLAIN_HTTP_HOSTS = SettingSpec.list("git_plain_http_hosts")
            .description(
                    "The hosts that the git tool may speak to over http, without encryption, separated by commas: a server in the same"
                            + " house, say. With a port where it is not 80.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> FETCH_LIMIT = SettingSpec.integer("git_fetch_limit_mib", 1, 1 << 20)
            .defaultValue(1024)
            .description(
                    "How much one clone or pull by the git tool takes from a server, in MiB; a larger one fails and leaves nothing"
                            + " behind.")
            .ownOnly()
            .build();

    static final List<SettingSpec<?>> ALL =
            List.of(ROOTS, AUTHOR_NAME, AUTHOR_EMAIL, TOKEN, TOKEN_HOSTS, PLAIN_HTTP_HOSTS, FETCH_LIMIT);

    static GitSettings of(Settings settings) throws ToolException {
        List<Path> roots = new ArrayList<>();
        for (String root : settings.find(ROOTS).orElse(List.of())) {
            roots.add(path(root));
        }
        Set<String> tokenHosts = hosts(settings, TOKEN_HOSTS);
        Optional<Secret> token =
                settings.find(TOKEN).filter(secret -> !secret.reveal().isBlank());
        if (token.isPresent() && tokenHosts.isEmpty()) {
            throw ToolException.failed(
                    "GIT_TOKEN is set and GIT_TOKEN_HOSTS is not, so nobody would get it: name the hosts that it is"
                            + " for, such as GIT_TOKEN_HOSTS=github.com.");
        }
        return new GitSettings(
                List.copyOf(roots),
                settings.get(AUTHOR_NAME),
                settings.get(AUTHOR_EMAIL),
                token,
                tokenHosts,
                hosts(settings, PLAIN_HTTP_HOSTS),
                settings.get(FETCH_LIMIT));
    }

    private static Path path(String root) throws ToolException {
        try {
            return Path.of(root).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw ToolException.failed("GIT_ROOTS names '" + root + "', which is no path: " + e.getReason() + ".");
        }
    }

    private static Set<String> hosts(Settings settings, SettingSpec<List<String>> spec) {
        return settings.find(spec).orElse(List.of()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
