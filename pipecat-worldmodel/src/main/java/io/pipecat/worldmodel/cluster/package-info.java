/** What the cluster's scheduler and service catalogue know, for either kind of world model. */
@NullMarked
package io.pipecat.worldmodel.cluster;

import org.jspecify.annotations.NullMarked;
