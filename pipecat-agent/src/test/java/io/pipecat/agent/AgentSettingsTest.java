package io.pipecat.agent;

import static io.pipecat.agent.ScriptedModel.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Frames;
import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.world.WorldModel;
import io.pipecat.testkit.node.TestMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentSettingsTest {
    /** What somebody has set; the rest is as declared. */
    private final Map<String, String> set = new ConcurrentHashMap<>();

    private final Settings settings = new Settings() {
        @Override
        public <T> SettingValue<T> describe(SettingSpec<T> spec) {
            Optional<T> own = Optional.ofNullable(set.get(spec.name())).map(spec.type()::parse);
            return new SettingValue<>(
                    spec,
                    own.or(() -> spec.defaultFor(DeploymentMode.MONOLITH, Optional.empty())),
                    "test",
                    own.isEmpty());
        }

        @Override
        public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
            throw new UnsupportedOperationException("nothing here watches");
        }
    };

    private final ScriptedModel model = new ScriptedModel();
    private final Frames frames = new Frames();

    @TempDir
    Path state;

    @Test
    void theDefaultsOfSettingsAndOptionsAgree() {
        assertEquals(ConversationOptions.DEFAULT, ConversationOptions.from(settings));
    }

    @Test
    void optionsFollowTheSettings() {
        set.putAll(Map.of(
                "approval_mode", "deny",
                "allow_tools", "wol.wake, ssh",
                "agent_max_steps", "3",
                "tool_timeout", "5s",
                "tool_result_limit", "1000",
                "compaction_threshold", "50"));
        ConversationOptions options = ConversationOptions.from(settings);
        assertEquals(ApprovalMode.DENY, options.approvalMode());
        assertEquals(Set.of("wol.wake", "ssh"), options.allowTools());
        assertEquals(3, options.maxSteps());
        assertEquals(Duration.ofSeconds(5), options.toolTimeout());
        assertEquals(1000, options.toolResultLimit());
        assertEquals(0.5, options.compactionThreshold());
    }

    @Test
    void everySettingIsListedOnce() {
        assertEquals(
                9,
                AgentSettings.all().stream().map(SettingSpec::name).distinct().count());
        assertThrows(
                IllegalArgumentException.class,
                () -> AgentSettings.AGENT_MAX_STEPS.type().parse("101"));
        assertTrue(AgentSettings.APPROVAL_MODE.live());
        assertFalse(AgentSettings.AUDIT_LOG.shared());
    }

    @Test
    void aNodesConversationHasItsPromptItsToolsAndItsAuditLog() throws Exception {
        set.put("system_prompt", "You are the kitchen.");
        set.put("approval_mode", "deny");
        model.calls(call("a", "t__ask", "{}")).then((context, sink) -> {
            // Live: the next call sees it.
            set.put("approval_mode", "allow");
            return new ScriptedModel().calls(call("b", "t__ask", "{}")).process(context, sink);
        });
        model.says("done");
        Conversation.builder(node()).build().send("go", frames);

        assertEquals(
                new Message.SystemPrompt("You are the kitchen."),
                model.asked.getFirst().messages().getFirst());
        var finished = frames.of(TurnFrame.ToolFinished.class);
        assertTrue(finished.getFirst().resultText().contains("approval_mode=deny"));
        assertEquals("1", finished.getLast().resultText());
        assertEquals(
                2, Files.readAllLines(state.resolve("audit/tool-calls.jsonl")).size());
    }

    @Test
    void theAuditLogCanBeSwitchedOff() throws Exception {
        set.put("audit_log", "false");
        model.calls(call("a", "t__ask", "{}")).says("done");
        Conversation.builder(node()).build().send("go", frames);
        assertFalse(Files.exists(state.resolve("audit")));
    }

    @Test
    void aNodesToolCallerHasItsToolsItsApprovalAndItsAuditLog() throws Exception {
        set.put("approval_mode", "deny");
        ToolCaller caller = ToolCaller.builder(node()).build();
        assertEquals(
                ToolException.Reason.DENIED,
                assertThrows(ToolException.class, () -> caller.call("t", "ask", JsonObject.EMPTY, line -> {}))
                        .reason());
        set.put("approval_mode", "allow");
        assertEquals(JsonNumber.of(1), caller.call("t", "ask", JsonObject.EMPTY, line -> {}));
        assertEquals(
                2, Files.readAllLines(state.resolve("audit/tool-calls.jsonl")).size());
    }

    private NodeContext node() {
        ToolCatalogue tools = new TestTool("t")
                .sensitive("ask", (arguments, context) -> JsonNumber.of(1))
                .alone();
        return new NodeContext() {
            @Override
            public NodeInfo node() {
                throw notAsked();
            }

            @Override
            public Settings settings() {
                return settings;
            }

            @Override
            public ServiceDiscovery discovery() {
                throw notAsked();
            }

            @Override
            public Optional<WorldModel> worldModel() {
                throw notAsked();
            }

            @Override
            public LLMService llm() {
                return model;
            }

            @Override
            public ToolCatalogue tools() {
                return tools;
            }

            @Override
            public Metrics metrics() {
                return new TestMetrics();
            }

            @Override
            public Topology topology() {
                throw notAsked();
            }

            @Override
            public void publish(NodeEvent event) {
                throw notAsked();
            }

            @Override
            public Subscription onEvent(Consumer<? super NodeEvent> listener) {
                throw notAsked();
            }

            @Override
            public Clock clock() {
                return Clock.systemUTC();
            }

            @Override
            public Path stateDir() {
                return state;
            }

            private UnsupportedOperationException notAsked() {
                return new UnsupportedOperationException("a conversation does not ask for this");
            }
        };
    }
}
