package io.pipecat.node;

import io.pipecat.api.NodeContext;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.llm.Usage;
import io.pipecat.api.model.BundledModel;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Providers that a test path holds, each as small as its role allows. */
public final class FakeProviders {
    static final SettingSpec<io.pipecat.api.setting.Secret> KEY =
            SettingSpec.secret("echo_api_key").description("A key.").build();

    static final SettingSpec<String> PLACE = SettingSpec.string("fake_place")
            .description("Where the fake tools are.")
            .build();

    private FakeProviders() {}

    /** Answers with the source that it was made for. */
    public static final class EchoLLM implements LLMProvider {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public List<SettingSpec<?>> settings() {
            return List.of(KEY);
        }

        @Override
        public boolean supports(LLMSource source) {
            return !(source instanceof LLMSource.Hosted hosted) || hosted.name().equals("echohost");
        }

        @Override
        public List<String> hosted() {
            return List.of("echohost");
        }

        @Override
        public LLMService create(LLMSource source, NodeContext context) {
            return new Echo(source, context);
        }
    }

    private record Echo(LLMSource source, NodeContext node) implements LLMService {
        @Override
        public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink)
                throws LLMException, InterruptedException {
            LLMResponse.Collector frames = new LLMResponse.Collector(sink);
            frames.accept(new LLMFrame.ResponseStart("echo"));
            frames.accept(new LLMFrame.Text(answer()));
            frames.accept(new LLMFrame.ResponseEnd(FinishReason.STOP, Usage.NONE));
            return frames.response();
        }

        private String answer() throws LLMException, InterruptedException {
            if (source instanceof LLMSource.Cluster cluster) {
                try {
                    ServiceName name = cluster.services().getFirst();
                    Optional<Endpoint> endpoint = node.discovery().find(name);
                    return endpoint.map(e -> e.uri() + " by " + e.source()).orElse("nothing");
                } catch (DiscoveryException e) {
                    throw new LLMException(LLMException.Reason.UNAVAILABLE, e.getMessage(), e);
                }
            }
            return source.toString();
        }

        @Override
        public int contextTokens() {
            return 1000;
        }

        @Override
        public String description() {
            return "an echo";
        }

        @Override
        public void close() {}
    }

    /** A model of a few bytes. */
    public static final class TinyModel implements BundledModel {
        static final byte[] BYTES = "not really a model".getBytes(StandardCharsets.UTF_8);

        @Override
        public String name() {
            return "builtin";
        }

        @Override
        public String description() {
            return "a few bytes";
        }

        @Override
        public String sha256() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(BYTES);
        }
    }

    /** Tools that run here. */
    public static final class LocalTools implements ToolProvider {
        @Override
        public String name() {
            return "local";
        }

        @Override
        public List<SettingSpec<?>> settings() {
            return List.of(PLACE);
        }

        @Override
        public ToolSource create(@Nullable NodeContext context) throws ToolException {
            if (context != null) {
                if (context.settings().find(PLACE).orElse("").contains(" ")) {
                    throw new ToolException(ToolException.Reason.DENIED, "fake_place holds a blank; take it out.");
                }
                // As those do that need them.
                Stream.of(context.discovery(), context.mqtt(), context.worldModel())
                        .forEach(Objects::requireNonNull);
            }
            return ToolSource.of(
                    Tool.annotated(new Light("here")),
                    Tool.annotated(new Normal("here")),
                    Tool.annotated(new Heavy("here")));
        }
    }

    /** Tools that run elsewhere. */
    public static final class RemoteTools implements ToolProvider {
        @Override
        public String name() {
            return "remote";
        }

        @Override
        public boolean remote() {
            return true;
        }

        @Override
        public ToolSource create(NodeContext context) {
            return ToolSource.of(
                    Tool.annotated(new Light("there")),
                    Tool.annotated(new Normal("there")),
                    Tool.annotated(new Heavy("there")),
                    Tool.annotated(new OnlyThere()));
        }
    }

    /** A light tool. */
    @ToolInfo(name = "light", description = "Light.", placement = Placement.LIGHT)
    public record Light(String place) {
        /** Tells where it runs. */
        @ToolMethod("Where it runs.")
        public String where() {
            return place;
        }
    }

    /** A tool of normal weight. */
    @ToolInfo(name = "normal", description = "Normal.")
    public record Normal(String place) {
        /** Tells where it runs. */
        @ToolMethod("Where it runs.")
        public String where() {
            return place;
        }
    }

    /** A heavy tool. */
    @ToolInfo(name = "heavy", description = "Heavy.", placement = Placement.HEAVY)
    public record Heavy(String place) {
        /** Tells where it runs. */
        @ToolMethod("Where it runs.")
        public String where() {
            return place;
        }
    }

    /** A tool that only the tool server has. */
    @ToolInfo(name = "only_there", description = "Elsewhere.")
    public static final class OnlyThere {
        /** Tells where it runs. */
        @ToolMethod("Where it runs.")
        public String where() {
            return "there";
        }
    }
}
