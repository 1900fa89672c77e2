/**
 * What is known, by topic: {@link io.pipecat.worldmodel.state.TopicTree} is one immutable state of it,
 * {@link io.pipecat.worldmodel.state.TopicStore} the one that is current, {@link io.pipecat.worldmodel.state.Watchers} tells
 * what changed, {@link io.pipecat.worldmodel.state.Payloads} is how a broker spells a value.
 */
@NullMarked
package io.pipecat.worldmodel.state;

import org.jspecify.annotations.NullMarked;
