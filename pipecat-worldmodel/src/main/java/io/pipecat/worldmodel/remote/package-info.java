/**
 * The world model of the cluster, as a node sees it that does not hold it: it follows the service by server-sent events, asks it now
 * and then where it is one that has none, or listens to the broker where there is no service at all.
 */
@NullMarked
package io.pipecat.worldmodel.remote;

import org.jspecify.annotations.NullMarked;
