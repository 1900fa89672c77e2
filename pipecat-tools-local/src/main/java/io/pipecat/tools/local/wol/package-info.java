/** The {@code wol} tool: switches on another machine over the network. */
@NullMarked
package io.pipecat.tools.local.wol;

import org.jspecify.annotations.NullMarked;
