package io.pipecat.endpoint.openai;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.util.List;

/** What can be set about serving the language model. */
final class OpenAIEndpointSettings {
    static final SettingSpec<Integer> PORT = SettingSpec.integer("llm_port", 0, 65_535)
            .defaultValue(8080)
            .description("The port on which the language model is served (/v1); 0 for any free one.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> API_KEY = SettingSpec.secret("llama_api_key")
            .description(
                    "Bearer key toward a language model of the cluster or at a base URL, and the server-side key of this node's own"
                            + " /v1. May be a comma-separated list; a client sends the first.")
            .build();

    static final SettingSpec<Integer> CONCURRENCY = SettingSpec.integer("llm_serve_concurrency", 1, 10_000)
            .description(
                    "How many requests to /v1 are answered at the same time; further ones wait. Default: as many as"
                            + " the model runs at once, or 16 where that is not known.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> QUEUE = SettingSpec.integer("llm_queue_length", 0, 10_000)
            .defaultValue(64)
            .description("How many requests to /v1 may wait for their turn; one more is answered with 429.")
            .ownOnly()
            .build();

    static final SettingSpec<String> SERVED_NAME = SettingSpec.string("llm_served_name")
            .description(
                    "The name under which /v1/models lists the bare model; its own name unless set. Any name asks for"
                            + " it, except 'pipecat', which asks for the whole agent.")
            .ownOnly()
            .build();

    private OpenAIEndpointSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(PORT, API_KEY, CONCURRENCY, QUEUE, SERVED_NAME);
    }
}
