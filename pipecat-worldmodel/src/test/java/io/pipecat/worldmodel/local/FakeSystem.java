package io.pipecat.worldmodel.local;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldFeed;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Another system that brings devices. */
final class FakeSystem implements WorldConnector {
    final List<String> commands = new ArrayList<>();
    Optional<WorldFeed> feed = Optional.empty();
    boolean answersAtOnce;
    boolean refuses;
    boolean closed;

    static Device device(String id, String name, JsonObject state) {
        return new Device(id, name, "light", Optional.of("kitchen"), state, Set.of(), true);
    }

    @Override
    public void start(WorldModel model, WorldFeed wanted) {
        feed = Optional.of(wanted);
    }

    @Override
    public void command(Device device, JsonObject change) throws WorldModelException {
        if (refuses) {
            throw new WorldModelException("the other system refuses", null);
        }
        commands.add(device.id() + " " + change);
        if (answersAtOnce) {
            feed.orElseThrow().observe(device.id(), change);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
