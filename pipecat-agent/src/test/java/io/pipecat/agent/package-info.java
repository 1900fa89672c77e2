/** Tests of the conversation, with a model and tools that do exactly what a test says. */
@NullMarked
package io.pipecat.agent;

import org.jspecify.annotations.NullMarked;
