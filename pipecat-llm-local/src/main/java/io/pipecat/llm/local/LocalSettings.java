package io.pipecat.llm.local;

import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.llm.local.engine.Host;
import io.pipecat.llm.local.engine.LoadOptions;
import io.pipecat.llm.local.gguf.GgufHeader;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be set about a model in this process. */
final class LocalSettings {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSettings.class);
    private static final int LARGEST_DEFAULT_CONTEXT = 8192;
    // Measured on a model of 1.5 MB: one thread writes 5,300 tokens a second, two on shared cores 275.
    private static final long SMALL_MODEL_BYTES = 50L << 20;

    static final SettingSpec<Integer> CONTEXT_SIZE = SettingSpec.of("local_llm_context_size", ContextSize.TYPE)
            .defaultValue(0)
            .description(
                    "Tokens that a conversation with the model in this process may hold, for each slot. 0 takes what the"
                            + " model was trained for, at most 8192; else at least 256. More than it was trained for is never used.")
            .build();
    static final SettingSpec<Integer> THREADS = SettingSpec.integer("local_llm_threads", 1, 512)
            .description(
                    "Threads that calculate for the model in this process. Default: the physical cores, but 1 for a"
                            + " model below 50 MB, which more threads make slower.")
            .build();
    static final SettingSpec<Integer> GPU_LAYERS = SettingSpec.integer("local_llm_gpu_layers", 0, 1000)
            .defaultValue(0)
            .description(
                    "Layers of the model in this process to put on a GPU. Takes a native library that was built for"
                            + " one; 0 works everywhere.")
            .build();
    static final SettingSpec<Integer> SLOTS = SettingSpec.integer("local_llm_slots", 1, 16)
            .description(
                    "Responses that the model in this process writes at the same time; further ones wait. Each takes"
                            + " memory for a context of its own. Default: 2 for a model below 50 MB, else 1.")
            .build();
    static final SettingSpec<Integer> SEED = SettingSpec.integer("local_llm_seed", 0, Integer.MAX_VALUE)
            .description("Makes what the model in this process chooses repeatable. Default: random.")
            .build();
    static final SettingSpec<Double> TEMPERATURE = SettingSpec.decimal("local_llm_temperature", 0, 2)
            .description(
                    "How freely the model in this process chooses its words: 0 always takes the likeliest. Default: 0"
                            + " for the built-in model, else 0.7.")
            .build();
    static final SettingSpec<Integer> MAX_TOKENS = SettingSpec.integer("local_llm_max_tokens", 1, 1 << 20)
            .defaultValue(1024)
            .description("The most tokens of one response of the model in this process.")
            .build();
    static final List<SettingSpec<?>> ALL =
            List.of(CONTEXT_SIZE, THREADS, GPU_LAYERS, SLOTS, SEED, TEMPERATURE, MAX_TOKENS);

    private final Settings settings;

    LocalSettings(Settings settings) {
        this.settings = settings;
    }

    LoadOptions loadOptions(GgufHeader header, Host host, int processors) {
        boolean small = header.fileSize() < SMALL_MODEL_BYTES;
        return new LoadOptions(
                contextTokens(header),
                settings.find(SLOTS).orElse(small ? 2 : 1),
                settings.find(THREADS).orElseGet(() -> small ? 1 : host.physicalCores(processors)),
                settings.get(GPU_LAYERS));
    }

    private int contextTokens(GgufHeader header) {
        int asked = settings.get(CONTEXT_SIZE);
        if (asked > header.contextLength()) {
            LOG.warn(
                    "{} is {}, but {} was trained for {} tokens; using {}",
                    CONTEXT_SIZE,
                    asked,
                    header.name(),
                    header.contextLength(),
                    header.contextLength());
        }
        int wanted = asked == 0 ? LARGEST_DEFAULT_CONTEXT : asked;
        return Math.min(wanted, header.contextLength());
    }

    Optional<Integer> seed() {
        return settings.find(SEED);
    }

    Optional<Double> temperature() {
        return settings.find(TEMPERATURE);
    }

    int maxTokens() {
        return settings.get(MAX_TOKENS);
    }
}
