package io.pipecat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate authority and a server's certificate for {@code localhost} and {@code 127.0.0.1}, made by openssl for one
 * test. Elliptic curves, since those are made at once.
 */
public final class Certificates {
    private static final RequiredPart OPENSSL = RequiredPart.of("openssl", "Debian package openssl");

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes them.
     *
     * @param folder where, such as a {@code @TempDir}; files of an earlier call are replaced
     * @return the certificates
     */
    public static Certificates in(Path folder) {
        String openssl = OPENSSL.orSkip().toString();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("san"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> key = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes");
        Programs.run(
                folder,
                Programs.concat(
                        List.of(openssl, "req", "-x509"),
                        key,
                        List.of("-subj", "/CN=test authority", "-days", "2", "-keyout", "ca.key", "-out", "ca.crt")));
        Programs.run(
                folder,
                Programs.concat(
                        List.of(openssl, "req"),
                        key,
                        List.of("-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")));
        Programs.run(
                folder,
                List.of(
                        openssl,
                        "x509",
                        "-req",
                        "-in",
                        "server.csr",
                        "-CA",
                        "ca.crt",
                        "-CAkey",
                        "ca.key",
                        "-CAcreateserial",
                        "-days",
                        "2",
                        "-extfile",
                        "san",
                        "-out",
                        "server.crt"));
        return new Certificates(folder);
    }

    /**
     * Returns the authority's certificate.
     *
     * @return a PEM file
     */
    public Path authority() {
        return folder.resolve("ca.crt");
    }

    /**
     * Returns the server's certificate, signed by the authority.
     *
     * @return a PEM file
     */
    public Path server() {
        return folder.resolve("server.crt");
    }

    /**
     * Returns the server's private key.
     *
     * @return a PEM file, not encrypted
     */
    public Path serverKey() {
        return folder.resolve("server.key");
    }
}
