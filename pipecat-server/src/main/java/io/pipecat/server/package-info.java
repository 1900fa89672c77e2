/** The HTTP server of a node, on {@code jdk.httpserver}. */
@NullMarked
package io.pipecat.server;

import org.jspecify.annotations.NullMarked;
