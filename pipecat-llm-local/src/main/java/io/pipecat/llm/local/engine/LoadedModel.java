package io.pipecat.llm.local.engine;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.LLMException;
import io.pipecat.llm.local.gguf.GgufHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A model in memory. It stays there for the life of the process: the native side frees nothing when it is closed, and hangs whoever
 * calls it after. So do its threads: one platform thread for each slot, and one for the tokenizer.
 */
public final class LoadedModel implements TextModel {
    private static final int SHARED_STEP = 128;

    private final GgufHeader header;
    private final LoadOptions options;
    private final LlamaModel model;
    private final Semaphore slots;
    private final ExecutorService readers;
    private final ExecutorService tokenizer;

    private LoadedModel(GgufHeader header, LoadOptions options, LlamaModel model) {
        this.header = header;
        this.options = options;
        this.model = model;
        this.slots = new Semaphore(options.slots(), true);
        this.readers = Executors.newFixedThreadPool(
                options.slots(),
                Thread.ofPlatform().daemon().name("pipecat-llm-slot-", 1).factory());
        this.tokenizer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("pipecat-llm-tokenizer").factory());
    }

    static LoadedModel load(GgufHeader header, LoadOptions options) throws LLMException {
        ModelParameters parameters = new ModelParameters()
                .setModel(header.file().toString())
                .setCtxSize(cacheTokens(options))
                .setParallel(options.slots())
                .setThreads(options.threads())
                .setThreadsBatch(options.threads())
                .skipWarmup()
                // Else an over-long prompt is cut without a word.
                .disableContextShift()
                // Else <|python_tag|>, [TOOL_CALLS] and the end of a response cannot be told from the text.
                .enableSpecial()
                .disableLog();
        if (options.slots() > 1) {
            parameters.setUbatchSize(SHARED_STEP);
        }
        if (options.gpuLayers() > 0) {
            parameters.setGpuLayers(options.gpuLayers());
        }
        try {
            return new LoadedModel(header, options, new LlamaModel(parameters));
        } catch (RuntimeException e) {
            throw new LLMException(
                    LLMException.Reason.UNUSABLE,
                    "llama.cpp could not load the model file " + header.file() + ", though its header is in order ("
                            + e.getMessage() + "). It needs about " + (header.fileSize() >> 20)
                            + " MB of memory and more"
                            + " for its context of " + options.slots() + " x " + options.contextTokens()
                            + " tokens: free some, set LOCAL_LLM_CONTEXT_SIZE or LOCAL_LLM_SLOTS lower, or get the file"
                            + " again.",
                    e);
        }
    }

    // All slots share one cache, and a step of a prompt needs free cells in a row. Where there are none, llama.cpp
    // fails every running
    // response, the other slots' too. Interleaved slots leave holes of one cell, so they get twice the room and shorter
    // steps.
    private static int cacheTokens(LoadOptions options) {
        int used = Math.multiplyExact(options.contextTokens(), options.slots());
        return options.slots() == 1 ? used : Math.multiplyExact(2, used);
    }

    @Override
    public GgufHeader header() {
        return header;
    }

    @Override
    public LoadOptions options() {
        return options;
    }

    @Override
    public Generation generate(String prompt, Sampling sampling, Consumer<? super Generation> begun)
            throws InterruptedException {
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setTemperature((float) sampling.temperature())
                .setNPredict(sampling.maxTokens())
                .setCachePrompt(true);
        if (sampling.temperature() == 0) {
            // The same token, without a sort of the best forty.
            parameters.setTopK(1);
        }
        sampling.topP().ifPresent(p -> parameters.setTopP((float) p));
        sampling.seed().ifPresent(parameters::setSeed);
        if (!sampling.stops().isEmpty()) {
            parameters.setStopStrings(sampling.stops().toArray(String[]::new));
        }
        slots.acquire();
        boolean started = false;
        try {
            NativeGeneration generation = new NativeGeneration();
            begun.accept(generation);
            readers.execute(() -> generation.read(model, parameters, slots::release));
            started = true;
            return generation;
        } finally {
            if (!started) {
                slots.release();
            }
        }
    }

    @Override
    public int countTokens(String prompt) {
        return onTokenizerThread(() -> model.encode(prompt).length + (header.mayAddStart() ? 1 : 0));
    }

    /**
     * Writes a conversation in the form that the model's own template asks for, or else in ChatML. Native code aborts the process on
     * bad JSON, which is why none is taken from outside.
     *
     * @param messages pairs of a role (system, user, assistant) and a text, in order
     * @return the prompt, up to where the model's answer begins
     */
    public String applyTemplate(List<Map.Entry<String, String>> messages) {
        List<JsonValue> array = new ArrayList<>();
        messages.forEach(message -> array.add(JsonObject.builder()
                .put("role", message.getKey())
                .put("content", message.getValue())
                .build()));
        String json = JsonObject.of("messages", new JsonArray(array)).toString();
        return onTokenizerThread(() -> model.applyTemplate(json));
    }

    // Native code on a virtual thread holds its carrier. The work takes milliseconds and cannot be cut short, so an
    // interrupt waits.
    private <T> T onTokenizerThread(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        tokenizer.execute(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (java.util.concurrent.ExecutionException e) {
                    throw new IllegalStateException("llama.cpp could not read a text: " + e.getCause(), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
