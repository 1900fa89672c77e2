package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.SettingsException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where answers may be sent. */
class AllowlistTest {
    @ParameterizedTest
    @CsvSource({
        "a.example, http://a.example/x, true",
        "a.example, https://a.example:9000/, true",
        "a.example, http://b.a.example/, false",
        "a.example:9000, http://a.example:9000/, true",
        "a.example:9000, http://a.example/, false",
        "https://a.example, https://A.example/, true",
        "https://a.example, http://a.example/, false",
        "https://a.example, https://a.example:8443/, false",
        "10.0.0.0/8, http://10.9.8.7:1/, true",
        "10.0.0.0/8, http://11.0.0.1/, false",
        "10.1.2.3, http://10.1.2.3:99/, true",
        "10.1.2.3:99, http://10.1.2.3:98/, false",
        "fd00::/8, http://[fd00::1]/, true"
    })
    void places(String entry, String url, boolean named) throws Exception {
        assertEquals(named, new Allowlist(List.of(entry)).names(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00::1",
                "224.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::"
            })
    void anAddressInsideMustBeListedAsOne(String address) throws Exception {
        URI url = URI.create("http://a.example/");
        InetAddress inside = InetAddress.getByName(address);
        assertFalse(new Allowlist(List.of("a.example")).takes(url, inside));
        assertTrue(new Allowlist(List.of("a.example", address)).takes(url, inside));
        assertTrue(new Allowlist(List.of("a.example")).takes(url, InetAddress.getByName("198.41.0.4")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "ftp://a.example", "a b", "http://a.example/path", "300.1.1.1/8", ""})
    void whatIsNoneOfThemIsRefused(String entry) {
        SettingsException e = assertThrows(SettingsException.class, () -> new Allowlist(List.of(entry)));
        assertTrue(e.getMessage().contains("callback_allowlist"), e.getMessage());
    }

    @Test
    void nothingListedIsNowhere() throws Exception {
        assertFalse(new Allowlist(List.of()).names(URI.create("http://198.41.0.4/")));
    }
}
