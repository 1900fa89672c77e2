package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.JobRequest;
import io.pipecat.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the body of {@code POST /dispatch-job}, and tells everything that is wrong with it at once. */
final class JobForm {
    private static final int CPU = 1000;
    private static final int MEMORY = 4096;
    private static final int GPUS = 1;

    private final JsonObject body;
    private final List<String> problems = new ArrayList<>();

    private JobForm(JsonObject body) {
        this.body = body;
    }

    static JobRequest read(JsonObject body) throws Bodies.Malformed {
        return new JobForm(body).job();
    }

    private JobRequest job() throws Bodies.Malformed {
        String model = text("model_name", Optional.empty());
        String prompt = text("prompt", Optional.empty());
        int cpu = number("cpu", CPU, 1);
        int memory = number("memory", MEMORY, 1);
        int gpus = number("gpu_count", GPUS, 0);
        String context = text("context", Optional.of(""));
        if (!problems.isEmpty()) {
            throw new Bodies.Malformed(String.join(" ", problems));
        }
        return new JobRequest(model, prompt, cpu, memory, gpus, context);
    }

    private String text(String name, Optional<String> otherwise) {
        Optional<JsonValue> value = body.get(name);
        if (value.isEmpty()) {
            if (otherwise.isEmpty()) {
                problems.add("'" + name + "' is missing.");
            }
        } else if (value.get() instanceof JsonString text) {
            return text.value();
        } else {
            problems.add("'" + name + "' must be a string, not " + Json.kind(value.get()) + ".");
        }
        return otherwise.orElse("");
    }

    /** The predecessor takes a number that was written as a string, so clients send it. */
    private int number(String name, int otherwise, int min) {
        Optional<JsonValue> value = body.get(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            JsonNumber number = value.get() instanceof JsonString text
                    ? new JsonNumber(text.value().strip())
                    : (JsonNumber) value.get();
            int asked = number.toInt();
            if (asked >= min) {
                return asked;
            }
        } catch (ClassCastException | IllegalArgumentException | ArithmeticException e) {
            // Told below, as a number out of range is.
        }
        problems.add("'" + name + "' must be a whole number of at least " + min + ", not " + shown(value.get()) + ".");
        return otherwise;
    }

    private static String shown(JsonValue value) {
        String text = value.toString();
        return text.length() > 40 ? Json.kind(value) : text;
    }
}
