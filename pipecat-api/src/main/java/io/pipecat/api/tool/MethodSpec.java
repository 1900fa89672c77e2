package io.pipecat.api.tool;

import io.pipecat.api.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A method of a tool.
 *
 * @param name its name: {@code evaluate}
 * @param description what it does, for the model
 * @param parameters a JSON Schema of type {@code object} for the arguments
 * @param sensitive whether a person is to be asked before it is called
 * @param timeout how long a call may take; empty means the node's default
 */
public record MethodSpec(
        String name, String description, JsonObject parameters, boolean sensitive, Optional<Duration> timeout) {

    /**
     * Returns the names of the parameters.
     *
     * @return the names in declared order
     */
    public List<String> parameterNames() {
        return parameters
                .object("properties")
                .map(properties -> List.copyOf(properties.members().keySet()))
                .orElse(List.of());
    }
}
