package io.pipecat.homeassistant.discovery;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Names things of this node toward Home Assistant, which takes letters, digits, {@code _} and {@code -}. The same thing has the same name after
 * every start.
 */
public final class ObjectIds {
    private static final String START = "pipecat_";

    private final String node;

    /**
     * Makes the names of a node.
     *
     * @param nodeName what the node is called
     */
    public ObjectIds(String nodeName) {
        this.node = START + slug(nodeName);
    }

    /**
     * Returns whether a unique id is that of something which this node shows.
     *
     * @param uniqueId an entity's unique id
     * @return whether it is this node's
     */
    public boolean isOwn(String uniqueId) {
        return uniqueId.equals(node) || uniqueId.startsWith(node + "-");
    }

    String node() {
        return node;
    }

    String device(String id) {
        return node + "-" + slug(id);
    }

    /** What a name loses is made up for, so that two of them stay two. */
    private static String slug(String name) {
        // The hyphen parts the node from its devices.
        String plain = name.replaceAll("[^a-zA-Z0-9_]", "_");
        if (plain.equals(name)) {
            return plain;
        }
        CRC32 lost = new CRC32();
        lost.update(name.getBytes(StandardCharsets.UTF_8));
        return plain + "_" + Long.toHexString(lost.getValue());
    }
}
