package io.pipecat.api;

import java.util.Optional;

/**
 * What a node is.
 *
 * @param name what people call it; the host's name unless set
 * @param instanceId random and new at each start; sent as {@code X-Pipecat-Instance}, so that a node can tell that an
 *     endpoint is itself
 * @param mode where its defaults come from
 * @param tier what kind of machine it is; empty if not said
 * @param version the version of this software
 */
public record NodeInfo(String name, String instanceId, DeploymentMode mode, Optional<NodeTier> tier, String version) {}
