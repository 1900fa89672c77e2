package io.pipecat.homeassistant.discovery;

import io.pipecat.api.world.Device;
import java.time.Duration;
import java.util.List;

/**
 * How this node is shown.
 *
 * @param prefix Home Assistant's discovery prefix
 * @param devices the ids of the devices that are shown; {@code *} for all that are this node's own
 * @param gathering how long changes are gathered before they are told
 */
public record DiscoveryOptions(String prefix, List<String> devices, Duration gathering) {
    private static final String ALL = "*";

    /** What the world model calls a device that nothing defines. */
    private static final String UNKNOWN_TYPE = "device";

    /** Copies the list. */
    public DiscoveryOptions {
        devices = List.copyOf(devices);
    }

    boolean shows(Device device) {
        return devices.contains(device.id()) || (devices.contains(ALL) && !isOnlyHeardOf(device));
    }

    /** Whether no more is known than what it tells on the broker: whose it is, is known elsewhere, perhaps in Home Assistant. */
    private static boolean isOnlyHeardOf(Device device) {
        return device.type().equals(UNKNOWN_TYPE)
                && !device.commandable()
                && device.location().isEmpty();
    }
}
