/**
 * Speaks the chat completions protocol of OpenAI ({@code POST {base}/chat/completions}, streamed as server-sent events) as real
 * servers speak it. {@link io.pipecat.llm.openai.OpenAILLMProvider} is all that a caller needs; the rest is internal.
 *
 * <p>A call goes through these hands: {@code OpenAILLMService} chooses an instance and decides what to repeat, {@code ChatRequest}
 * writes the body, {@code Exchange} moves bytes on a thread of its own so that the caller stays interruptible, {@code Attempt} watches the
 * deadlines, {@code AnswerReader} and {@code SseParser} find the chunks in the bytes, and {@code ResponseBuilder} makes frames of them.
 */
@NullMarked
package io.pipecat.llm.openai;

import org.jspecify.annotations.NullMarked;
