package io.pipecat.api.world;

/**
 * A batch job of a model on the cluster.
 *
 * @param modelName the model to run
 * @param prompt what to ask it
 * @param cpu megahertz to reserve, at least 1
 * @param memory mebibytes to reserve, at least 1
 * @param gpuCount GPUs to reserve, at least 0
 * @param context what the model should know; may be empty
 */
public record JobRequest(String modelName, String prompt, int cpu, int memory, int gpuCount, String context) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public JobRequest {
        if (cpu < 1 || memory < 1 || gpuCount < 0) {
            throw new IllegalArgumentException("cpu and memory must be at least 1 and gpu_count at least 0, not " + cpu
                    + ", " + memory + " and " + gpuCount);
        }
    }
}
