/** The {@code code_runner} tool: programs in Python, JavaScript and shell, in a sandbox without network and files. */
@NullMarked
package io.pipecat.tools.local.code;

import org.jspecify.annotations.NullMarked;
