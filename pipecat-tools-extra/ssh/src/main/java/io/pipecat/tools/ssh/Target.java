package io.pipecat.tools.ssh;

import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who is logged in where.
 *
 * @param username the name on the other machine
 * @param host a name or address, without brackets, in lower case
 * @param port 1 to 65,535
 */
record Target(String username, String host, int port) {
    static final int DEFAULT_PORT = 22;
    private static final int MAX_PORT = 65_535;
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]+)](?::([0-9]{1,5}))?");
    private static final Pattern PLAIN = Pattern.compile("([^:\\[\\]]+)(?::([0-9]{1,5}))?");
    private static final Pattern BARE_IPV6 =
            Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[A-Za-z0-9._-]+)?");
    /** No more than names have: messages quote it in a command for a person to run. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*");

    private static final Pattern NAME = Pattern.compile("[^\\s@/\\\\,\\p{Cntrl}-][^\\s@/\\\\,\\p{Cntrl}]*");

    static Target parse(String host, String username) throws ToolException {
        String text = host.strip();
        Matcher matcher = BRACKETED.matcher(text);
        if (BARE_IPV6.matcher(text).matches()) {
            return of(username, text, DEFAULT_PORT, host);
        }
        if (!matcher.matches()) {
            matcher = PLAIN.matcher(text);
            if (!matcher.matches()) {
                throw invalid(host);
            }
        }
        String port = matcher.group(2);
        return of(username, matcher.group(1), port == null ? DEFAULT_PORT : Integer.parseInt(port), host);
    }

    private static Target of(String username, String host, int port, String written) throws ToolException {
        boolean named = HOST.matcher(host).matches() || BARE_IPV6.matcher(host).matches();
        if (!named || port < 1 || port > MAX_PORT) {
            throw invalid(written);
        }
        if (!NAME.matcher(username).matches()) {
            throw new ToolException(
                    Reason.INVALID_ARGUMENTS,
                    "The username must be a login name such as 'admin', without spaces, '@' or '/'; not '"
                            + Shown.line(username) + "'.");
        }
        return new Target(username, host.toLowerCase(Locale.ROOT), port);
    }

    private static ToolException invalid(String host) {
        return new ToolException(
                Reason.INVALID_ARGUMENTS,
                "The host must be a name or address, perhaps with a port: 'nas', 'nas:2222', '192.168.1.5', '[fe80::1]:22'; not '"
                        + Shown.line(host) + "'. The user's name goes into 'username'.");
    }

    /** What {@code known_hosts} calls this host. */
    String knownAs() {
        return port == DEFAULT_PORT ? host : "[" + host + "]:" + port;
    }

    /** For messages. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return username + "@" + address();
    }
}
