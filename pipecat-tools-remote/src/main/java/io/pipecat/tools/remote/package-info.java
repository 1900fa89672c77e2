/** Calls tools on a tool server as if they were here. */
@NullMarked
package io.pipecat.tools.remote;

import org.jspecify.annotations.NullMarked;
