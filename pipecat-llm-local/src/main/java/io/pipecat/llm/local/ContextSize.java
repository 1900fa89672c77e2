package io.pipecat.llm.local;

import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingType;
import java.util.List;

/** The type of a context size: 0 for what the model was trained for, or enough to hold a question and an answer. */
final class ContextSize {
    static final int LEAST = 256;
    static final int MOST = 1 << 20;
    static final SettingType<Integer> TYPE =
            new SettingType<>("0, or " + LEAST + " to " + MOST, List.of(), ContextSize::parse, String::valueOf);

    private static final SettingType<Integer> WHOLE = SettingSpec.integer("local_llm_context_size", 0, MOST)
            .description("Any size, the useless ones too.")
            .build()
            .type();

    private ContextSize() {}

    private static int parse(String text) {
        int size = WHOLE.parse(text);
        if (size > 0 && size < LEAST) {
            throw new IllegalArgumentException("must be 0, which takes what the model was trained for, or " + LEAST
                    + " to " + MOST + "; the nearest is " + (size < LEAST / 2 ? 0 : LEAST));
        }
        return size;
    }
}
