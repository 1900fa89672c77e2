/**
 * Serves the language model of this node, and the whole agent, at {@code /v1} as OpenAI's API does. It is found through its
 * {@link io.pipecat.api.http.EndpointProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.endpoint.openai {
    requires io.pipecat.agent;
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires org.slf4j;

    provides io.pipecat.api.http.EndpointProvider with
            io.pipecat.endpoint.openai.OpenAIEndpointProvider;
}
