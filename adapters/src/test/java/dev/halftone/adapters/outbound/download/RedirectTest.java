package dev.halftone.adapters.outbound.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.source.SourceUrl;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    private static final SourceUrl FROM = parsed("https://a.example:8443/one/two/x.jpg?w=1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://b.example/y.jpg|https://b.example/y.jpg",
                "http://b.example/y.jpg|http://b.example/y.jpg",
                "HTTPS://B.example/y.jpg|https://b.example/y.jpg",
                "//b.example/y.jpg|https://b.example/y.jpg",
                "/y.jpg|https://a.example:8443/y.jpg",
                "/y.jpg?u=http://c.example/|https://a.example:8443/y.jpg?u=http://c.example/",
                "y.jpg|https://a.example:8443/one/two/y.jpg",
                "./y.jpg|https://a.example:8443/one/two/y.jpg",
                "../y.jpg|https://a.example:8443/one/y.jpg",
                "../../../../y.jpg|https://a.example:8443/y.jpg",
                "a//b/./c/../y.jpg|https://a.example:8443/one/two/a//b/y.jpg",
                "..|https://a.example:8443/one/",
                ".|https://a.example:8443/one/two/",
                "y.jpg?a=../b|https://a.example:8443/one/two/y.jpg?a=../b",
                "?w=2|https://a.example:8443/one/two/x.jpg?w=2",
                "#top|https://a.example:8443/one/two/x.jpg",
                "a b.jpg|https://a.example:8443/one/two/a%20b.jpg",
            })
    void leadsWhereTheStandardSays(String location, String target) {
        assertThat(Redirect.follow(FROM, location)).hasToString(target);
    }

    @Test
    void readsLettersBeyondAsciiAsUtf8() {
        String raw = new String("/groß.jpg".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(Redirect.follow(FROM, raw)).hasToString("https://a.example:8443/gro%C3%9F.jpg");
        assertThat(Redirect.follow(FROM, "/gro\u00df.jpg")).hasToString("https://a.example:8443/gro%C3%9F.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://a.example/x.jpg",
                "data:image/png;base64,AAAA",
                "javascript:alert(1)",
                "http://user:hunter2@b.example/",
                "http://127.1/",
                "http:///x.jpg",
                "//",
                "http://b.example:0/",
                "/\\b.example/",
            })
    void refusesWhatNoCsvMayHoldEither(String location) {
        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> Redirect.follow(FROM, location))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(FailureCode.INVALID_URL))
                .satisfies(e ->
                        assertThat(e.failure().detail()).contains("redirects").doesNotContain("hunter2"));
    }

    private static SourceUrl parsed(String url) {
        return ((SourceUrl.Parsed.Valid) SourceUrl.parse(url)).url();
    }
}
