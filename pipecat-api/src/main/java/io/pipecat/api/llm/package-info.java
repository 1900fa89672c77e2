/**
 * The language model: {@link io.pipecat.api.llm.LLMService} takes an {@link io.pipecat.api.llm.LLMContext}, pushes
 * {@link io.pipecat.api.llm.LLMFrame}s as they come and returns the whole {@link io.pipecat.api.llm.LLMResponse}.
 *
 * <p>A module that offers one implements {@link io.pipecat.api.llm.LLMProvider}.
 */
@NullMarked
package io.pipecat.api.llm;

import org.jspecify.annotations.NullMarked;
