package io.pipecat.discovery.consul;

import io.pipecat.fuzz.Input;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;

/** Settings as they stand in Consul. */
public final class SharedSettingsFuzz {

    private SharedSettingsFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            SettingsText text = SettingsText.of(Json.parseObject(Input.text(data)));
            text.values().values().forEach(value -> Input.check("a text", !value.isBlank()));
        } catch (JsonException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
