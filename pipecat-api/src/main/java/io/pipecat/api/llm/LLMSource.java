package io.pipecat.api.llm;

import io.pipecat.api.discovery.ServiceName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Where a node's language model is to come from. The node derives it from the settings; a provider makes a service of it. */
public sealed interface LLMSource {

    /**
     * An OpenAI-compatible service at a known address.
     *
     * @param baseUrl such as {@code http://core:8080/v1}; {@code /chat/completions} is appended
     */
    record Url(URI baseUrl) implements LLMSource {}

    /**
     * A hosted service with a preset, from {@code LLM_PROVIDER}.
     *
     * @param name the preset: {@code openai}, {@code groq}, …
     */
    record Hosted(String name) implements LLMSource {}

    /**
     * A service of the cluster, to be found by discovery at each call.
     *
     * @param services the names to look for, in order of preference; not empty
     */
    record Cluster(List<ServiceName> services) implements LLMSource {

        /**
         * Copies the names.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Cluster {
            services = List.copyOf(services);
            if (services.isEmpty()) {
                throw new IllegalArgumentException("a model of the cluster needs the name of a service to look for");
            }
        }
    }

    /**
     * A model file that runs in this process.
     *
     * @param model the GGUF file
     */
    record InProcess(Path model) implements LLMSource {}
}
