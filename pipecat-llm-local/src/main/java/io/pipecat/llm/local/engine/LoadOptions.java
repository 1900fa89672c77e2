package io.pipecat.llm.local.engine;

/**
 * What is decided when a model is loaded, and cannot be changed after.
 *
 * @param contextTokens tokens for each slot
 * @param slots how many responses are written at the same time
 * @param threads native threads that calculate
 * @param gpuLayers layers to put on a GPU; 0 for none
 */
public record LoadOptions(int contextTokens, int slots, int threads, int gpuLayers) {}
