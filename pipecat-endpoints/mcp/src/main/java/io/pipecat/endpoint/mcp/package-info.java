/**
 * A server of the Model Context Protocol (versions 2024-11-05 to 2025-11-25) for this node's tools: requests by POST, answered by JSON or,
 * where progress was asked for, by a stream of events. There is no stream that the server would open by itself (GET is answered 405, as the
 * protocol allows), and nothing but tools.
 */
@NullMarked
package io.pipecat.endpoint.mcp;

import org.jspecify.annotations.NullMarked;
