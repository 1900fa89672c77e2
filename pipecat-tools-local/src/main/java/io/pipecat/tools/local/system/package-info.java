/** The {@code system} tool: how the machine under this node is. */
@NullMarked
package io.pipecat.tools.local.system;

import org.jspecify.annotations.NullMarked;
