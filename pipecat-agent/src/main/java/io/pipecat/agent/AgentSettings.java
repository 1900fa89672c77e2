package io.pipecat.agent;

import io.pipecat.api.setting.SettingSpec;
import java.time.Duration;
import java.util.List;

/** The settings of conversations. */
public final class AgentSettings {

    /** Whether sensitive tool methods are asked about, denied or allowed. */
    public static final SettingSpec<ApprovalMode> APPROVAL_MODE = SettingSpec.choice(
                    "approval_mode", ApprovalMode.class)
            .defaultValue(ApprovalMode.ASK)
            .description(
                    "What happens when the model wants a sensitive tool method called: ask a person (denied where nobody"
                            + " can answer), deny, or allow. allow_tools lists exceptions.")
            .live()
            .build();

    /** Sensitive methods that run without a question. */
    public static final SettingSpec<List<String>> ALLOW_TOOLS = SettingSpec.list("allow_tools")
            .defaultValue(List.of())
            .description(
                    "Sensitive tools that run without asking, whatever approval_mode says: tool.method for one method,"
                            + " tool for all of a tool's methods.")
            .live()
            .build();

    /** How many responses with tool calls one turn may take. */
    public static final SettingSpec<Integer> AGENT_MAX_STEPS = SettingSpec.integer("agent_max_steps", 1, 100)
            .defaultValue(10)
            .description("How many times the model may call tools and read their results before it has to answer.")
            .build();

    /** The deadline of a tool call whose method does not say. */
    public static final SettingSpec<Duration> TOOL_TIMEOUT = SettingSpec.duration(
                    "tool_timeout", Duration.ofMillis(100), Duration.ofHours(1))
            .defaultValue(Duration.ofSeconds(30))
            .description(
                    "How long a tool call may take if its method does not say. Waiting for approval does not count.")
            .live()
            .build();

    /** The most text of one tool result that the model gets. */
    public static final SettingSpec<Integer> TOOL_RESULT_LIMIT = SettingSpec.integer("tool_result_limit", 256, 4 << 20)
            .defaultValue(16 << 10)
            .description(
                    "The most text of one tool result that the model gets, in bytes of UTF-8; the rest is cut, and the"
                            + " model is told.")
            .build();

    /** What the model is told about itself. */
    public static final SettingSpec<String> SYSTEM_PROMPT = SettingSpec.string("system_prompt")
            .defaultValue(
                    "You are a helpful assistant that runs on the user's own machines. Answer briefly, in the language of"
                            + " the user. Call the functions you are given when they help, and never invent what they would return."
                            + " If something failed, say so.")
            .description("What the model is told about itself and its task, before the conversation.")
            .build();

    /** How much of the system prompt the devices of the house may take. */
    public static final SettingSpec<Integer> WORLD_SUMMARY_TOKENS = SettingSpec.integer(
                    "world_summary_tokens", 0, 100_000)
            .defaultValue(300)
            .description(
                    "How much of the system prompt may tell what rooms and devices there are, in tokens by estimate; 0 for"
                            + " none. It takes at most a twentieth of the model's context, and nothing of a small one.")
            .live()
            .build();

    /** How full the context may get. */
    public static final SettingSpec<Integer> COMPACTION_THRESHOLD = SettingSpec.integer("compaction_threshold", 20, 95)
            .defaultValue(80)
            .description(
                    "How full the model's context may get, in percent, before the oldest part of the conversation is"
                            + " summarised or dropped.")
            .build();

    /** Whether tool calls are recorded. */
    public static final SettingSpec<Boolean> AUDIT_LOG = SettingSpec.bool("audit_log")
            .defaultValue(true)
            .description(
                    "Whether every tool call is recorded in audit/tool-calls.jsonl in the state folder, with secrets"
                            + " blanked.")
            .ownOnly()
            .build();

    private AgentSettings() {}

    /**
     * Returns all of them.
     *
     * @return the settings, in the order of the reference
     */
    public static List<SettingSpec<?>> all() {
        return List.of(
                APPROVAL_MODE,
                ALLOW_TOOLS,
                AGENT_MAX_STEPS,
                TOOL_TIMEOUT,
                TOOL_RESULT_LIMIT,
                SYSTEM_PROMPT,
                WORLD_SUMMARY_TOKENS,
                COMPACTION_THRESHOLD,
                AUDIT_LOG);
    }
}
