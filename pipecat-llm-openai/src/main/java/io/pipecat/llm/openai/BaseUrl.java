package io.pipecat.llm.openai;

import java.net.URI;
import okhttp3.HttpUrl;

/** Base URLs as people write them. */
final class BaseUrl {
    private static final String CHAT = "/chat/completions";

    private BaseUrl() {}

    /**
     * Brings a base URL into the one form that this module works with: {@code /v1} if it has no path, no slash at the end. Its own
     * output comes back unchanged.
     *
     * @throws IllegalArgumentException if it is not an http or https URL; the message goes after "the base URL …"
     */
    static HttpUrl normalise(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw new IllegalArgumentException("must start with http:// or https://");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "holds a user name or password, which is not sent; remove it and give the server's key as "
                            + OpenAISettings.label(OpenAISettings.LLAMA_API_KEY));
        }
        // OkHttp would take the first part of the path for the host.
        if (uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("has no host");
        }
        HttpUrl url;
        try {
            url = HttpUrl.get(uri.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a URL with a host", e);
        }
        String path = stripSlashes(url.encodedPath());
        if (path.endsWith(CHAT)) {
            path = stripSlashes(path.substring(0, path.length() - CHAT.length()));
        }
        return url.newBuilder()
                .encodedPath(path.isEmpty() ? "/v1" : path)
                .fragment(null)
                .build();
    }

    private static String stripSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** A URL for messages: a query may hold a key. */
    static String display(HttpUrl url) {
        return url.newBuilder().query(null).fragment(null).build().toString();
    }
}
