/** Programs of the operating system, run so that nothing of them outlives a call. */
@NullMarked
package io.pipecat.tools.local.process;

import org.jspecify.annotations.NullMarked;
