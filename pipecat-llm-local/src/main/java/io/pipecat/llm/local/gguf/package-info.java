/**
 * What a GGUF file says of itself, read in Java: the native reader gives no reason when it refuses a file, and aborts the whole process
 * on some. Format: ggml's {@code docs/gguf.md}, versions 2 and 3.
 */
@NullMarked
package io.pipecat.llm.local.gguf;

import org.jspecify.annotations.NullMarked;
