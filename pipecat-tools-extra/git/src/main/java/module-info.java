/**
 * The tool {@code git}: work in repositories within configured folders, by JGit. Nothing of a repository is ever executed. It is found
 * through its {@link io.pipecat.api.tool.ToolProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.tools.git {
    requires io.pipecat.api;
    requires org.eclipse.jgit;
    requires org.slf4j;

    opens io.pipecat.tools.git to
            io.pipecat.api;

    provides io.pipecat.api.tool.ToolProvider with
            io.pipecat.tools.git.GitToolProvider;
}
