/** The {@code ansible} tool: runs playbooks from a configured folder. */
@NullMarked
package io.pipecat.tools.local.ansible;

import org.jspecify.annotations.NullMarked;
