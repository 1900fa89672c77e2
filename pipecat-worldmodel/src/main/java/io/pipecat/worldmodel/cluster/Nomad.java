package io.pipecat.worldmodel.cluster;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The cluster's scheduler. Thread-safe. */
final class Nomad implements AutoCloseable {
    private static final String JOB = "llamacpp-batch";

    private final HttpUrl base;
    private final Rest rest;

    Nomad(HttpUrl base, Rest rest) {
        this.base = base;
        this.rest = rest;
    }

    static Optional<Nomad> of(Settings settings) {
        return settings.find(ClusterSettings.NOMAD_ADDR)
                .map(address -> new Nomad(
                        HttpUrl.get(address.toString().replaceFirst("/+$", "")),
                        new Rest(
                                new OkHttpClient.Builder(),
                                "X-Nomad-Token",
                                settings.find(ClusterSettings.NOMAD_TOKEN))));
    }

    List<ClusterNode> nodes() throws WorldModelException, InterruptedException {
        Rest.Answer answer;
        try {
            answer = rest.get(url("v1/nodes"));
        } catch (Rest.NoAnswer e) {
            throw new WorldModelException(
                    "Nomad at " + shown() + " was asked for the machines, but " + e.getMessage()
                            + ". Check that it runs there and that nomad_addr is right.",
                    e);
        }
        if (!answer.isSuccess()) {
            throw new WorldModelException(
                    "Nomad at " + shown() + " was asked for the machines and answers " + answer.status()
                            + detail(answer) + "." + advice(answer.status(), "read nodes", ""),
                    null);
        }
        List<ClusterNode> nodes = new ArrayList<>();
        if (!(json(answer) instanceof JsonArray list)) {
            throw notNomad("a list was expected", null);
        }
        for (JsonObject node : list.objects().toList()) {
            Optional<String> id = node.string("ID");
            if (id.isPresent()) {
                nodes.add(new ClusterNode(
                        id.get(),
                        node.string("Name").orElse(id.get()),
                        node.string("Status").orElse("unknown"),
                        detail(node)));
            }
        }
        return nodes;
    }

    private static JsonObject detail(JsonObject node) {
        JsonObject.Builder detail = JsonObject.builder();
        node.get("Datacenter").ifPresent(value -> detail.put("datacenter", value));
        node.get("NodeClass").ifPresent(value -> detail.put("node_class", value));
        node.get("Address").ifPresent(value -> detail.put("address", value));
        node.get("SchedulingEligibility").ifPresent(value -> detail.put("scheduling_eligibility", value));
        node.get("Drain").ifPresent(value -> detail.put("drain", value));
        return detail.build();
    }

    JobTicket dispatch(JobRequest job) throws WorldModelException, InterruptedException {
        Rest.Answer answer;
        try {
            answer = rest.post(url("v1/job/" + JOB + "/dispatch"), body(job));
        } catch (Rest.NoAnswer e) {
            throw new WorldModelException(
                    "Nomad at " + shown() + " was asked to run the job, but " + e.getMessage() + ". "
                            + (e.nothingSent()
                                    ? "Check that it runs there and that nomad_addr is right."
                                    : "Whether the job runs is not known: look at the cluster before asking again."),
                    e);
        }
        if (!answer.isSuccess()) {
            throw new JobRefusedException(
                    "Nomad at " + shown() + " answers " + answer.status() + detail(answer) + "."
                            + advice(
                                    answer.status(),
                                    "dispatch the job " + JOB,
                                    " Register the parameterized job " + JOB + " there, or check nomad_addr."),
                    answer.status(),
                    answer.body());
        }
        if (json(answer) instanceof JsonObject object) {
            return new JobTicket(object);
        }
        throw notNomad("an object was expected", null);
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

    private static String detail(Rest.Answer answer) {
        return answer.excerpt().isEmpty() ? "" : ": " + answer.excerpt();
    }

    private static String advice(int status, String right, String missing) {
        return switch (status) {
            case 401, 403 -> " Set nomad_token to a token that may " + right + ".";
            case 404 -> missing;
            default -> "";
        };
    }

    private JsonValue json(Rest.Answer answer) throws WorldModelException {
        try {
            return answer.json();
        } catch (JsonException e) {
            throw notNomad(String.valueOf(e.getMessage()), e);
        }
    }

    private WorldModelException notNomad(String why, @Nullable Throwable cause) {
        return new WorldModelException(
                "What answers at " + shown() + " is not Nomad (" + why + "); check the setting nomad_addr.", cause);
    }

    private HttpUrl url(String path) {
        return base.newBuilder().addPathSegments(path).build();
    }

    private String shown() {
        return base.toString().replaceFirst("/+$", "");
    }

    @Override
    public void close() {
        rest.close();
    }
}
