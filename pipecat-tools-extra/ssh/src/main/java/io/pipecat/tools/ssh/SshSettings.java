package io.pipecat.tools.ssh;

import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the tool reads from the settings.
 *
 * @param knownHosts the file that says which host keys are trusted
 * @param keyDir the folder that private keys are taken from
 * @param agentSocket where an agent listens
 * @param connectTimeout for a connection, name lookup not included
 * @param loginTimeout for key exchange and login together
 * @param commandTimeout for the command
 * @param maxOutput how many bytes of each stream are kept
 */
record SshSettings(
        Path knownHosts,
        Path keyDir,
        Optional<Path> agentSocket,
        Duration connectTimeout,
        Duration loginTimeout,
        Duration commandTimeout,
        int maxOutput) {
    static final SettingSpec<Path> KNOWN_HOSTS = SettingSpec.path("ssh_known_hosts")
            .defaultValue(Path.of("~/.ssh/known_hosts"))
            .description(
                    "The host keys that the ssh tool trusts, in OpenSSH's format. A host that is not in it is refused.")
            .ownOnly()
            .build();

    static final SettingSpec<Path> KEY_DIR = SettingSpec.path("ssh_key_dir")
            .defaultValue(Path.of("~/.ssh"))
            .description("The folder that the ssh tool takes private keys from; no other file is ever read as a key.")
            .ownOnly()
            .build();

    static final SettingSpec<Path> AGENT_SOCKET = SettingSpec.path("ssh_agent_socket")
            .description(
                    "The socket of an SSH agent whose keys the ssh tool may use (what SSH_AUTH_SOCK names in a shell).")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> CONNECT_TIMEOUT = SettingSpec.duration(
                    "ssh_connect_timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultValue(Duration.ofSeconds(10))
            .description("How long the ssh tool waits for a connection.")
            .build();

    static final SettingSpec<Duration> LOGIN_TIMEOUT = SettingSpec.duration(
                    "ssh_login_timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultValue(Duration.ofSeconds(20))
            .description("How long the ssh tool waits for key exchange and login, once it is connected.")
            .build();

    static final SettingSpec<Duration> COMMAND_TIMEOUT = SettingSpec.duration(
                    "ssh_command_timeout", Duration.ofMillis(100), Duration.ofMinutes(60))
            .defaultValue(Duration.ofMinutes(2))
            .description("How long a command of the ssh tool may run before it is ended on the other machine too.")
            .build();

    static final SettingSpec<Integer> MAX_OUTPUT = SettingSpec.integer("ssh_max_output", 1, 16 * 1024 * 1024)
            .defaultValue(64 * 1024)
            .description(
                    "How many bytes of each of a command's two output streams the ssh tool keeps; the rest is read and dropped.")
            .build();

    static final List<SettingSpec<?>> ALL =
            List.of(KNOWN_HOSTS, KEY_DIR, AGENT_SOCKET, CONNECT_TIMEOUT, LOGIN_TIMEOUT, COMMAND_TIMEOUT, MAX_OUTPUT);

    static SshSettings of(Settings settings) {
        return new SshSettings(
                expanded(settings.get(KNOWN_HOSTS)),
                expanded(settings.get(KEY_DIR)),
                settings.find(AGENT_SOCKET).map(SshSettings::expanded),
                settings.get(CONNECT_TIMEOUT),
                settings.get(LOGIN_TIMEOUT),
                settings.get(COMMAND_TIMEOUT),
                settings.get(MAX_OUTPUT));
    }

    /** No shell stands between a settings file and us, so the tilde is ours to read. */
    private static Path expanded(Path path) {
        return path.startsWith("~")
                ? Path.of(System.getProperty("user.home", "/"))
                        .resolve(Path.of("~").relativize(path))
                        .normalize()
                : path.toAbsolutePath().normalize();
    }
}
