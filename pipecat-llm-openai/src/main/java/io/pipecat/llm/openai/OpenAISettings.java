package io.pipecat.llm.openai;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What this module reads from the settings. */
final class OpenAISettings {
    static final SettingSpec<String> MODEL = SettingSpec.string("llm_model")
            .description(
                    "The model to ask a remote service for. If it is not set: a hosted service's default where it has one, else the"
                            + " first model that the server lists.")
            .build();

    static final SettingSpec<Secret> LLAMA_API_KEY = SettingSpec.secret("llama_api_key")
            .description(
                    "Bearer key toward a language model of the cluster or at a base URL, and the server-side key of this node's own"
                            + " /v1. May be a comma-separated list; a client sends the first.")
            .build();

    static final SettingSpec<Secret> OPENAI_API_KEY = hostedKey("openai");
    static final SettingSpec<Secret> GROQ_API_KEY = hostedKey("groq");
    static final SettingSpec<Secret> DEEPSEEK_API_KEY = hostedKey("deepseek");
    static final SettingSpec<Secret> OPENROUTER_API_KEY = hostedKey("openrouter");

    static final SettingSpec<Integer> CONTEXT_TOKENS = SettingSpec.integer("llm_context_tokens", 256, 10_000_000)
            .defaultValue(8192)
            .description(
                    "How many tokens fit into the context of a remote model. If it is not set and llm_model is not either, what the"
                            + " server says with its list of models is taken, from the first message on; the default holds until"
                            + " then, where it does not say, and where llm_model is set.")
            .build();

    static final SettingSpec<Duration> CONNECT_TIMEOUT = SettingSpec.duration(
                    "llm_connect_timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultValue(Duration.ofSeconds(5))
            .description("How long to wait for a connection to a remote model, name lookup and TLS included.")
            .build();

    static final SettingSpec<Duration> FIRST_TOKEN_TIMEOUT = SettingSpec.duration(
                    "llm_first_token_timeout", Duration.ofMillis(100), Duration.ofHours(1))
            .defaultValue(Duration.ofMinutes(2))
            .description(
                    "How long to wait for the first token once a remote model is connected. A long prompt on a slow machine takes its"
                            + " time.")
            .build();

    static final SettingSpec<Duration> TOKEN_GAP_TIMEOUT = SettingSpec.duration(
                    "llm_token_gap_timeout", Duration.ofMillis(100), Duration.ofHours(1))
            .defaultValue(Duration.ofSeconds(30))
            .description("How long a remote model may pause in the middle of an answer.")
            .build();

    static final SettingSpec<Integer> RETRIES = SettingSpec.integer("llm_retries", 0, 10)
            .defaultValue(2)
            .description(
                    "How often a request to a remote model is repeated that found no connection, or was answered 429 or 5xx. Never after"
                            + " an answer has begun.")
            .build();

    static final SettingSpec<Duration> RETRY_MAX_WAIT = SettingSpec.duration(
                    "llm_retry_max_wait", Duration.ZERO, Duration.ofMinutes(10))
            .defaultValue(Duration.ofSeconds(30))
            .description(
                    "The longest wait before a request to a remote model is repeated. A server that asks for a longer one (Retry-After)"
                            + " counts as unavailable.")
            .build();

    static final SettingSpec<Duration> LIVENESS_TIMEOUT = SettingSpec.duration(
                    "llm_liveness_timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultValue(Duration.ofMillis(1500))
            .description(
                    "How long a remote model may say nothing and leave an inquiry (GET /models) unanswered, or be waited for with a"
                            + " connection, before another one is asked, where there is one. One that answers inquiries has until"
                            + " llm_first_token_timeout. Raise it for a server that answers nothing else while it is at work.")
            .build();

    static final List<SettingSpec<?>> ALL = List.of(
            MODEL,
            LLAMA_API_KEY,
            OPENAI_API_KEY,
            GROQ_API_KEY,
            DEEPSEEK_API_KEY,
            OPENROUTER_API_KEY,
            CONTEXT_TOKENS,
            CONNECT_TIMEOUT,
            FIRST_TOKEN_TIMEOUT,
            TOKEN_GAP_TIMEOUT,
            LIVENESS_TIMEOUT,
            RETRIES,
            RETRY_MAX_WAIT);

    private OpenAISettings() {}

    private static SettingSpec<Secret> hostedKey(String service) {
        return SettingSpec.secret(service + "_api_key")
                .description("Key for llm_provider=" + service + "; sent nowhere else.")
                .build();
    }

    /** A setting as people know it from the environment, for messages. */
    static String label(SettingSpec<?> spec) {
        return spec.name().toUpperCase(Locale.ROOT);
    }

    /** How long to wait for what, and how often to ask. */
    record Limits(
            Duration connect,
            Duration firstToken,
            Duration tokenGap,
            Duration liveness,
            int retries,
            Duration maxWait) {
        static Limits of(Settings settings) {
            return new Limits(
                    settings.get(CONNECT_TIMEOUT),
                    settings.get(FIRST_TOKEN_TIMEOUT),
                    settings.get(TOKEN_GAP_TIMEOUT),
                    settings.get(LIVENESS_TIMEOUT),
                    settings.get(RETRIES),
                    settings.get(RETRY_MAX_WAIT));
        }

        Limits withFirstToken(Duration timeout) {
            return new Limits(connect, timeout, tokenGap, liveness, retries, maxWait);
        }

        Limits withConnect(Duration timeout) {
            return new Limits(timeout, firstToken, tokenGap, liveness, retries, maxWait);
        }

        /** The setting that limits how long a connection is waited for. */
        SettingSpec<Duration> connectSetting() {
            return connect.equals(liveness) ? LIVENESS_TIMEOUT : CONNECT_TIMEOUT;
        }

        /** For a call after which another model can be asked. */
        Limits impatient() {
            return withConnect(shorter(connect, liveness));
        }

        private static Duration shorter(Duration a, Duration b) {
            return a.compareTo(b) < 0 ? a : b;
        }
    }
}
