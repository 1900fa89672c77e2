/** The {@code clock} tool: the time anywhere, and arithmetic with dates. */
@NullMarked
package io.pipecat.tools.local.clock;

import org.jspecify.annotations.NullMarked;
