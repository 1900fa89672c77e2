package io.pipecat.llm.local.engine;

import io.pipecat.api.llm.LLMException;
import io.pipecat.llm.local.gguf.GgufException;
import io.pipecat.llm.local.gguf.GgufHeader;
import io.pipecat.llm.local.gguf.GgufReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one model of this process, and who may have it. */
public final class ModelRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);

    /** Of the process, as the native library is: it can hold one model, and never lets go of it. */
    public static final ModelRegistry OF_PROCESS = new ModelRegistry();

    private record Identity(Path file, FileTime modified, long size) {}

    private record Entry(Identity identity, LoadedModel model) {}

    private final ReentrantLock lock = new ReentrantLock();
    private boolean libraryLoaded;
    private @Nullable Entry loaded;

    private ModelRegistry() {}

    /**
     * Loads a model, or hands out the one that is loaded.
     *
     * @param file the GGUF file
     * @param host the machine
     * @param stateDir where the native library is unpacked
     * @param choose decides how to load it, once its header is known
     * @return the model
     * @throws LLMException if the file is no usable model, the machine cannot run it, or another model is loaded
     * @throws InterruptedException if the calling thread is interrupted; a load that has begun goes on and is kept
     */
    public LoadedModel open(Path file, Host host, Path stateDir, Function<GgufHeader, LoadOptions> choose)
            throws LLMException, InterruptedException {
        FutureTask<LoadedModel> task = new FutureTask<>(() -> {
            lock.lock();
            try {
                return openLocked(file, host, stateDir, choose);
            } finally {
                lock.unlock();
            }
        });
        Thread.ofPlatform().daemon().name("pipecat-llm-load").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LLMException known) {
                throw known;
            }
            throw new LLMException(
                    LLMException.Reason.UNUSABLE, "Loading the model file " + file + " failed: " + e.getCause(), e);
        }
    }

    private LoadedModel openLocked(Path file, Host host, Path stateDir, Function<GgufHeader, LoadOptions> choose)
            throws LLMException {
        Entry current = loaded;
        GgufHeader header = read(file);
        LoadOptions options = choose.apply(header);
        Identity identity = identity(file);
        if (current != null) {
            check(current, identity, options);
            return current.model();
        }
        if (!libraryLoaded) {
            NativeLibrary.load(host, stateDir);
            libraryLoaded = true;
        }
        LoadedModel model = LoadedModel.load(header, options);
        loaded = new Entry(identity, model);
        LOG.info(
                "loaded {} ({} MB, {}): {} slots of {} tokens, {} threads",
                header.name(),
                header.fileSize() >> 20,
                header.file(),
                options.slots(),
                options.contextTokens(),
                options.threads());
        return model;
    }

    private static void check(Entry current, Identity asked, LoadOptions options) throws LLMException {
        Identity has = current.identity();
        if (!has.file().equals(asked.file())) {
            throw new LLMException(
                    LLMException.Reason.UNUSABLE,
                    "This process already holds the model " + has.file() + " and cannot load " + asked.file()
                            + " as well: llama.cpp in a process keeps one model until it ends. Restart to change the"
                            + " model, or run a llama-server for the second and set"
                            + " LLAMA_API_URL_OVERRIDE=http://localhost:8090.");
        }
        if (!has.equals(asked)) {
            throw new LLMException(
                    LLMException.Reason.UNUSABLE,
                    "The model file " + asked.file() + " has changed since this process loaded it. Restart to load the"
                            + " new one.");
        }
        if (!current.model().options().equals(options)) {
            throw new LLMException(
                    LLMException.Reason.UNUSABLE,
                    "This process already holds the model " + has.file() + " with "
                            + current.model().options() + " and cannot load it again with " + options
                            + ". Restart to change them.");
        }
    }

    private static GgufHeader read(Path file) throws LLMException {
        try {
            return GgufReader.read(file);
        } catch (GgufException e) {
            throw new LLMException(LLMException.Reason.UNUSABLE, e.getMessage(), e);
        }
    }

    private static Identity identity(Path file) throws LLMException {
        try {
            Path real = file.toRealPath();
            return new Identity(real, Files.getLastModifiedTime(real), Files.size(real));
        } catch (IOException e) {
            throw new LLMException(
                    LLMException.Reason.UNUSABLE, "Reading the model file " + file + " failed: " + e.getMessage(), e);
        }
    }
}
