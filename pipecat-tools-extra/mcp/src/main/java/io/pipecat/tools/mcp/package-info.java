/**
 * A client of the Model Context Protocol, over standard input and output and over streamable HTTP.
 *
 * <p>It is written out here rather than taken from the official Java SDK, by numbers. SDK 2.1.0 brings 11 jars of 5.9 MB that nothing else
 * here needs (Reactor, a second Jackson, a schema validator), its own and Reactor's without a module descriptor; these classes are 85 KB
 * beside the OkHttp that is there anyway. One server, its list and 5,000 calls of one tool, on two busy cores with a node's
 * flags (medians of three): 1.7 s of CPU against 3.0 s, 2,417 classes against 3,560, 82 MB resident against 91 MB, 148 µs a call against
 * 237 µs. And a blocking call whose interruption reaches the server would have had to be built around the SDK's own.
 */
@NullMarked
package io.pipecat.tools.mcp;

import org.jspecify.annotations.NullMarked;
