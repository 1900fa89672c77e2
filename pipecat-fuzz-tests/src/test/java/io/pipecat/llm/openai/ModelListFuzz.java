package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonObject;
import io.pipecat.fuzz.Input;

/** What a model server says of its models ({@code GET /models}) and of itself ({@code GET /props}). */
public final class ModelListFuzz {

    private ModelListFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            JsonObject answer = Models.object(Input.text(data));
            for (Models.Model model : Models.listed(answer)) {
                Input.check("a name", model.id() != null);
                model.contextTokens().ifPresent(size -> Input.check("room for a token", size >= 1));
            }
            Models.served(answer).ifPresent(size -> Input.check("room for a token", size >= 1));
        } catch (BadAnswerException e) {
            Input.check("a reason", e.getMessage() != null && e.getMessage().length() < 2000);
        }
    }
}
