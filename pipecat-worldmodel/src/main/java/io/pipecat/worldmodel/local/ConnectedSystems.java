package io.pipecat.worldmodel.local;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldFeed;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.house.HouseKeeper;
import io.pipecat.worldmodel.state.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The systems that bring devices of their own. Thread-safe. */
final class ConnectedSystems implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectedSystems.class);

    /** Takes what they say of devices. */
    interface Observer {
        /** These properties are so; a null is not known any more. */
        void observed(String device, JsonObject state);

        /** Nothing is known of a device any more. */
        void gone(String device);
    }

    private final List<WorldConnector> connectors;
    private final HouseKeeper house;
    private final Observer observer;

    ConnectedSystems(List<WorldConnector> connectors, HouseKeeper house, Observer observer) {
        this.connectors = List.copyOf(connectors);
        this.house = house;
        this.observer = observer;
    }

    void start(WorldModel model) {
        for (int i = 0; i < connectors.size(); i++) {
            connectors.get(i).start(model, new Feed(i));
        }
    }

    void command(int connector, Device device, JsonObject change) throws WorldModelException, InterruptedException {
        connectors.get(connector).command(device, change);
    }

    @Override
    public void close() {
        connectors.reversed().forEach(WorldConnector::close);
    }

    private final class Feed implements WorldFeed {
        private final int connector;
        /** So that the same refusal is not logged each time that the other system is asked. */
        private final Set<String> refused = new HashSet<>();

        Feed(int connector) {
            this.connector = connector;
        }

        @Override
        public synchronized void define(List<Location> locations, List<Device> devices) {
            HouseKeeper.Defined defined = house.define(connector, locations, devices);
            defined.refused().forEach(reason -> {
                if (refused.add(reason)) {
                    LOG.warn("{}", reason);
                }
            });
            defined.gone().forEach(observer::gone);
            devices.stream()
                    .filter(device -> house.isOf(device.id(), connector))
                    .forEach(device -> observer.observed(device.id(), device.state()));
        }

        @Override
        public void observe(String device, JsonObject state) {
            if (house.isOf(device, connector)) {
                observer.observed(device, state);
            } else {
                LOG.debug("what was told of {} is left out: it is not defined", Topics.shown(device));
            }
        }
    }
}
