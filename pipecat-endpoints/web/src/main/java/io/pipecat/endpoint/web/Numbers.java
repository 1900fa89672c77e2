package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import java.util.Optional;

/** Reads numbers out of queries. */
final class Numbers {
    private Numbers() {}

    static int query(Request request, String name, int otherwise, int min, int max) throws Bodies.Malformed {
        Optional<String> text = request.query(name).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get().strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new Bodies.Malformed(
                    "'" + name + "' must be a number from " + min + " to " + max + ", not '" + text.get() + "'.");
        }
        throw new Bodies.Malformed(
                "'" + name + "' must be a number from " + min + " to " + max + ", not '" + text.get() + "'.");
    }
}
