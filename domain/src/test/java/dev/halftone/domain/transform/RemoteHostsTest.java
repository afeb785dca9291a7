package dev.halftone.domain.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.source.SourceUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteHostsTest {
    private final RemoteHosts hosts = RemoteHosts.parse("cdn.example.com, *.shop.test,local.test:8080,[::1]:9000");

    @ParameterizedTest
    @CsvSource({
        "https://cdn.example.com/a.jpg,true",
        "http://CDN.example.com:80/a.jpg,true",
        "https://cdn.example.com:8443/a.jpg,false",
        "https://a.cdn.example.com/a.jpg,false",
        "https://cdn.example.com.evil.test/a.jpg,false",
        "https://a.shop.test/a.jpg,true",
        "https://a.b.shop.test/a.jpg,true",
        "https://shop.test/a.jpg,false",
        "https://evilshop.test/a.jpg,false",
        "http://local.test:8080/a.jpg,true",
        "http://local.test/a.jpg,false",
        "http://[::1]:9000/a.jpg,true"
    })
    void allowWhatIsListed(String url, boolean allowed) {
        SourceUrl.Parsed.Valid parsed = (SourceUrl.Parsed.Valid) SourceUrl.parse(url);

        assertThat(hosts.allow(parsed.url())).isEqualTo(allowed);
    }

    @Test
    void areOffWithoutAnEntry() {
        assertThat(RemoteHosts.parse(" , ").isOff()).isTrue();
        assertThat(hosts.isOff()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example.com", "a/b", "*", "*.", "a b", "a.*.b"})
    void refuseWhatIsNoHost(String entry) {
        assertThatThrownBy(() -> RemoteHosts.parse("ok.test," + entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + entry + "' is not a host");
    }
}
