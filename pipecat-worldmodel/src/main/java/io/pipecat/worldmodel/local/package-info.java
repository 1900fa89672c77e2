/** The world model that is kept in this process, and told to a broker where there is one. */
@NullMarked
package io.pipecat.worldmodel.local;

import org.jspecify.annotations.NullMarked;
