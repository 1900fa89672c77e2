package io.pipecat.homeassistant.discovery;

import java.time.Duration;
import java.util.List;

/**
 * How this node is shown.
 *
 * @param prefix Home Assistant's discovery prefix
 * @param devices the ids of the devices that are shown; {@code *} for all
 * @param gathering how long changes are gathered before they are told
 */
public record DiscoveryOptions(String prefix, List<String> devices, Duration gathering) {
    private static final String ALL = "*";

    /** Copies the list. */
    public DiscoveryOptions {
        devices = List.copyOf(devices);
    }

    boolean shows(String device) {
        return devices.contains(ALL) || devices.contains(device);
    }
}
