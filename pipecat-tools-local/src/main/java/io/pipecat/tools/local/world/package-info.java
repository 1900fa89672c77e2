/** The tool {@code world_model}: the devices of the house by the names that people say. */
@NullMarked
package io.pipecat.tools.local.world;

import org.jspecify.annotations.NullMarked;
