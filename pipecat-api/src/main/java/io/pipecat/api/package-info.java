/**
 * What every module of a node has in common: the {@linkplain io.pipecat.api.NodeContext context} that each provider's
 * {@code create} gets, what the node is ({@link io.pipecat.api.NodeInfo}) and how it is wired
 * ({@link io.pipecat.api.Topology}).
 *
 * <p>The roles have packages of their own: {@code llm}, {@code tool}, {@code world}, {@code discovery},
 * {@code setting}, {@code model} and {@code http}. An implementation of a role is a {@link io.pipecat.api.Provider}
 * declared both in {@code module-info} ({@code provides … with …}) and in {@code META-INF/services}.
 */
@NullMarked
package io.pipecat.api;

import org.jspecify.annotations.NullMarked;
