/** Tests that the documents say what the program does. */
@NullMarked
package io.pipecat.documentation;

import org.jspecify.annotations.NullMarked;
