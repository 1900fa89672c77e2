/**
 * The state of the house, kept in this process or read from the cluster. Found through its
 * {@link io.pipecat.api.world.WorldModelProvider}s; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.worldmodel {
    requires com.h2database.mvstore;
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires okhttp3;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    provides io.pipecat.api.world.WorldModelProvider with
            io.pipecat.worldmodel.local.LocalWorldModelProvider,
            io.pipecat.worldmodel.remote.DistributedWorldModelProvider;
}
