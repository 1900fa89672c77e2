package io.pipecat.llm.local;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.llm.Message;
import io.pipecat.llm.local.engine.ThisHost;
import io.pipecat.model.builtin.BuiltinModel;
import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The built-in model as a file, once for all tests: a process holds one model, and knows it by its file. */
final class RealModel {
    static final RequiredPart RUNNABLE = RequiredPart.that(
            "a CPU and libraries that llama.cpp runs on", "Debian package libgomp1", RealModel::canRun);
    static final FunctionSpec EVALUATE = new FunctionSpec(
            "calculator__evaluate",
            "Evaluates an expression.",
            JsonObject.builder()
                    .put("type", "object")
                    .put("properties", JsonObject.of("expression", JsonObject.of("type", "string")))
                    .put("required", JsonArray.ofStrings(List.of("expression")))
                    .put("additionalProperties", false)
                    .build());
    static final FunctionSpec NOW =
            new FunctionSpec("clock__now", "Tells the time and date.", JsonObject.of("type", "object"));

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static Path folder;

    private RealModel() {}

    static Path file() throws IOException {
        LOCK.lock();
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("pipecat-llm-test-");
                try (InputStream bytes = new BuiltinModel().open()) {
                    Files.copy(bytes, folder.resolve("home.gguf"));
                }
            }
            return folder.resolve("home.gguf");
        } finally {
            LOCK.unlock();
        }
    }

    static LLMService open() throws Exception {
        return open(file(), Map.of());
    }

    static LLMService open(Path model, Map<String, String> settings) throws Exception {
        RUNNABLE.orSkip();
        return new LocalLLMProvider()
                .create(new LLMSource.InProcess(model), new TestNode(file().getParent(), settings));
    }

    static LLMContext ask(String text) {
        return context(new Message.SystemPrompt("You are a helpful home assistant."), new Message.User(text));
    }

    static LLMContext context(Message... messages) {
        return new LLMContext(List.of(messages), List.of(EVALUATE, NOW), GenerationOptions.DEFAULT);
    }

    private static boolean canRun() {
        try {
            ThisHost.describe().check();
            return true;
        } catch (LLMException e) {
            return false;
        }
    }
}
