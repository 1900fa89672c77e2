package io.pipecat.llm.openai;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a hosted service.
 *
 * @param name the value of {@code LLM_PROVIDER}
 * @param baseUrl without {@code /chat/completions}
 * @param key the setting of its key
 * @param defaultModel what to ask for if nothing is set; only where the service keeps a name that always means a current model
 * @param maxTokensField what it calls the limit of tokens to write
 */
record Preset(
        String name, String baseUrl, SettingSpec<Secret> key, Optional<String> defaultModel, String maxTokensField) {
    static final String MAX_TOKENS = "max_tokens";

    static final List<Preset> ALL = List.of(
            // OpenAI's reasoning models refuse max_tokens.
            new Preset(
                    "openai",
                    "https://api.openai.com/v1",
                    OpenAISettings.OPENAI_API_KEY,
                    Optional.empty(),
                    "max_completion_tokens"),
            new Preset(
                    "groq",
                    "https://api.groq.com/openai/v1",
                    OpenAISettings.GROQ_API_KEY,
                    Optional.empty(),
                    "max_completion_tokens"),
            new Preset(
                    "deepseek",
                    "https://api.deepseek.com/v1",
                    OpenAISettings.DEEPSEEK_API_KEY,
                    Optional.of("deepseek-chat"),
                    MAX_TOKENS),
            new Preset(
                    "openrouter",
                    "https://openrouter.ai/api/v1",
                    OpenAISettings.OPENROUTER_API_KEY,
                    Optional.of("openrouter/auto"),
                    MAX_TOKENS));
}
