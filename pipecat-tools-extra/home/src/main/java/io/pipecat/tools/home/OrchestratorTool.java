package io.pipecat.tools.home;

import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import java.util.Optional;

/** Has batch jobs run on the cluster: through the node's world model if it has one, else by Nomad directly. Thread-safe. */
@ToolInfo(
        name = "orchestrator",
        description = "Runs a large language model as a batch job on the cluster, for work that takes long.",
        placement = Placement.NORMAL)
public final class OrchestratorTool implements AutoCloseable {
    private final NodeContext node;
    private final Nomad nomad;

    OrchestratorTool(NodeContext node, Nomad nomad) {
        this.node = node;
        this.nomad = nomad;
    }

    /**
     * Dispatches a job.
     *
     * @param modelName the model to run
     * @param prompt what to ask it
     * @param cpu megahertz to reserve
     * @param memory mebibytes to reserve
     * @param gpuCount GPUs to reserve
     * @param context what the model should know
     * @return the scheduler's answer, with {@code DispatchedJobID} and {@code EvalID}
     * @throws ToolException if there is no cluster, it cannot be reached, or it refuses
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Starts a batch job of a model on the cluster and returns its id at once; the job goes on without this"
                            + " conversation.",
            sensitive = true)
    public JsonObject dispatchJob(
            @ToolParam("The model to run") String modelName,
            @ToolParam("What to ask it") String prompt,
            @ToolParam(value = "Megahertz to reserve", defaultValue = "1000") int cpu,
            @ToolParam(value = "Mebibytes of memory to reserve", defaultValue = "4096") int memory,
            @ToolParam(value = "GPUs to reserve", defaultValue = "1") int gpuCount,
            @ToolParam(value = "What the model should know beforehand", defaultValue = "") String context)
            throws ToolException, InterruptedException {
        if (modelName.isBlank() || prompt.isBlank()) {
            throw ToolException.failed("A job needs a model_name and a prompt, and one of them is empty.");
        }
        // Its own sentence if a number is out of range.
        JobRequest job = new JobRequest(modelName, prompt, cpu, memory, gpuCount, context);
        Optional<WorldModel> world = node.worldModel();
        if (world.isEmpty()) {
            return nomad.dispatch(job);
        }
        try {
            return world.get().dispatch(job).answer();
        } catch (WorldModelException e) {
            throw new ToolException(ToolException.Reason.FAILED, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        nomad.close();
    }
}
