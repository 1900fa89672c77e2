/** Serves {@code /v1/chat/completions} and {@code /v1/models} (platform.openai.com, "API reference"). */
@NullMarked
package io.pipecat.endpoint.openai;

import org.jspecify.annotations.NullMarked;
