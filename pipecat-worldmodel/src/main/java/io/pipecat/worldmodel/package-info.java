/** The state of the house, kept in this process or read from the cluster. */
@NullMarked
package io.pipecat.worldmodel;

import org.jspecify.annotations.NullMarked;
