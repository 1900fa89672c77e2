package io.pipecat.api;

import io.pipecat.api.setting.SettingSpec;
import java.util.List;

/**
 * Something that {@link java.util.ServiceLoader} finds and that can make an implementation of a role.
 *
 * <p>A provider is cheap: loading and constructing one opens no file, socket or native library, and a provider that is
 * there and not chosen costs nothing. It has a public constructor without parameters. The node calls its methods from
 * one thread at a time.
 */
public interface Provider {

    /**
     * Returns the name by which settings and {@code pipecat topology} call this implementation, unique within its role:
     * {@code openai}, {@code local}, {@code consul}. Two providers of one role with the same name stop the node.
     *
     * @return letters, digits, {@code _} and {@code -}
     */
    String name();

    /**
     * Returns the settings that this provider reads. They become known names on the command line, in the file and in
     * the generated reference.
     *
     * @return the settings; by default none
     */
    default List<SettingSpec<?>> settings() {
        return List.of();
    }
}
