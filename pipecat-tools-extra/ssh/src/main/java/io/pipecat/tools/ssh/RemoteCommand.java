package io.pipecat.tools.ssh;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command on a connection that is logged in. */
final class RemoteCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCommand.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ClientSession session;
    private final Target target;
    private final SshSettings settings;
    /** It has ended by itself, or is to be ended because it floods us. */
    private final CountDownLatch ended = new CountDownLatch(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final OutputCapture out;
    private final OutputCapture err;

    RemoteCommand(ClientSession session, Target target, SshSettings settings, ToolContext context) {
        this.session = session;
        this.target = target;
        this.settings = settings;
        this.out = capture(context, "");
        this.err = capture(context, "stderr: ");
    }

    private OutputCapture capture(ToolContext context, String prefix) {
        return new OutputCapture(settings.maxOutput(), line -> context.report(prefix + line), ended::countDown);
    }

    JsonObject run(String command) throws ToolException, InterruptedException, IOException {
        ChannelExec channel = session.createExecChannel(command);
        channel.setIn(InputStream.nullInputStream());
        channel.setOut(out);
        channel.setErr(err);
        channel.addCloseFutureListener(future -> {
            closed.countDown();
            ended.countDown();
        });
        OpenFuture opened = channel.open();
        boolean inTime = false;
        try {
            awaitOpen(opened);
            inTime = ended.await(settings.commandTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (opened.isOpened() && closed.getCount() > 0) {
                end(channel);
            }
            channel.close(true);
        }
        if (!inTime) {
            throw new ToolException(
                    Reason.TIMEOUT,
                    "The command did not end within "
                            + settings.commandTimeout().toSeconds() + " s on " + target
                            + " and was sent SIGTERM and SIGKILL (setting SSH_COMMAND_TIMEOUT). Until then it wrote: "
                            + Shown.line(out.text() + " " + err.text()));
        }
        return result(channel);
    }

    private void awaitOpen(OpenFuture opened) throws ToolException, InterruptedException {
        if (!Waiting.on(opened, settings.loginTimeout())) {
            throw new ToolException(Reason.UNCERTAIN, target + " did not answer the request to run a command.");
        }
        if (!opened.isOpened()) {
            throw ToolException.failed(
                    target + " runs no commands for this login: " + Failures.reason(opened.getException()) + ".");
        }
    }

    /** Closing a channel alone leaves the command running on the other machine. */
    private void end(ChannelExec channel) {
        for (String signal : List.of("TERM", "KILL")) {
            if (!send(signal, channel)) {
                return;
            }
            if (target.username().equals("root")) {
                killFromBeside(signal);
            }
            if (Waiting.uninterrupted(closed, GRACE)) {
                return;
            }
        }
    }

    /**
     * OpenSSH passes no signals on where root is logged in (it does so only with privilege separation). But all commands of a connection
     * are children of one process there, and this connection has but the one command: a second one can signal its process group.
     */
    private void killFromBeside(String signal) {
        String script =
                "exec sh -c 'for p in $( (ps -A -o ppid= -o pid= 2>/dev/null || ps -o ppid,pid) | while read a b; do"
                        + " [ \"$a\" = $PPID ] && echo $b; done); do [ $p = $$ ] || kill -s " + signal
                        + " -- -$p; done'";
        CountDownLatch done = new CountDownLatch(1);
        try {
            ChannelExec killer = session.createExecChannel(script);
            killer.setIn(InputStream.nullInputStream());
            killer.setOut(OutputStream.nullOutputStream());
            killer.setErr(OutputStream.nullOutputStream());
            killer.addCloseFutureListener(future -> done.countDown());
            killer.open();
            Waiting.uninterrupted(done, GRACE);
            killer.close(true);
        } catch (IOException e) {
            LOG.debug("no second command on {}: {}", target, Failures.reason(e));
        }
    }

    private boolean send(String signal, ChannelExec channel) {
        Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
        buffer.putUInt(channel.getRecipient());
        buffer.putString("signal");
        buffer.putBoolean(false);
        buffer.putString(signal);
        try {
            session.writePacket(buffer);
            return true;
        } catch (IOException e) {
            // The connection is gone, and nothing can be said to the other side any more.
            return false;
        }
    }

    private JsonObject result(ChannelExec channel) throws ToolException {
        Integer status = channel.getExitStatus();
        String signal = channel.getExitSignal();
        boolean flooded = out.isFlooded() || err.isFlooded();
        if (status == null && signal == null && !flooded) {
            throw new ToolException(
                    Reason.UNCERTAIN,
                    "The connection to " + target
                            + " ended before the command did; whether it goes on there is not known. Until then it"
                            + " wrote: " + Shown.line(out.text() + " " + err.text()));
        }
        JsonObject.Builder result = JsonObject.builder();
        if (status == null) {
            result.put("exit_status", JsonNull.NULL);
        } else {
            result.put("exit_status", status);
        }
        result.put("stdout", out.text()).put("stderr", err.text()).put("truncated", out.truncated() || err.truncated());
        if (signal != null) {
            result.put("signal", signal);
        }
        if (flooded) {
            result.put("ended", "it wrote more than " + (OutputCapture.MOST >> 20) + " MiB and was ended");
        }
        return result.build();
    }
}
