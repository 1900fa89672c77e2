package io.pipecat.agent;

import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.setting.Settings;
import java.time.Duration;
import java.util.Set;

/**
 * How a conversation behaves. Change one by the {@code with…} methods.
 *
 * @param approvalMode what happens to calls of sensitive methods
 * @param allowTools sensitive methods that run without a question: {@code tool.method} or {@code tool}
 * @param maxSteps how many responses with tool calls one turn may take, at least 1
 * @param toolTimeout the deadline of a call whose method does not say, greater than zero
 * @param toolResultLimit the most text of one tool result that the model gets, in bytes of UTF-8, at least 256
 * @param compactionThreshold how full the context may get before the history is shortened, as a fraction greater than 0 and
 *     at most 1
 * @param generation how the model is to answer
 */
public record ConversationOptions(
        ApprovalMode approvalMode,
        Set<String> allowTools,
        int maxSteps,
        Duration toolTimeout,
        int toolResultLimit,
        double compactionThreshold,
        GenerationOptions generation) {

    /** What holds where nothing is set: the defaults of {@link AgentSettings}. */
    public static final ConversationOptions DEFAULT = new ConversationOptions(
            ApprovalMode.ASK, Set.of(), 10, Duration.ofSeconds(30), 16 << 10, 0.8, GenerationOptions.DEFAULT);

    /**
     * Copies the set and checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public ConversationOptions {
        allowTools = Set.copyOf(allowTools);
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps must be at least 1, not " + maxSteps);
        }
        if (!toolTimeout.isPositive()) {
            throw new IllegalArgumentException("toolTimeout must be greater than zero, not " + toolTimeout);
        }
        if (toolResultLimit < 256) {
            throw new IllegalArgumentException("toolResultLimit must be at least 256 bytes, not " + toolResultLimit);
        }
        if (!(compactionThreshold > 0 && compactionThreshold <= 1)) {
            throw new IllegalArgumentException(
                    "compactionThreshold must be greater than 0 and at most 1, not " + compactionThreshold);
        }
    }

    /**
     * Reads the options of a node. Live settings are as they are now.
     *
     * @param settings the node's settings
     * @return the options
     */
    public static ConversationOptions from(Settings settings) {
        return new ConversationOptions(
                settings.get(AgentSettings.APPROVAL_MODE),
                Set.copyOf(settings.get(AgentSettings.ALLOW_TOOLS)),
                settings.get(AgentSettings.AGENT_MAX_STEPS),
                settings.get(AgentSettings.TOOL_TIMEOUT),
                settings.get(AgentSettings.TOOL_RESULT_LIMIT),
                settings.get(AgentSettings.COMPACTION_THRESHOLD) / 100.0,
                GenerationOptions.DEFAULT);
    }

    /**
     * Returns these options with another treatment of sensitive methods.
     *
     * @param mode what happens to their calls
     * @param allowed exceptions that run: {@code tool.method} or {@code tool}
     * @return the options
     */
    public ConversationOptions withApproval(ApprovalMode mode, Set<String> allowed) {
        return new ConversationOptions(
                mode, allowed, maxSteps, toolTimeout, toolResultLimit, compactionThreshold, generation);
    }

    /**
     * Returns these options with another limit of steps.
     *
     * @param steps how many responses with tool calls one turn may take, at least 1
     * @return the options
     */
    public ConversationOptions withMaxSteps(int steps) {
        return new ConversationOptions(
                approvalMode, allowTools, steps, toolTimeout, toolResultLimit, compactionThreshold, generation);
    }

    /**
     * Returns these options with other limits for tools.
     *
     * @param timeout the deadline of a call whose method does not say, greater than zero
     * @param resultLimit the most text of one result, in bytes of UTF-8, at least 256
     * @return the options
     */
    public ConversationOptions withToolLimits(Duration timeout, int resultLimit) {
        return new ConversationOptions(
                approvalMode, allowTools, maxSteps, timeout, resultLimit, compactionThreshold, generation);
    }

    /**
     * Returns these options with another threshold of compaction.
     *
     * @param threshold a fraction greater than 0 and at most 1
     * @return the options
     */
    public ConversationOptions withCompactionThreshold(double threshold) {
        return new ConversationOptions(
                approvalMode, allowTools, maxSteps, toolTimeout, toolResultLimit, threshold, generation);
    }

    /**
     * Returns these options with another way to answer.
     *
     * @param options temperature, limit of tokens, seed
     * @return the options
     */
    public ConversationOptions withGeneration(GenerationOptions options) {
        return new ConversationOptions(
                approvalMode, allowTools, maxSteps, toolTimeout, toolResultLimit, compactionThreshold, options);
    }
}
