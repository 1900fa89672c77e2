package io.pipecat.llm.local.gguf;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The model families that llama.cpp build b4916 (March 2025) knows, from the table in its {@code llama-arch.cpp}. */
final class ModelFamilies {
    static final String SERVER_REMEDY =
            " Or run a newer llama-server beside this node and set LLAMA_API_URL_OVERRIDE=http://localhost:8090.";

    private static final List<String> CHAT = List.of(
            "arctic",
            "arwkv7",
            "baichuan",
            "bitnet",
            "bloom",
            "chameleon",
            "chatglm",
            "codeshell",
            "cohere2",
            "command-r",
            "dbrx",
            "deci",
            "deepseek",
            "deepseek2",
            "exaone",
            "falcon",
            "gemma",
            "gemma2",
            "gemma3",
            "gpt2",
            "gptneox",
            "granite",
            "granitemoe",
            "grok",
            "internlm2",
            "jais",
            "llama",
            "mamba",
            "minicpm",
            "minicpm3",
            "mpt",
            "nemotron",
            "olmo",
            "olmo2",
            "olmoe",
            "openelm",
            "orion",
            "phi2",
            "phi3",
            "phimoe",
            "plamo",
            "qwen",
            "qwen2",
            "qwen2moe",
            "qwen2vl",
            "refact",
            "rwkv6",
            "rwkv6qwen2",
            "rwkv7",
            "stablelm",
            "starcoder",
            "starcoder2",
            "xverse");
    private static final Set<String> NOT_FOR_CHAT = Set.of(
            "bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "t5", "t5encoder", "wavtokenizer-dec", "clip");

    private ModelFamilies() {}

    static void check(Path file, String architecture, String type) throws GgufException {
        if (!type.equals("model")) {
            throw new GgufException("The model file " + file + " holds a model's " + type
                    + ", not a model. Set LOCAL_LLM_MODEL_PATH to the model itself.");
        }
        if (NOT_FOR_CHAT.contains(architecture)) {
            throw new GgufException("The model file " + file + " is of the architecture " + architecture
                    + ", which does not write text (it embeds, translates or hears). Choose a chat model, such as"
                    + " Qwen 2.5 or Llama 3.");
        }
        if (!CHAT.contains(architecture)) {
            throw new GgufException("The model file " + file + " is of the architecture '" + architecture
                    + "', which the llama.cpp in this process (build b4916, March 2025) does not know; newer families"
                    + " such as qwen3, gemma3n, llama4 and gpt-oss are among those. It knows "
                    + String.join(", ", CHAT) + "." + SERVER_REMEDY);
        }
    }
}
