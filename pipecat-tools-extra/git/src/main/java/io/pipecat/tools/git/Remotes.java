package io.pipecat.tools.git;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Which other repositories may be spoken to, and with what credentials. */
final class Remotes {
    private static final int IDLE_SECONDS = 60;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final Path ROOT = Path.of("/");

    private final GitSettings settings;
    private final Roots roots;

    Remotes(GitSettings settings, Roots roots) {
        this.settings = settings;
        this.roots = roots;
    }

    /** Carries a refusal through JGit. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ToolException told;

        Refused(ToolException told) {
            super(told.getMessage(), told);
            this.told = told;
        }

        ToolException told() {
            return told;
        }
    }

    /** Reads an address as a person writes it; gives what JGit is to open. */
    String resolve(String written) throws ToolException {
        if (written.isBlank()
                || written.startsWith("-")
                || written.contains("::")
                || written.matches(".*\\p{Cntrl}.*")) {
            throw unknown(written);
        }
        URIish uri;
        try {
            uri = new URIish(written);
        } catch (URISyntaxException e) {
            throw unknown(written);
        }
        if (isLocal(uri)) {
            // The real path, so that what was checked is what is opened.
            Path real = uri.getScheme() == null ? roots.existing(written) : roots.opened(ROOT, uri.getPath());
            checkLocal(real);
            return real.toString();
        }
        check(uri, ROOT);
        return written;
    }

    private static boolean isLocal(URIish uri) {
        return uri.getHost() == null && (uri.getScheme() == null || "file".equalsIgnoreCase(uri.getScheme()));
    }

    /**
     * Refuses whatever leads outside the roots or to a kind of server that is not spoken to.
     *
     * @param base where a relative path begins
     */
    void check(URIish uri, Path base) throws ToolException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String shown = Failures.shown(uri.toString());
        if (uri.getUser() != null && scheme.startsWith("http")) {
            throw ToolException.failed("The address " + shown
                    + " holds a user name: write it without, and have a person put the token into"
                    + " the setting GIT_TOKEN.");
        }
        switch (scheme) {
            case "https" -> checkHost(uri);
            case "http" -> {
                checkHost(uri);
                if (!settings.plainHttpHosts().contains(hostOf(uri))) {
                    throw ToolException.failed(
                            "The address " + shown + " is not encrypted: use https, or have a person add '"
                                    + hostOf(uri) + "' to the setting GIT_PLAIN_HTTP_HOSTS.");
                }
            }
            case "file", "" -> {
                if (uri.getHost() != null) {
                    throw noSsh(shown);
                }
                checkLocal(roots.opened(base, uri.getPath()));
            }
            case "ssh", "git+ssh", "ssh+git" -> throw noSsh(shown);
            default -> throw unknown(shown);
        }
    }

    private static void checkHost(URIish uri) throws ToolException {
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw unknown(uri.toString());
        }
    }

    /** JGit takes the folder itself or its {@code .git}, as it judges what they hold: whichever may be one is checked. */
    private static void checkLocal(Path folder) throws ToolException {
        boolean bare = Files.isRegularFile(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"));
        Path inner = folder.resolve(".git");
        if (bare) {
            SafeRepository.check(folder);
        }
        if (!bare || Files.exists(inner, LinkOption.NOFOLLOW_LINKS)) {
            checkGitDir(folder, inner);
        }
    }

    private static void checkGitDir(Path folder, Path gitDir) throws ToolException {
        try {
            // Links have been followed above the folder only.
            if (!Files.isDirectory(gitDir) || !gitDir.toRealPath().equals(gitDir)) {
                throw ToolException.failed(folder + " is no git repository.");
            }
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED, folder + " cannot be read: " + Failures.reason(e) + ".", e);
        }
        SafeRepository.check(gitDir);
    }

    private static ToolException noSsh(String shown) {
        return ToolException.failed(
                "The address " + shown
                        + " is one for SSH, which the git tool does not speak: use the repository's https address, or run git on the other machine.");
    }

    private static ToolException unknown(String written) {
        return ToolException.failed(
                "'" + Failures.shown(written)
                        + "' is no address that the git tool takes: https://host/path, or the path of a repository within the setting GIT_ROOTS.");
    }

    /** The host, with its port where that is not the scheme's own. */
    private static String hostOf(URIish uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        int usual = "http".equalsIgnoreCase(uri.getScheme()) ? HTTP_PORT : HTTPS_PORT;
        return uri.getPort() <= 0 || uri.getPort() == usual ? host : host + ":" + uri.getPort();
    }

    /**
     * Sets up a command. The address is checked once more where it is used: the configuration may have replaced it by another.
     *
     * @param base where a relative path begins
     */
    <C extends TransportCommand<C, ?>> C guarded(C command, Path base) {
        command.setTimeout(IDLE_SECONDS);
        command.setCredentialsProvider(new Token());
        command.setTransportConfigCallback(transport -> {
            try {
                check(transport.getURI(), base);
            } catch (ToolException e) {
                throw new Refused(e);
            }
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(new Network(settings.fetchLimit()));
            }
        });
        return command;
    }

    /** Gives the token to the hosts that it is for, asked anew after each redirection. */
    private final class Token extends CredentialsProvider {
        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public boolean supports(CredentialItem... items) {
            for (CredentialItem item : items) {
                if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean get(@Nullable URIish uri, CredentialItem... items) throws UnsupportedCredentialItem {
            if (uri == null || settings.token().isEmpty() || !mayHaveIt(uri)) {
                return false;
            }
            Secret secret = settings.token().get();
            int colon = secret.reveal().indexOf(':');
            for (CredentialItem item : items) {
                switch (item) {
                    case CredentialItem.Username user ->
                        user.setValue(colon > 0 ? secret.reveal().substring(0, colon) : "x-access-token");
                    case CredentialItem.Password password ->
                        password.setValueNoCopy(
                                secret.reveal().substring(colon + 1).toCharArray());
                    default -> {
                        // JGit asks such things about certificates; no is the answer.
                        return false;
                    }
                }
            }
            return true;
        }

        private boolean mayHaveIt(URIish uri) {
            boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
            return settings.tokenHosts().contains(hostOf(uri))
                    && (encrypted || settings.plainHttpHosts().contains(hostOf(uri)));
        }
    }
}
