package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    private static boolean covers(String list, String host, int port, String address) {
        return AllowList.parse(list).covers(host, port, FakeNetwork.address(address));
    }

    @Test
    void coversHostsByName() {
        assertTrue(covers("wiki.lan", "wiki.lan", 8080, "10.0.0.1"));
        assertTrue(covers("Wiki.LAN.", "wiki.lan", 80, "10.0.0.1"));
        assertTrue(covers("wiki.lan", "wiki.lan.", 80, "10.0.0.1"));
        assertFalse(covers("wiki.lan", "evil.wiki.lan", 80, "10.0.0.1"));
        assertFalse(covers("wiki.lan", "wiki.lan.evil.org", 80, "10.0.0.1"));
        assertTrue(covers("bücher.example", "xn--bcher-kva.example", 80, "10.0.0.1"));
    }

    @Test
    void coversNetworksWhateverTheNameIs() {
        assertTrue(covers("10.1.0.0/16", "anything.example", 80, "10.1.255.255"));
        assertFalse(covers("10.1.0.0/16", "anything.example", 80, "10.2.0.0"));
        assertTrue(covers("192.168.7.9", "a.example", 80, "192.168.7.9"));
        assertFalse(covers("192.168.7.9", "a.example", 80, "192.168.7.8"));
        assertTrue(covers("fd00::/8", "a.example", 80, "fd12::1"));
        assertFalse(covers("fd00::/8", "a.example", 80, "10.0.0.1"));
        assertTrue(covers("0.0.0.0/0", "a.example", 80, "10.0.0.1"));
        assertTrue(covers("10.0.0.0/9", "a.example", 80, "10.127.0.1"));
        assertFalse(covers("10.0.0.0/9", "a.example", 80, "10.128.0.1"));
    }

    @Test
    void portRestrictsAnEntry() {
        assertTrue(covers("wiki.lan:8080", "wiki.lan", 8080, "10.0.0.1"));
        assertFalse(covers("wiki.lan:8080", "wiki.lan", 8081, "10.0.0.1"));
        assertTrue(covers("10.0.0.0/8:8080", "x", 8080, "10.0.0.1"));
        assertFalse(covers("10.0.0.0/8:8080", "x", 80, "10.0.0.1"));
        assertTrue(covers("[fd00::/8]:8080", "x", 8080, "fd00::1"));
        assertFalse(covers("[fd00::/8]:8080", "x", 80, "fd00::1"));
        assertTrue(covers("[fd00::1]", "x", 80, "fd00::1"));
    }

    @Test
    void coversNothingIfEmpty() {
        assertEquals(AllowList.NOTHING, AllowList.parse(" , "));
        assertFalse(covers("", "localhost", 80, "127.0.0.1"));
    }

    @Test
    void isWrittenAsItIsRead() {
        String text = "wiki.lan:8080,10.1.0.0/16,192.168.7.9,[fd00:0:0:0:0:0:0:0/8]:8443";
        assertEquals(text, AllowList.parse(text).toString());
        assertEquals(
                AllowList.parse(text), AllowList.parse(AllowList.parse(text).toString()));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33, 0 to 32", "fd00::/129, 0 to 128", "10.0.0.0/x, 0 to 32", "wiki.lan:0, nearest is 1"})
    void namesTheNearestValid(String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> AllowList.parse("good.lan," + text))
                .getMessage();
        assertTrue(message.contains("'" + text + "'") && message.contains(expected), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://wiki.lan",
                "wiki lan",
                "*.lan",
                "wiki.lan/8",
                "10.0.0/8",
                "wiki.lan:http",
                "[::1",
                "a..b",
                "-a",
                "wiki.lan:70000"
            })
    void refusesWhatIsNeitherHostNorNetwork(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> AllowList.parse(text))
                .getMessage();
        assertTrue(message.startsWith("has the entry '" + text + "'"), message);
    }
}
