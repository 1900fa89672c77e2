/**
 * What the topics are about: places, devices, machines and agents as typed values over a
 * {@link io.pipecat.worldmodel.state.TopicTree}, from {@code ontology.yaml} and from what other systems bring.
 */
@NullMarked
package io.pipecat.worldmodel.house;

import org.jspecify.annotations.NullMarked;
