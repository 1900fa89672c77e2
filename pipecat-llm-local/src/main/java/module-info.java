/** A language model from a GGUF file, in this process, by llama.cpp. Start with {@code --enable-native-access=llama}. */
module io.pipecat.llm.local {
    requires transitive io.pipecat.api;
    requires io.pipecat.json;
    requires llama;

    exports io.pipecat.llm.local;

    provides io.pipecat.api.llm.LLMProvider with
            io.pipecat.llm.local.LocalLLMProvider;
}
