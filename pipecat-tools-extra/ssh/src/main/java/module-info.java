/**
 * The tool {@code ssh}: one command on another machine, over a connection that trusts only host keys it knows. It is found through its
 * {@link io.pipecat.api.tool.ToolProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.tools.ssh {
    requires io.pipecat.api;
    requires org.apache.sshd.osgi;
    // Never named here: sshd finds it and takes ed25519 keys from it, which it cannot take from the JDK.
    requires org.bouncycastle.provider;
    requires org.slf4j;

    opens io.pipecat.tools.ssh to
            io.pipecat.api;

    provides io.pipecat.api.tool.ToolProvider with
            io.pipecat.tools.ssh.SshToolProvider;
}
