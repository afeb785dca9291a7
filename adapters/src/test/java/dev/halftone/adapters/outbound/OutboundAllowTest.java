package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.halftone.domain.network.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundAllowTest {

    @ParameterizedTest
    @CsvSource({
        "minio, minio, 9000, true",
        "minio:9000, minio, 9000, true",
        "minio:9000, minio, 9001, false",
        "MinIO, minio, 80, true",
        "images.internal., images.internal, 80, true",
        "bücher.example, xn--bcher-kva.example, 80, true",
        "my_bucket.lan, my_bucket.lan, 80, true",
        "*.example.com, a.example.com, 8080, true",
        "*.example.com, a.b.example.com, 8080, true",
        "*.example.com, example.com, 8080, false",
        "*.example.com, badexample.com, 8080, false",
        "*.example.com:81, a.example.com, 81, true",
        "*.example.com:81, a.example.com, 80, false",
        "minio, minio.example, 80, false",
    })
    void coversNames(String list, String host, int port, boolean covered) {
        assertThat(OutboundAllow.parse(list).covers(host, port)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 8899, true",
        "127.0.0.1:8899, 127.0.0.1, 8899, true",
        "127.0.0.1:8899, 127.0.0.1, 80, false",
        "127.0.0.1, 127.0.0.2, 80, false",
        "10.0.0.0/8, 10.9.8.7, 5000, true",
        "::1, ::1, 80, true",
        "[::1], ::1, 80, true",
        "[::1]:81, ::1, 81, true",
        "[::1]:81, ::1, 80, false",
        "fd00::/8, fd12::1, 80, true",
        "minio, 10.0.0.1, 80, false",
    })
    void coversAddresses(String list, String address, int port, boolean covered) {
        assertThat(OutboundAllow.parse(list).covers(IpAddress.parse(address).orElseThrow(), port))
                .isEqualTo(covered);
    }

    @Test
    void takesSeveralEntriesAndBlanks() {
        OutboundAllow allow = OutboundAllow.parse(" minio:9000 ,, 10.0.0.0/8,");
        assertThat(allow.covers("minio", 9000)).isTrue();
        assertThat(allow.covers(IpAddress.parse("10.0.0.1").orElseThrow(), 80)).isTrue();
    }

    @Test
    void opensNothingWhenEmpty() {
        assertThat(OutboundAllow.parse("").covers("minio", 80)).isFalse();
        assertThat(OutboundAllow.none().opensAddressesOn(80)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://minio",
                "minio/path",
                "10.0.0.0/33",
                "10.0.0/8",
                "127.1",
                "0177.0.0.1",
                "a b",
                "user@minio",
                "minio:0",
                "minio:99999",
                "minio:http",
                "*",
                "*.",
                "*.10.0.0.1",
                "a.*.example.com",
                "[::1",
                "::1%lo",
            })
    void namesTheEntryItCanNotRead(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutboundAllow.parse("good.example," + entry))
                .withMessageContaining("'" + entry + "'")
                .withMessageContaining("10.0.0.0/8");
    }
}
