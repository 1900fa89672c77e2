/** The {@code power} tool: switches this machine off, restarts it or sends it to sleep. */
@NullMarked
package io.pipecat.tools.local.power;

import org.jspecify.annotations.NullMarked;
