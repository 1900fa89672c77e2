/** The {@code files} tool: reads and writes text files within configured folders. */
@NullMarked
package io.pipecat.tools.local.files;

import org.jspecify.annotations.NullMarked;
