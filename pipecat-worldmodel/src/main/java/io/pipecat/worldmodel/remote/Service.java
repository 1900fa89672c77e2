package io.pipecat.worldmodel.remote;

import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.setting.Secret;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * An instance of the world model service.
 *
 * @param base its base address
 * @param endpoint how it is known
 * @param key what to send it as a bearer key
 */
record Service(HttpUrl base, Endpoint endpoint, Optional<Secret> key) {

    /** Makes an instance of an address; empty if that is none that can be asked by HTTP. */
    static Optional<Service> of(Endpoint endpoint, Optional<Secret> key) {
        // OkHttp would take the first part of the path for the host.
        boolean hasHost = endpoint.uri().getRawAuthority() != null;
        return Optional.ofNullable(hasHost ? HttpUrl.parse(endpoint.uri().toString()) : null)
                .map(url -> url.newBuilder().query(null).fragment(null).build())
                .map(url -> new Service(url, endpoint, key));
    }

    /** Starts a request to a path below the base; a slash in a part of it is sent as what the part holds, not as a parting. */
    Request.Builder request(String... path) {
        return request(Optional.empty(), path);
    }

    Request.Builder request(Optional<String> query, String... path) {
        HttpUrl.Builder url = base.newBuilder();
        for (String part : path) {
            url.addPathSegment(part);
        }
        query.ifPresent(url::encodedQuery);
        Request.Builder request = new Request.Builder().url(url.build());
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        return request;
    }

    /** Where it is and how that is known, for messages. */
    String display() {
        return base.toString().replaceFirst("/$", "") + " (" + endpoint.source() + ")";
    }
}
