package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells one reader what became of devices, places, nodes and agents since it was told last. Used by one thread. */
final class ModelTeller {
    private @Nullable WorldState last;

    void tellAll(WorldState state, Events events) {
        events.event("model", ModelJson.of(state));
        last = state;
    }

    /** Returns whether there was something to tell. */
    boolean tell(WorldState state, Events events) {
        WorldState before = last;
        if (before == null || !sameButForStates(before, state)) {
            tellAll(state, events);
            return true;
        }
        last = state;
        List<Device> changed = new ArrayList<>();
        for (int i = 0; i < state.devices().size(); i++) {
            Device device = state.devices().get(i);
            if (!device.equals(before.devices().get(i))) {
                changed.add(device);
            }
        }
        changed.forEach(device -> events.event("device", ModelJson.device(device)));
        return !changed.isEmpty();
    }

    private static boolean sameButForStates(WorldState a, WorldState b) {
        if (!a.nodes().equals(b.nodes())
                || !a.agents().equals(b.agents())
                || !a.locations().equals(b.locations())
                || a.devices().size() != b.devices().size()) {
            return false;
        }
        for (int i = 0; i < a.devices().size(); i++) {
            if (!a.devices().get(i).id().equals(b.devices().get(i).id())) {
                return false;
            }
        }
        return true;
    }
}
