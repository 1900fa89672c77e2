/** The web UI of a node, the API behind it, and the gateway. */
@NullMarked
package io.pipecat.endpoint.web;

import org.jspecify.annotations.NullMarked;
