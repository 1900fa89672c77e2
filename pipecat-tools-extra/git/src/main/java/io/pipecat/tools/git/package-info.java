/** The tool {@code git}, on JGit, and the provider that brings it. */
@NullMarked
package io.pipecat.tools.git;

import org.jspecify.annotations.NullMarked;
