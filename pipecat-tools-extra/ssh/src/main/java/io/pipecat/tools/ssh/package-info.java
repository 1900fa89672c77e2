/** The tool {@code ssh}, on Apache MINA SSHD, and the provider that brings it. */
@NullMarked
package io.pipecat.tools.ssh;

import org.jspecify.annotations.NullMarked;
