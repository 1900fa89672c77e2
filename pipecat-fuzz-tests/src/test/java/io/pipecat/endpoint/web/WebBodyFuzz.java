package io.pipecat.endpoint.web;

import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Usage;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.Scratch;
import io.pipecat.fuzz.SentAnswer;
import io.pipecat.fuzz.SentRequest;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.testkit.node.TestWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The body that a client sends to the web listener, to each call that takes one. */
public final class WebBodyFuzz {
    private static final Pace PACE = new Pace(
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1));
    private static final Set<String> WITH_BODY = Set.of("POST", "PATCH");

    private WebBodyFuzz() {}

    private static final class Parrot implements LLMService {
        @Override
        public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink) {
            LLMResponse.Collector collector = new LLMResponse.Collector(sink);
            collector.accept(new LLMFrame.ResponseStart("parrot"));
            collector.accept(new LLMFrame.Text("Hello."));
            collector.accept(new LLMFrame.ResponseEnd(FinishReason.STOP, new Usage(1, 1)));
            return collector.response();
        }

        @Override
        public int contextTokens() {
            return 1_000_000;
        }

        @Override
        public String description() {
            return "parrot";
        }

        @Override
        public void close() {}
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        List<byte[]> parts = Input.rawParts(data, 2);
        String id = Input.text(parts.get(0));
        Device lamp =
                new Device("lamp", "Lamp", "light", Optional.empty(), JsonObject.of("state", "on"), Set.of(), true);
        TestNode node = TestNode.builder()
                .settings(Map.of("callback_allowlist", "good.example", "web_rate_limit", "0"))
                .stateDir(Scratch.empty("node"))
                .llm(new Parrot())
                .worldModel(new TestWorld(List.of(new Location("hall", "Hall", List.of())), List.of(lamp)))
                .build();
        // A name that resolves to nothing: nothing is sent to anybody.
        try (WebEndpoint endpoint = new WebEndpoint(node, PACE, host -> List.of())) {
            for (Route route : endpoint.routes()) {
                if (WITH_BODY.contains(route.method())) {
                    SentRequest request = new SentRequest(Map.of(), parts.get(1), Map.of("id", id));
                    check(route, route.handler().handle(request));
                }
            }
        }
    }

    private static void check(Route route, Response response) throws Exception {
        String name = route.method() + " " + route.path() + ": " + response.status();
        Input.check(name, response.status() < 500 || response.status() == 507);
        String body = SentAnswer.body(response);
        boolean events = response.body() instanceof Response.Body.Stream;
        if (!events && !body.isEmpty()) {
            try {
                JsonObject answer = Json.parseObject(body);
                Input.check(
                        name + " with a reason",
                        response.status() < 400 || answer.string("detail").isPresent());
            } catch (JsonException e) {
                throw new AssertionError(name + " " + body, e);
            }
        }
    }
}
