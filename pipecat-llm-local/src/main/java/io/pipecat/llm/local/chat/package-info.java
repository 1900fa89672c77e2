/**
 * How families of models are spoken to: {@link io.pipecat.llm.local.chat.ChatTemplate} writes turns as a prompt, {@link
 * io.pipecat.llm.local.chat.ToolDialect} puts functions and their results into turns and finds calls in what comes back.
 */
@NullMarked
package io.pipecat.llm.local.chat;

import org.jspecify.annotations.NullMarked;
