/** The model that comes with the distribution. */
@NullMarked
package io.pipecat.model.builtin;

import org.jspecify.annotations.NullMarked;
