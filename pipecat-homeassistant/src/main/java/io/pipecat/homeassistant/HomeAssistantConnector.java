package io.pipecat.homeassistant;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldFeed;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.homeassistant.discovery.Discovery;
import java.util.Optional;
import java.util.Set;

/** Both ways in one, since what comes from Home Assistant must not be shown to it again. */
record HomeAssistantConnector(Optional<Import> imported, Optional<Discovery> discovery) implements WorldConnector {

    @Override
    public void start(WorldModel model, WorldFeed feed) {
        imported.ifPresent(side -> side.start(feed));
        discovery.ifPresent(side -> side.start(model, this::isImported));
    }

    private boolean isImported(String device) {
        return imported.map(Import::devices).orElse(Set.of()).contains(device);
    }

    @Override
    public void command(Device device, JsonObject change) throws WorldModelException, InterruptedException {
        if (imported.isEmpty()) {
            throw new WorldModelException(
                    "\"" + device.name()
                            + "\" is said to be Home Assistant's, but nothing is brought from there: set ha_areas.",
                    null);
        }
        imported.get().command(device, change);
    }

    @Override
    public void close() {
        discovery.ifPresent(Discovery::close);
        imported.ifPresent(Import::close);
    }
}
