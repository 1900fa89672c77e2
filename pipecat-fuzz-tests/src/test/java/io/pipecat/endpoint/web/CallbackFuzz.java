package io.pipecat.endpoint.web;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.fuzz.Input;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where an answer may be sent to: never anywhere that is not listed. */
public final class CallbackFuzz {

    private CallbackFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws SettingsException {
        List<String> parts = Input.parts(data, 2);
        Allowlist allowed = new Allowlist(List.of("http://good.example:8080", "192.0.2.0/24"));
        try {
            URI url = new Callbacks(allowed, host -> List.of(), Duration.ZERO).check(parts.get(0));
            Input.check(
                    "listed: " + url,
                    url.getHost().equalsIgnoreCase("good.example")
                            || url.getHost().startsWith("192.0.2."));
        } catch (Callbacks.Refused e) {
            Input.check("a reason", !e.getMessage().isBlank());
        }
        try {
            Input.check("a list", new Allowlist(List.of(parts.get(1))) != null);
        } catch (SettingsException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
