package io.pipecat.tools.remote;

import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.setting.Secret;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * An instance of the tool server.
 *
 * @param base its base address, which ends in a slash
 * @param endpoint how it is known
 * @param key what to send it as a bearer key
 */
record Server(HttpUrl base, Endpoint endpoint, Optional<Secret> key) {

    /**
     * Makes an instance of an address.
     *
     * @throws IllegalArgumentException if it is not an address of a server; the message goes after "the address"
     */
    static Server of(Endpoint endpoint, Optional<Secret> key) {
        // OkHttp would take the first part of the path for the host.
        HttpUrl url = endpoint.uri().getRawAuthority() == null
                ? null
                : HttpUrl.parse(endpoint.uri().toString());
        if (url == null) {
            throw new IllegalArgumentException(endpoint.uri() + " is not an http or https URL with a host");
        }
        HttpUrl.Builder base =
                url.newBuilder().query(null).fragment(null).username("").password("");
        if (!url.encodedPath().endsWith("/")) {
            base.addPathSegment("");
        }
        return new Server(base.build(), endpoint, key);
    }

    /** Starts a request to a path below the base. */
    Request.Builder request(String path) {
        Request.Builder request = new Request.Builder()
                .url(base.newBuilder().addPathSegments(path).build());
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        return request;
    }

    boolean isSameServer(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    /** The instance for messages: where it is and how that is known. */
    String display() {
        String address = base.toString();
        return address.substring(0, address.length() - 1) + " (" + endpoint.source() + ")";
    }

    /** Takes the key out of what a server wrote: some repeat the key that they refuse. */
    String redact(String text) {
        return key.map(Secret::reveal).map(k -> text.replace(k, "********")).orElse(text);
    }
}
