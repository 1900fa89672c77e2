package io.pipecat.homeassistant.discovery;

/**
 * Where what is told. States and commands are below the discovery prefix, as in Home Assistant's own examples, since the world model leaves
 * that out of the house's state.
 *
 * @param prefix the discovery prefix
 * @param ids the names of this node's things
 */
record Topics(String prefix, ObjectIds ids) {

    String birth() {
        return prefix + "/status";
    }

    String config(String objectId) {
        return prefix + "/device/" + objectId + "/config";
    }

    private String base(String objectId) {
        return prefix + "/pipecat/" + objectId;
    }

    String state(String objectId) {
        return base(objectId) + "/state";
    }

    /** Where a command for a device comes; a property other than the main one has a topic of its own. */
    String command(String objectId, String property) {
        return base(objectId) + "/set/" + property;
    }

    /** All commands for things of this node. */
    String commands() {
        return prefix + "/pipecat/+/set/+";
    }

    /** The connection to the broker keeps it: {@code online} or {@code offline}. */
    static String availability(String nodeName) {
        return "pipecat/" + nodeName.replaceAll("[/+#\\x00]", "-") + "/availability";
    }
}
