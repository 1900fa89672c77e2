package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The browser's files, out of this module's jar. Only what lies below {@code ui/} there can be asked for. */
final class StaticFiles {
    private static final String ROOT = "ui/";
    private static final Pattern PATH = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Response NOT_FOUND = Response.error(404, "Not Found");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    /** A file as it is sent: as it is, and zipped if that is smaller. */
    private record Loaded(String type, Response.Body.Bytes plain, Optional<Response.Body.Bytes> gzip, String tag) {
        Response response(boolean zipped) {
            Response.Body body = zipped && gzip.isPresent() ? gzip.get() : plain;
            return new Response(200, Map.of("Content-Type", type), body);
        }
    }

    /** Only files that are there get in, so it cannot grow beyond them. */
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

    Response index(Request request) throws IOException {
        return answer("index.html", request);
    }

    Response file(Request request) throws IOException {
        return answer(request.pathParameter("path"), request);
    }

    private Response answer(String path, Request request) throws IOException {
        Optional<Loaded> found = find(path);
        if (found.isEmpty()) {
            return NOT_FOUND;
        }
        Loaded file = found.get();
        boolean zipped = file.gzip().isPresent()
                && request.header("Accept-Encoding")
                        .filter(accepted -> accepted.contains("gzip"))
                        .isPresent();
        // The tag names a representation (RFC 9110): the zipped one is another.
        String tag = '"' + file.tag() + (zipped ? "-gzip" : "") + '"';
        boolean known = request.header("If-None-Match")
                .filter(tags -> tags.contains(tag))
                .isPresent();
        Response response =
                known ? new Response(304, Map.of(), new Response.Body.Bytes(new byte[0])) : file.response(zipped);
        if (zipped && !known) {
            response = response.withHeader("Content-Encoding", "gzip");
        }
        return response.withHeader("ETag", tag)
                .withHeader("Vary", "Accept-Encoding")
                .withHeader("Cache-Control", "no-cache");
    }

    private Optional<Loaded> find(String path) throws IOException {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        Loaded there = loaded.get(path);
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (there != null || type == null) {
            return Optional.ofNullable(there);
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            Loaded file = new Loaded(type, new Response.Body.Bytes(bytes), zipped(bytes), digest(bytes));
            loaded.put(path, file);
            return Optional.of(file);
        }
    }

    /** The file zipped, if that makes it smaller. */
    private static Optional<Response.Body.Bytes> zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.size() < bytes.length
                ? Optional.of(new Response.Body.Bytes(zipped.toByteArray()))
                : Optional.empty();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
