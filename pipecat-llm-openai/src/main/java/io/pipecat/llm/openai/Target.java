package io.pipecat.llm.openai;

import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.Secret;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * An instance to ask.
 *
 * @param base its normalised base URL
 * @param key what to send it as a bearer key
 * @param keySetting the setting of that key, for messages
 * @param addressHint what to look at if the address is wrong, for messages
 * @param ours whether it may be a node of ours or a server beside it; a hosted service learns nothing of the cluster
 * @param origin how discovery knows it, if it does
 */
record Target(
        HttpUrl base,
        Optional<Secret> key,
        String keySetting,
        String addressHint,
        boolean ours,
        Optional<Found> origin) {

    /** An instance as discovery gave it. */
    record Found(ServiceName service, Endpoint endpoint) {}

    HttpUrl url(String path) {
        return base.newBuilder().addPathSegments(path).build();
    }

    /** The instance for messages. */
    String display() {
        return BaseUrl.display(base);
    }

    /** Takes the key out of what a server wrote: some repeat the key that they refuse. */
    String redact(String text) {
        return key.map(Secret::reveal)
                .filter(k -> !k.isEmpty())
                .map(k -> text.replace(k, "********"))
                .orElse(text);
    }
}
