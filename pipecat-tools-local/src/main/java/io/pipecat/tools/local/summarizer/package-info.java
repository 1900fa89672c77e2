/** The {@code summarizer} tool: has the node's own model tell what a conversation says about a question. */
@NullMarked
package io.pipecat.tools.local.summarizer;

import org.jspecify.annotations.NullMarked;
