package io.pipecat.tools.home;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.fuzz.Input;
import io.pipecat.testkit.node.TestSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Home Assistant answers by its REST interface, and Nomad to a job. */
public final class HomeAnswerFuzz {
    private static final TestSettings SETTINGS = new TestSettings(
            DeploymentMode.MONOLITH,
            Map.of(
                    "ha_url", "http://house.example:8123",
                    "ha_token", "s3cr3t",
                    "nomad_addr", "http://core.example:4646"));
    private static final JobRequest JOB = new JobRequest("m", "p", 1000, 4096, 1, "c");
    private static final int[] STATUSES = {200, 302, 400, 401, 404, 500};
    private static final int MOST_ENTITIES = 200;

    private HomeAnswerFuzz() {}

    private interface Asked {
        void ask() throws ToolException, InterruptedException;
    }

    /** Answers each kind of question with a part of the input. */
    private record Answering(int status, List<String> parts) implements Rest {
        @Override
        public RestClient.Answer ask(RestClient.Question question) {
            String path = question.url().getPath();
            if (path.startsWith("/api/services/") || path.startsWith("/v1/")) {
                return new RestClient.Answer(status, parts.get(2));
            }
            return path.equals("/api/services")
                    ? new RestClient.Answer(200, parts.get(1))
                    : new RestClient.Answer(path.equals("/api/states") ? 200 : status, parts.get(0));
        }

        @Override
        public void close() {}
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws InterruptedException {
        List<String> parts = Input.parts(data, 4);
        Optional<String> name = Optional.of(parts.get(3));
        for (int status : STATUSES) {
            Rest rest = new Answering(status, parts);
            HomeAssistantTool tool = new HomeAssistantTool(new HomeAssistant(SETTINGS, rest));
            attempt("house.example", () -> states(tool, Optional.empty()));
            attempt("Home Assistant", () -> states(tool, name));
            attempt("Home Assistant", () -> written(tool.getState(name.get())));
            attempt(
                    "",
                    () -> outcome(tool.callService(
                            "light", "turn_on", Optional.empty(), Optional.of(JsonObject.of("x", "y")))));
            attempt("", () -> outcome(tool.callService(name.get(), "light.turn_on", name, Optional.empty())));
            attempt("house.example", () -> written(tool.callAiTask("Write a poem.")));
            attempt("core.example", () -> written(new Nomad(SETTINGS, rest).dispatch(JOB)));
        }
    }

    private static void attempt(String who, Asked asked) throws InterruptedException {
        try {
            asked.ask();
        } catch (ToolException e) {
            Input.check(
                    "a reason: " + e.getMessage(),
                    !e.getMessage().isBlank() && e.getMessage().contains(who));
        }
    }

    private static void states(HomeAssistantTool tool, Optional<String> domain)
            throws ToolException, InterruptedException {
        HomeAssistantTool.States states = tool.getStates(domain);
        Input.check(
                "no more than a model can take",
                states.entities().size() == Math.min(states.count(), MOST_ENTITIES)
                        && states.note().isPresent() == states.count() > MOST_ENTITIES);
        states.entities().forEach(HomeAnswerFuzz::written);
    }

    private static void outcome(HomeAssistantTool.Outcome outcome) {
        outcome.changed().forEach(HomeAnswerFuzz::written);
        outcome.response().ifPresent(HomeAnswerFuzz::written);
    }

    private static void written(Object value) {
        Input.check("can be told", !value.toString().isEmpty());
    }
}
