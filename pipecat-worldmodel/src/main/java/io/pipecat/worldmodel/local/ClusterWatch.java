package io.pipecat.worldmodel.local;

import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.cluster.Cluster;
import io.pipecat.worldmodel.house.HouseKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps up to date which machines and services there are, on a virtual thread, where there is somebody to ask. */
final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

    private final Cluster cluster;
    private final HouseKeeper house;
    private @Nullable Thread thread;
    private volatile boolean closed;

    ClusterWatch(Cluster cluster, HouseKeeper house) {
        this.cluster = cluster;
        this.house = house;
    }

    void start() {
        if (cluster.isConfigured()) {
            thread = Thread.ofVirtual().name("pipecat-world-cluster").start(this::run);
        }
    }

    private void run() {
        boolean failing = false;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    refresh();
                    failing = false;
                } catch (WorldModelException e) {
                    if (closed) {
                        return;
                    }
                    if (!failing) {
                        LOG.warn("Which machines and services the cluster has is not known anew: {}", e.getMessage());
                    }
                    failing = true;
                } catch (RuntimeException e) {
                    if (!failing) {
                        LOG.error("Asking the cluster failed in a way that it should not; it is asked again", e);
                    }
                    failing = true;
                }
                Thread.sleep(cluster.interval());
            }
        } catch (InterruptedException e) {
            LOG.debug("the cluster is no longer asked");
        }
    }

    void refresh() throws WorldModelException, InterruptedException {
        cluster.ask(house::takeNodes, house::takeAgents);
    }

    JobTicket dispatch(JobRequest job) throws WorldModelException, InterruptedException {
        return cluster.dispatch(job);
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        cluster.close();
    }
}
