/**
 * The program {@code pipecat}: one class for each command, {@link io.pipecat.launcher.Main} before them. Standard output
 * belongs to the answer; logs, questions and progress go to standard error.
 */
@NullMarked
package io.pipecat.launcher;

import org.jspecify.annotations.NullMarked;
