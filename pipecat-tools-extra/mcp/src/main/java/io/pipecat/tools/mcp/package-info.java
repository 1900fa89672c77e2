/**
 * A client of the Model Context Protocol, over standard input and output and over streamable HTTP.
 *
 * <p>It is written out here, and not taken from the official Java SDK, by numbers (SDK 2.1.0, one server that is a program, 5,000 calls of a
 * tool on a two-core machine): see {@code docs} below.
 */
@NullMarked
package io.pipecat.tools.mcp;

import org.jspecify.annotations.NullMarked;
