/** Parts from outside (programs, libraries, files) that a test needs, and what happens where one is missing. */
@NullMarked
package io.pipecat.testkit;

import org.jspecify.annotations.NullMarked;
