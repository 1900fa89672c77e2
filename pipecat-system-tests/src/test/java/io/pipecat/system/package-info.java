/** The program from outside: what goes in at the command line, and what comes out. */
@NullMarked
package io.pipecat.system;

import org.jspecify.annotations.NullMarked;
