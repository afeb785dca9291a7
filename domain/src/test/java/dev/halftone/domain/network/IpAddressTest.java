package dev.halftone.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "255.255.255.255, ffffffff",
        "192.0.2.1, c0000201",
        "::, 00000000000000000000000000000000",
        "::1, 00000000000000000000000000000001",
        "1::, 00010000000000000000000000000000",
        "2001:db8::ABCD:1, 20010db80000000000000000abcd0001",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "::2:3:4:5:6:7:8, 00000002000300040005000600070008",
        "::ffff:127.0.0.1, 00000000000000000000ffff7f000001",
        "64:ff9b::169.254.169.254, 0064ff9b0000000000000000a9fea9fe",
        "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
    })
    void readsCanonicalText(String text, String hex) {
        IpAddress address = IpAddress.parse(text).orElseThrow();
        assertThat(java.util.HexFormat.of().formatHex(address.bytes())).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "127.1",
                "127.0.0.01",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "256.0.0.1",
                "1.2.3.4.",
                "1.2.3.4.5",
                " 1.2.3.4",
                "1.2.3.-4",
                "localhost",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                ":1:2:3:4:5:6:7",
                "12345::",
                "g::",
                "::1%lo",
                "[::1]",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "+1::",
            })
    void readsNothingElse(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void readsAResolversAnswer() throws Exception {
        byte[] v6 = IpAddress.parse("2001:db8::1").orElseThrow().bytes();
        assertThat(IpAddress.of(InetAddress.getByAddress(v6))).isEqualTo(address("2001:db8::1"));
        assertThat(IpAddress.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) 200})))
                .isEqualTo(address("192.0.2.200"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.200, 192.0.2.200",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.200, 192.0.2.200",
        "::192.0.2.200, 0:0:0:0:0:0:c000:2c8",
    })
    void givesASocketTheSameAddress(String text, String dialled) {
        assertThat(address(text).inet().getHostAddress()).isEqualTo(dialled);
    }

    @Test
    void holdsNoMoreBitsThanAnAddressHas() {
        assertThatThrownBy(() -> new IpAddress(false, 0, 1L << 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpAddress(false, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.9.9.9/8, 10.0.0.0, true",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.8, false",
        "fc00::/7, fdff::1, true",
        "fc00::/7, fe00::, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    })
    void tellsWhatARangeHolds(String range, String address, boolean held) {
        assertThat(IpAddress.Range.parse(range).orElseThrow().contains(address(address)))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0/8", "::/129", "/8", "a/8"})
    void refusesRangesThatAreNone(String range) {
        assertThat(IpAddress.Range.parse(range)).isEmpty();
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
