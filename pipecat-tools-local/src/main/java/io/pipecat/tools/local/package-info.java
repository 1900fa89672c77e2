/** The tools that every node can have, and the provider that brings them. */
@NullMarked
package io.pipecat.tools.local;

import org.jspecify.annotations.NullMarked;
