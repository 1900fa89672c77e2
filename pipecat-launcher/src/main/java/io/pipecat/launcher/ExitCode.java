package io.pipecat.launcher;

import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.tool.ToolException;

/** What the program's exit code means to a script. */
final class ExitCode {
    static final int OK = 0;
    /** It started and then failed: a tool, a model's answer, a bug. */
    static final int FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** A setting is wrong, or asks for what no jar provides. */
    static final int CONFIGURATION = 3;
    /** What the node leans on cannot be reached: the language model, discovery. */
    static final int UNAVAILABLE = 4;
    /** Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(Exception e) {
        return switch (e) {
            case SettingsException s -> CONFIGURATION;
            case ListenException l -> CONFIGURATION;
            case DiscoveryException d -> UNAVAILABLE;
            case LLMException llm ->
                switch (llm.reason()) {
                    case UNAVAILABLE, TIMEOUT -> UNAVAILABLE;
                    case UNUSABLE -> CONFIGURATION;
                    case CONTEXT_OVERFLOW, REJECTED, PROTOCOL, BROKEN_OFF -> FAILED;
                };
            case ToolException t -> FAILED;
            case InterruptedException i -> INTERRUPTED;
            default -> FAILED;
        };
    }
}
