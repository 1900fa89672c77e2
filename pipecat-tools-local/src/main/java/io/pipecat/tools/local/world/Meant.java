package io.pipecat.tools.local.world;

import java.util.List;

/** What a part of what was said means. */
sealed interface Meant {

    /** How devices were named, from the most to the least particular. */
    enum Scope {
        /** By its own name. */
        DEVICE,
        /** By what they are: the lights. */
        KIND,
        /** By where they are: the kitchen. */
        ROOM,
        /** With everything else. */
        EVERYTHING
    }

    /**
     * Devices.
     *
     * @param said what was said
     * @param scope how they were named
     * @param devices at least one
     */
    record Devices(String said, Scope scope, List<House.Known> devices) implements Meant {
        /** Copies the devices. */
        public Devices {
            devices = List.copyOf(devices);
        }
    }

    /**
     * No device, or not one alone.
     *
     * @param said what was said
     * @param ambiguous whether there are several, of which one must be named
     * @param sentence what to tell the person
     */
    record Nothing(String said, boolean ambiguous, String sentence) implements Meant {}
}
