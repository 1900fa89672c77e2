package io.pipecat.tools.web;

import io.pipecat.api.tool.ToolException;
import java.util.Locale;
import okhttp3.HttpUrl;

/** Reads URLs and shows them. */
final class Urls {
    private static final int LONGEST = 4000;
    private static final int SHOWN = 200;

    private Urls() {}

    /** Reads what a model wrote. */
    static HttpUrl parse(String text) throws ToolException {
        String given = text.strip();
        if (given.length() > LONGEST) {
            throw ToolException.failed(
                    "The URL has " + given.length() + " characters; at most " + LONGEST + " are taken.");
        }
        HttpUrl url = HttpUrl.parse(given);
        if (url != null) {
            return checked(url);
        }
        String lower = given.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http:") || lower.startsWith("https:")) {
            throw ToolException.failed(
                    "This is no valid URL: check its host and port. It must look like https://example.org/page.");
        }
        if (lower.matches("[a-z][a-z0-9+.-]*:.*") && !lower.matches("[^/]*\\.[^/]*:[0-9]+(/.*)?")) {
            throw ToolException.failed("URLs of the scheme '" + shortened(given.substring(0, given.indexOf(':')))
                    + "' are not fetched: only http and https are.");
        }
        throw ToolException.failed(
                "'" + shortened(given) + "' is no URL: write it whole, such as https://example.org/page.");
    }

    /** Reads where a server redirects to. */
    static HttpUrl redirect(HttpUrl from, String location) throws ToolException {
        HttpUrl to = from.resolve(location.strip());
        if (to == null) {
            throw ToolException.failed(
                    show(from) + " redirects to something that is no http or https URL, which is not followed.");
        }
        return checked(to);
    }

    private static HttpUrl checked(HttpUrl url) throws ToolException {
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw ToolException.failed(
                    "The URL for the host '" + url.host()
                            + "' holds a user name or a password; pages are fetched without any. Leave out what stands before the '@'.");
        }
        // What stands after the '#' is for the reader, not for the server.
        return url.newBuilder().fragment(null).build();
    }

    static String show(HttpUrl url) {
        return shortened(url.toString());
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
