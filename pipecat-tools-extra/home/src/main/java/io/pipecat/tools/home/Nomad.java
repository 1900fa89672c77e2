package io.pipecat.tools.home;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Dispatches the parameterized job {@code llamacpp-batch} of a Nomad. Thread-safe. */
final class Nomad implements AutoCloseable {
    private static final String JOB = "llamacpp-batch";
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Settings settings;
    private final Rest rest;

    Nomad(Settings settings) {
        this(settings, new RestClient());
    }

    Nomad(Settings settings, Rest rest) {
        this.settings = settings;
        this.rest = rest;
    }

    JsonObject dispatch(JobRequest job) throws ToolException, InterruptedException {
        String base = settings.find(OrchestratorSettings.NOMAD_ADDR)
                .map(address -> address.toString().replaceFirst("/+$", ""))
                .orElseThrow(() -> ToolException.failed(
                        "There is no cluster to run the job on: this node has no world model, and nomad_addr is not set. Set it to"
                                + " where Nomad is, such as http://core:4646."));
        URI url = URI.create(base + "/v1/job/" + JOB + "/dispatch");
        RestClient.Answer answer = ask(url, base, job);
        if (!answer.isSuccess()) {
            throw ToolException.failed("Nomad at " + base + " answers " + answer.status()
                    + (answer.excerpt().isEmpty() ? "" : ": " + answer.excerpt()) + "." + advice(answer.status()));
        }
        try {
            return Json.parseObject(answer.body());
        } catch (JsonException e) {
            throw new ToolException(
                    ToolException.Reason.UNCERTAIN,
                    "What answers at " + base + " is not Nomad (" + e.getMessage() + "): check the setting nomad_addr.",
                    e);
        }
    }

    private RestClient.Answer ask(URI url, String base, JobRequest job) throws ToolException, InterruptedException {
        Optional<RestClient.SecretHeader> token = settings.find(OrchestratorSettings.NOMAD_TOKEN)
                .map(secret -> new RestClient.SecretHeader("X-Nomad-Token", "", secret));
        try {
            return rest.ask(new RestClient.Question(url, Optional.of(body(job)), token, TIMEOUT));
        } catch (RestException e) {
            throw new ToolException(
                    e.nothingSent() ? ToolException.Reason.FAILED : ToolException.Reason.UNCERTAIN,
                    "Nomad at " + base + " was asked to run the job, but " + e.getMessage() + ". "
                            + (e.nothingSent()
                                    ? "Check that it runs there and that nomad_addr is right."
                                    : "Whether the job runs is not known: look at the cluster before asking again."),
                    e);
        }
    }

    /** What a job is told, all of it text: Nomad's metadata knows nothing else. */
    private static JsonObject body(JobRequest job) {
        JsonObject meta = JsonObject.builder()
                .put("model_name", job.modelName())
                .put("prompt", job.prompt())
                .put("cpu", String.valueOf(job.cpu()))
                .put("memory", String.valueOf(job.memory()))
                .put("gpu_count", String.valueOf(job.gpuCount()))
                .put("context", job.context())
                .build();
        return JsonObject.of("Meta", meta);
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> " Set nomad_token to a token that may dispatch the job " + JOB + ".";
            case 404 -> " Register the parameterized job " + JOB + " there, or check nomad_addr.";
            default -> "";
        };
    }

    @Override
    public void close() {
        rest.close();
    }
}
