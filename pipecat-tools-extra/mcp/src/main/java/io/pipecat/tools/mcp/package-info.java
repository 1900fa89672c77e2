/**
 * A client of the Model Context Protocol, over standard input and output and over streamable HTTP.
 *
 * <p>It is written out here rather than taken from the official Java SDK. SDK 2.1.0 brings eleven more jars that nothing else here needs
 * (Reactor, a second Jackson, a schema validator), its own and Reactor's without a module descriptor, where these classes need only the
 * OkHttp that is there anyway. And a blocking call whose interruption reaches the server would have had to be built around the SDK's own.
 */
@NullMarked
package io.pipecat.tools.mcp;

import org.jspecify.annotations.NullMarked;
