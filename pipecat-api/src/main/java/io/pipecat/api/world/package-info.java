/**
 * The state of the house: what is so ({@link io.pipecat.api.world.WorldModel#update update}), what is wanted
 * ({@link io.pipecat.api.world.WorldModel#command command}), and who wants to know
 * ({@link io.pipecat.api.world.WorldModel#watch watch}).
 */
@NullMarked
package io.pipecat.api.world;

import org.jspecify.annotations.NullMarked;
