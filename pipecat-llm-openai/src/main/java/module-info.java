import io.pipecat.api.llm.LLMProvider;
import io.pipecat.llm.openai.OpenAILLMProvider;

/** A language model behind any OpenAI-compatible {@code /chat/completions}: llama-server, Ollama, vLLM, hosted services, another node. */
module io.pipecat.llm.openai {
    requires transitive io.pipecat.api;
    requires io.pipecat.json;
    requires okhttp3;
    requires static transitive org.jspecify;

    exports io.pipecat.llm.openai;

    provides LLMProvider with
            OpenAILLMProvider;
}
