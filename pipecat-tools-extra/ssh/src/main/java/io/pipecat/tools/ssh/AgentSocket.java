package io.pipecat.tools.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An agent behind a Unix domain socket of the JDK; sshd's own client for it needs a native library. Closing it, from any thread, ends a
 * request that waits (an agent may be asking a person).
 */
final class AgentSocket extends AbstractAgentProxy {
    /** OpenSSH's limit for a message of an agent. */
    private static final int LONGEST_MESSAGE = 256 * 1024;

    private final SocketChannel channel;

    private AgentSocket(SocketChannel channel) {
        super(null);
        this.channel = channel;
    }

    static AgentSocket connect(Path socket) throws IOException {
        return new AgentSocket(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Gives each connection the agent of its call, if that has one. Agents are never forwarded. */
    static final class Factory implements SshAgentFactory {
        @Override
        public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
            return List.of();
        }

        @Override
        public @Nullable SshAgent createClient(Session session, FactoryManager manager) {
            return session instanceof ClientSession client
                    ? Attempt.of(client).agent().orElse(null)
                    : null;
        }

        @Override
        public SshAgentServer createServer(ConnectionService service) {
            throw new UnsupportedOperationException("agents are not forwarded");
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected synchronized Buffer request(Buffer buffer) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
        while (out.hasRemaining()) {
            channel.write(out);
        }
        int length = read(4).getInt();
        if (length < 1 || length > LONGEST_MESSAGE) {
            throw new IOException("the agent announced an answer of " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("the agent closed the connection");
            }
        }
        return in.flip();
    }
}
