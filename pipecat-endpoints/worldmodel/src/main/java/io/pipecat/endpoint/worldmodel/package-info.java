/** The state of the house, served to others. */
@NullMarked
package io.pipecat.endpoint.worldmodel;

import org.jspecify.annotations.NullMarked;
