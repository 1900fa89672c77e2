package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "127.255.255.254, loopback",
        "::1, loopback",
        "10.0.0.1, private",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.168.1.1, private",
        "fc00::1, private",
        "fdff::1, private",
        "fec0::1, private",
        "169.254.169.254, link-local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "100.64.0.1, CGNAT",
        "100.127.255.255, CGNAT",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "ff02::1, multicast",
        "255.255.255.255, broadcast",
        "240.0.0.1, reserved",
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "192.0.0.8, reserved",
        "192.0.2.1, documentation",
        "198.51.100.1, documentation",
        "203.0.113.1, documentation",
        "2001:db8::1, documentation",
        "3fff::1, documentation",
        "198.18.0.1, benchmarks",
        "198.19.255.255, benchmarks",
        "2001::1, reserved",
        "2002:7f00:1::1, reserved",
        "100::1, reserved",
        "4000::1, reserved",
        "::7f00:1, reserved",
        "64:ff9b::7f00:1, loopback",
        "64:ff9b::a00:1, private",
        "64:ff9b:1::1, reserved"
    })
    void tellsWhatIsNotPublic(String address, String kind) {
        Optional<String> found = SpecialAddresses.kind(FakeNetwork.address(address));
        assertTrue(found.orElse("public").contains(kind), address + ": " + found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00::1",
                "2001:200::1",
                "64:ff9b::101:101"
            })
    void takesPublicOnes(String address) {
        assertEquals(Optional.empty(), SpecialAddresses.kind(FakeNetwork.address(address)));
    }

    @Test
    void doesNotFallForIpv4InTheClothesOfIpv6() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        InetAddress address = Inet6Address.getByAddress(null, mapped, 0);
        assertTrue(SpecialAddresses.kind(address).orElse("public").contains("IPv4"));
        assertTrue(SpecialAddresses.kind(FakeNetwork.address("::ffff:10.0.0.1")).isPresent());
    }
}
