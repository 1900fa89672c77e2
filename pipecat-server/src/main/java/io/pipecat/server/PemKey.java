package io.pipecat.server;

import io.pipecat.api.http.ListenException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a private key in PEM. The JDK takes PKCS#8 only; the older forms of RSA (PKCS#1, RFC 8017 A.1.2) and elliptic curves
 * (SEC 1, RFC 5915) are what many a tool still writes, so they are wrapped into it.
 */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private static final byte[] VERSION_0 = {2, 1, 0};
    /** rsaEncryption with NULL parameters. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** id-ecPublicKey. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    /** [0], where RFC 5915 has the curve. */
    private static final int CURVE = 0xa0;

    private static final String ADVICE = " Convert it by: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW";

    private PemKey() {}

    static PrivateKey read(Path file) throws ListenException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ListenException("ssl_keyfile: " + file + " cannot be read: " + e + ".", e);
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            boolean encrypted = text.contains("ENCRYPTED");
            throw problem(file, encrypted ? "is protected by a password." : "holds no private key in PEM.");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return key(
                    switch (block.group(1)) {
                        case "PRIVATE KEY" -> der;
                        case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
                        case "EC PRIVATE KEY" -> pkcs8(wrap(SEQUENCE, EC, curve(der, file)), der);
                        case "ENCRYPTED PRIVATE KEY" -> throw problem(file, "is protected by a password.");
                        default -> throw problem(file, "is a " + block.group(1) + ", which is not understood.");
                    },
                    file);
        } catch (IllegalArgumentException e) {
            throw new ListenException("ssl_keyfile: " + file + " is damaged: " + e.getMessage() + ".", e);
        }
    }

    private static ListenException problem(Path file, String what) {
        return new ListenException("ssl_keyfile: " + file + " " + what + ADVICE, null);
    }

    private static PrivateKey key(byte[] pkcs8, Path file) throws ListenException {
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(pkcs8, algorithm, file);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw problem(file, "holds no RSA, EC or Ed25519 key.");
    }

    private static Optional<PrivateKey> key(byte[] pkcs8, String algorithm, Path file) throws ListenException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new ListenException("ssl_keyfile: " + file + ": this Java knows no " + algorithm + " keys.", e);
        }
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return wrap(SEQUENCE, VERSION_0, algorithm, wrap(OCTETS, key));
    }

    private static byte[] wrap(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = body.size();
        if (length >= 0x80) {
            int bytes = length > 0xff ? 2 : 1;
            out.write(0x80 | bytes);
            if (bytes == 2) {
                out.write(length >> 8);
            }
        }
        out.write(length);
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    /** Skips version and key in ECPrivateKey; what follows is the curve's name. */
    private static byte[] curve(byte[] der, Path file) throws ListenException {
        int at = content(der, 0);
        while (at < der.length && (der[at] & 0xff) != CURVE) {
            at = content(der, at) + length(der, at);
        }
        if (at >= der.length) {
            throw problem(file, "does not name its curve.");
        }
        int start = content(der, at);
        if (start > der.length) {
            throw new IllegalArgumentException("it ends too early");
        }
        return Arrays.copyOfRange(der, start, start + length(der, at));
    }

    private static int content(byte[] der, int at) {
        int first = byteAt(der, at + 1);
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = byteAt(der, at + 1);
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f) && i < 3; i++) {
            length = length << 8 | byteAt(der, at + 2 + i);
        }
        return length;
    }

    private static int byteAt(byte[] der, int at) {
        if (at >= der.length) {
            throw new IllegalArgumentException("it ends too early");
        }
        return der[at] & 0xff;
    }
}
