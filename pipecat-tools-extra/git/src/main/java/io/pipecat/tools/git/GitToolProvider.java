package io.pipecat.tools.git;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.util.List;

/**
 * Brings {@code git}. Making it cuts JGit, in this whole process, off from the machine's and the user's git configuration and from git's
 * environment variables: JGit has one place for both, and a repository must not behave by what happens to lie in somebody's home.
 */
public final class GitToolProvider implements ToolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public GitToolProvider() {}

    @Override
    public String name() {
        return "git";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return GitSettings.ALL;
    }

    @Override
    public ToolSource create(NodeContext context) throws ToolException {
        GitSettings settings = GitSettings.of(context.settings());
        IsolatedSystemReader.install();
        return ToolSource.of(Tool.annotated(new GitTool(settings)));
    }
}
