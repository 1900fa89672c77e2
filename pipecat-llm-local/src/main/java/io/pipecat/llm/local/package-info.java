/**
 * Language models from GGUF files, run in this process by llama.cpp. {@link io.pipecat.llm.local.LocalLLMProvider} is found by {@link
 * java.util.ServiceLoader}; nothing else is called from outside.
 */
@NullMarked
package io.pipecat.llm.local;

import org.jspecify.annotations.NullMarked;
