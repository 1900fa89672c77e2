/** The {@code calculator} tool: an expression grammar over decimal numbers. */
@NullMarked
package io.pipecat.tools.local.calculator;

import org.jspecify.annotations.NullMarked;
