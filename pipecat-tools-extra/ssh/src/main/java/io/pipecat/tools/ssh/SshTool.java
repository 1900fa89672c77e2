package io.pipecat.tools.ssh;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.io.IOException;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;

/**
 * Runs commands on other machines. Each call has a connection of its own, so calls run side by side and none inherits another's login.
 * An interrupted call ends its command on the other machine too.
 */
@ToolInfo(
        name = "ssh",
        description =
                "Runs commands on other machines over SSH. Only machines whose host keys are known are contacted.",
        placement = Placement.NORMAL)
public final class SshTool implements AutoCloseable {
    private final SshSettings settings;
    private final SshClients clients;

    /** Makes the tool; opens nothing. */
    SshTool(SshSettings settings) {
        this.settings = settings;
        this.clients = new SshClients(settings);
    }

    /**
     * Runs a command by the login shell of a user on another machine, without a terminal and with an empty standard input.
     *
     * @param host name or address, perhaps with a port
     * @param username the login name
     * @param command the command line
     * @param keyFilename a private key in the configured folder
     * @param password a password
     * @param context the call
     * @return {@code exit_status} (null if a signal ended it, which {@code signal} then names), {@code stdout}, {@code stderr} and whether
     *     they were {@code truncated}
     * @throws ToolException if the command did not run to its end; a status other than 0 is a result like any other
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Runs one shell command on another machine and returns {exit_status, stdout, stderr, truncated}. There is no terminal"
                            + " and no input: use options that ask nothing. Logs in by key (an agent's or the usual ones unless one is named) or"
                            + " password.",
            sensitive = true,
            timeoutSeconds = 3900)
    public JsonObject runCommand(
            @ToolParam("Host name or address, with ':port' unless it is 22: 'nas', '192.168.1.5:2222', '[fe80::1]:22'.")
                    String host,
            @ToolParam("Login name on that machine.") String username,
            @ToolParam("The command line, for the login shell there.") String command,
            @ToolParam("File name of a private key in this node's key folder; by default the usual keys are tried.")
                    Optional<String> keyFilename,
            @ToolParam("Password, if the machine takes no key.") Optional<String> password,
            ToolContext context)
            throws ToolException, InterruptedException {
        Target target = Target.parse(host, username);
        if (command.isBlank() || command.indexOf('\0') >= 0) {
            throw new ToolException(
                    ToolException.Reason.INVALID_ARGUMENTS,
                    "The command must be a shell command line; it is empty or holds a NUL.");
        }
        Optional<String> key = keyFilename.filter(name -> !name.isBlank());
        try (Login login = Login.prepare(settings, target, key, password.filter(text -> !text.isEmpty()))) {
            context.report("connecting to " + target);
            ClientSession session = login.on(clients.client());
            try {
                context.report("logged in, running the command");
                return new RemoteCommand(session, target, settings, context).run(command);
            } finally {
                session.close(true);
            }
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Reason.UNCERTAIN,
                    "The connection to " + target + " broke: " + Failures.reason(e)
                            + ". Whether the command ran is not known.",
                    e);
        }
    }

    /** Ends the client, its threads and whatever still runs on it. */
    @Override
    public void close() {
        clients.close();
    }
}
