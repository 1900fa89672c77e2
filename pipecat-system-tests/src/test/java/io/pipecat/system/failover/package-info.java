/** Nodes in network namespaces of their own, whose links and servers fail while they talk. */
@NullMarked
package io.pipecat.system.failover;

import org.jspecify.annotations.NullMarked;
