package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends answers to where they were asked for. The name is resolved once and the connection goes to the address that was checked: an HTTP
 * client would resolve it again, and a name can have changed its mind by then. Nothing that is answered is followed anywhere.
 */
final class Callbacks {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 15_000;
    private static final int LONGEST_STATUS = 4096;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        List<InetAddress> resolve(String host) throws IOException;
    }

    /** It may not be sent there. The message says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private final Allowlist allowlist;
    private final Resolver resolver;
    private final Duration pause;

    Callbacks(Allowlist allowlist, Resolver resolver, Duration pause) {
        this.allowlist = allowlist;
        this.resolver = resolver;
        this.pause = pause;
    }

    /** Checks an address as far as that can be done without asking anybody. */
    URI check(String text) throws Refused {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new Refused("'response_url' is no URL: " + e.getMessage() + ".");
        }
        String scheme = String.valueOf(url.getScheme());
        if (!(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
                || url.getHost() == null
                || url.getRawUserInfo() != null) {
            throw new Refused("'response_url' must be http://host… or https://host…, without a user in it.");
        }
        if (!allowlist.names(url)) {
            throw new Refused("'response_url' names " + url.getHost() + ":" + Allowlist.port(url)
                    + ", which callback_allowlist of this node does not.");
        }
        return url;
    }

    private InetAddress address(URI url) throws IOException, Refused {
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        List<InetAddress> all = resolver.resolve(host);
        for (InetAddress address : all) {
            if (!allowlist.takes(url, address)) {
                throw new Refused(host + " resolves to " + address.getHostAddress()
                        + ", a private address that callback_allowlist does not list.");
            }
        }
        return all.getFirst();
    }

    /**
     * Sends, and once more after a pause where nobody was there.
     *
     * @throws IOException if it did not arrive; says why
     * @throws Refused if the name turns out to lead where nothing may be sent
     */
    void send(URI url, JsonObject body) throws IOException, Refused, InterruptedException {
        IOException first;
        try {
            post(url, body);
            return;
        } catch (IOException e) {
            first = e;
        }
        Thread.sleep(pause);
        try {
            post(url, body);
        } catch (IOException e) {
            e.addSuppressed(first);
            throw e;
        }
    }

    private void post(URI url, JsonObject body) throws IOException, Refused {
        InetAddress address = address(url);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        String head = "POST " + target + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\nUser-Agent: pipecat\r\nConnection: close\r\n\r\n";
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, Allowlist.port(url)), CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            Socket socket = url.getScheme().equalsIgnoreCase("https") ? secured(plain, url) : plain;
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.flush();
            int status = status(new BufferedInputStream(socket.getInputStream()));
            if (status < 200 || status > 299) {
                throw new IOException("it was answered with status " + status
                        + (status / 100 == 3 ? "; a redirect is not followed" : ""));
            }
        }
    }

    private static Socket secured(Socket plain, URI url) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, Allowlist.port(url), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static int status(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < LONGEST_STATUS; next = in.read()) {
            line.write(next);
        }
        String[] words = line.toString(StandardCharsets.ISO_8859_1).split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[0-9]{3}")) {
            throw new IOException("what answers there does not speak HTTP");
        }
        return Integer.parseInt(words[1]);
    }
}
