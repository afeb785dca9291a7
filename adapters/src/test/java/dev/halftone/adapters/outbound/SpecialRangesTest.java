package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.network.IpAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialRangesTest {

    /// Each range with its first and last address and the neighbours on both sides, written out by hand.
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 0.0.0.0, 0.255.255.255, 1.0.0.0",
                "9.255.255.255, 10.0.0.0, 10.255.255.255, 11.0.0.0",
                "100.63.255.255, 100.64.0.0, 100.127.255.255, 100.128.0.0",
                "126.255.255.255, 127.0.0.0, 127.255.255.255, 128.0.0.0",
                "168.63.129.15, 168.63.129.16, 168.63.129.16, 168.63.129.17",
                "169.253.255.255, 169.254.0.0, 169.254.255.255, 169.255.0.0",
                "172.15.255.255, 172.16.0.0, 172.31.255.255, 172.32.0.0",
                "191.255.255.255, 192.0.0.0, 192.0.0.255, 192.0.1.0",
                "192.0.1.255, 192.0.2.0, 192.0.2.255, 192.0.3.0",
                "192.31.195.255, 192.31.196.0, 192.31.196.255, 192.31.197.0",
                "192.52.192.255, 192.52.193.0, 192.52.193.255, 192.52.194.0",
                "192.88.98.255, 192.88.99.0, 192.88.99.255, 192.88.100.0",
                "192.167.255.255, 192.168.0.0, 192.168.255.255, 192.169.0.0",
                "192.175.47.255, 192.175.48.0, 192.175.48.255, 192.175.49.0",
                "198.17.255.255, 198.18.0.0, 198.19.255.255, 198.20.0.0",
                "198.51.99.255, 198.51.100.0, 198.51.100.255, 198.51.101.0",
                "203.0.112.255, 203.0.113.0, 203.0.113.255, 203.0.114.0",
                "223.255.255.255, 224.0.0.0, 255.255.255.255, -",
                "-, ::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2000::",
                "2000:ffff::, 2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::",
                "2001:db7:ffff::, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
                "2001:ffff::, 2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::",
                "2620:4f:7fff::, 2620:4f:8000::, 2620:4f:8000:ffff:ffff:ffff:ffff:ffff, 2620:4f:8001::",
                "3ffe:ffff::, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
                "3fff:ffff::, 4000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -",
            })
    void beginsAndEndsWhereTheRegistrySays(String before, String first, String last, String after) {
        assertThat(special(first)).isTrue();
        assertThat(special(last)).isTrue();
        for (String outside : List.of(before == null ? "8.8.8.8" : before, after == null ? "8.8.8.8" : after)) {
            assertThat(special(outside)).as(outside).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:8.8.8.8",
                "::ffff:0:127.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::10.0.0.1",
                "2002:7f00:1::",
                "2001::80ff:fffe",
                "2600::5efe:10.0.0.1",
                "2600::200:5efe:10.0.0.1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "5f00::1",
            })
    void knowsEveryWayToHideAPrivateAddress(String address) {
        assertThat(special(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "198.51.101.10",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2600::5eff:10.0.0.1",
                "2a00:1450::1"
            })
    void letsPublicAddressesPass(String address) {
        assertThat(special(address)).isFalse();
    }

    @Test
    void deniesEveryEmbeddingOfEveryAddress() {
        Random random = new Random(20261121);
        for (int i = 0; i < 2_000; i++) {
            int quad = random.nextInt();
            String hex = "%x:%x".formatted(quad >>> 16, quad & 0xffff);
            String inverted = "%x:%x".formatted(~quad >>> 16, ~quad & 0xffff);
            int network = random.nextInt(0x10000);
            assertThat(List.of(
                            "::" + hex,
                            "::ffff:" + hex,
                            "64:ff9b::" + hex,
                            "2002:" + hex + "::%x".formatted(network),
                            "2001:0:%x:1:0:0:".formatted(network) + inverted,
                            "2600:%x::5efe:".formatted(network) + hex,
                            "2a00:%x::200:5efe:".formatted(network) + hex))
                    .allMatch(SpecialRangesTest::special);
        }
    }

    private static boolean special(String address) {
        return SpecialRanges.contains(IpAddress.parse(address).orElseThrow());
    }
}
