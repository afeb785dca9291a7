package dev.halftone.domain.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cdn.example.com/photos/w_300,h_300,c_fill/sample.jpg",
                "http://cdn.example.com/photos/a%20b.jpg",
                "http://cdn.example.com//photos///x.jpg",
                "http://cdn.example.com/photos/../photos/x.jpg",
                "http://cdn.example.com/_next/image?url=%2F_next%2Fstatic%2Fmedia%2Flogo.png&w=1152&q=75",
                "https://my_bucket.s3.example.com:8443/a.jpg",
                "http://[2001:4860:4860::8888]/a.jpg",
                "http://[2001:db8::1]:8080/a.jpg",
                "http://192.0.2.1/a.jpg",
                "http://xn--bcher-kva.example/x.jpg",
                "http://img.example.com/a.jpg%0d%0aHost:%20evil",
            })
    void keepsAnAddressThatIsCanonical(String written) {
        assertThat(valid(written).url()).hasToString(written);
        assertThat(valid(written).repaired()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "HTTP://CDN.Example.com/X.jpg http://cdn.example.com/X.jpg",
                "http://cdn.example.com./x.jpg http://cdn.example.com/x.jpg",
                "http://cdn.example.com http://cdn.example.com/",
                "http://cdn.example.com?w=1 http://cdn.example.com/?w=1",
                "http://cdn.example.com:0080/x.jpg http://cdn.example.com:80/x.jpg",
                "http://cdn.example.com:/x.jpg http://cdn.example.com/x.jpg",
                "http://cdn.example.com/x.jpg#frag,ment http://cdn.example.com/x.jpg",
                "http://127.0.0.1#@img.example.com/a.jpg http://127.0.0.1/",
                "http://bücher.example/x.jpg http://xn--bcher-kva.example/x.jpg",
            })
    void writesOneFormOfWhatMeansTheSame(String written, String dialled) {
        assertThat(valid(written).url()).hasToString(dialled);
        assertThat(valid(written).repaired()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h.example/a b.jpg|http://h.example/a%20b.jpg",
                "http://h.example/(1)[2].jpg|http://h.example/(1)%5B2%5D.jpg",
                "http://h.example/Über-groß.jpg|http://h.example/%C3%9Cber-gro%C3%9F.jpg",
                "http://h.example/☕.jpg|http://h.example/%E2%98%95.jpg",
                "http://h.example/x.jpg?sig=a,b&w=100%|http://h.example/x.jpg?sig=a,b&w=100%25",
                "http://h.example/50%off.jpg|http://h.example/50%25off.jpg",
                "http://h.example/a\"<b>.jpg|http://h.example/a%22%3Cb%3E.jpg",
            })
    void repairsWhatNoAddressMayHold(String written, String dialled) {
        assertThat(valid(written).url()).hasToString(dialled);
        assertThat(valid(written).repaired()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/a.jpg",
                "http://0x7f000001/a.jpg",
                "http://0177.0.0.1/a.jpg",
                "http://127.1/a.jpg",
                "http://0/a.jpg",
                "http://00127.0.0.1/a.jpg",
                "http://256.256.256.256/a.jpg",
                "http://127.0.0.1./a.jpg",
                "http://1.2.3.4.5/a.jpg",
                "http://example.0x7f/a.jpg",
                "http://[::1%25lo]/a.jpg",
                "http://[::1%lo]/a.jpg",
                "http://[:::1]/a.jpg",
                "http://[1::2::3]/a.jpg",
                "http://[127.0.0.1]/a.jpg",
                "http://[::1/a.jpg",
                "http://[fe80::5efe:09.0.0.1]/a.jpg",
                "http://[::ffff:127.1]/a.jpg",
                "http://[::ffff:127.0.0.256]/a.jpg",
                "http://[::127.0.0.1:1]/a.jpg",
                "http://[1:2:3:4:5:6:7]/a.jpg",
                "http://[1:2:3:4:5:6:7::8]/a.jpg",
                "http://[12345::1]/a.jpg",
                "http://img.example.com@127.0.0.1/a.jpg",
                "http://127.0.0.1:80@img.example.com/a.jpg",
                "http://127.0.0.1\\@img.example.com/a.jpg",
                "http:///127.0.0.1/a.jpg",
                "http:127.0.0.1/a.jpg",
                "http://%31%32%37.0.0.1/a.jpg",
                "http://①②⑦.⓪.⓪.①/a.jpg",
                "http://127.0.0.1\t.img.example.com/a.jpg",
                "http://img.example.com/a\r\nHost: evil",
                "http://img example.com/a.jpg",
                "http://-img.example.com/a.jpg",
                "http://img..example.com/a.jpg",
                "http://.example.com/a.jpg",
                "http://img.example.com../a.jpg",
                "http://./a.jpg",
                "http://img.example.com:22x/a.jpg",
                "http://img.example.com:0/a.jpg",
                "http://img.example.com:65536/a.jpg",
                "http://h.example/\ud800.jpg",
                "//127.0.0.1/a.jpg",
                "/a.jpg",
                "a.jpg",
                "",
                "file:///etc/passwd",
                "gopher://127.0.0.1:5432/_x",
                "ftp://img.example.com/a.jpg",
                "data:image/png;base64,iVBORw0KGgo=",
                "javascript:alert(1)",
            })
    void refusesWhatProgramsReadDifferently(String written) {
        assertThat(SourceUrl.parse(written)).isInstanceOf(SourceUrl.Parsed.Invalid.class);
    }

    @Test
    void refusesAPasswordWithoutRepeatingIt() {
        assertThat(invalid("http://user:hunter2@cdn.example.com/x.jpg").reason())
                .contains("user name or password")
                .doesNotContain("hunter2");
    }

    @Test
    void takesAddressesUpToItsLimitAndNamesIt() {
        String start = "http://cdn.example.com/";
        assertThat(SourceUrl.parse(start + "a".repeat(SourceUrl.MAX_LENGTH - start.length())))
                .isInstanceOf(SourceUrl.Parsed.Valid.class);
        assertThat(invalid(start + "a".repeat(SourceUrl.MAX_LENGTH)).reason()).contains("8192");
    }

    @Test
    void dropsTheSpaceAround() {
        assertThat(valid("  http://cdn.example.com/x.jpg\n").url()).hasToString("http://cdn.example.com/x.jpg");
    }

    @Test
    void tellsHostAndPortAsDialled() {
        assertThat(valid("https://a.example/").url().port()).isEqualTo(443);
        assertThat(valid("http://a.example/").url().port()).isEqualTo(80);
        assertThat(valid("http://[2001:db8::1]:8080/").url().port()).isEqualTo(8080);
        assertThat(valid("http://[2001:DB8::1]:8080/").url().host()).isEqualTo("[2001:db8::1]");
        assertThat(valid("http://my_bucket.example:81/").url().host()).isEqualTo("my_bucket.example");
    }

    @Test
    void isAFileOnlyWhereACallerMadeItOne() {
        SourceUrl file = SourceUrl.ofFile(Path.of("pictures", "a b.jpg"));
        assertThat(file.isFile()).isTrue();
        assertThat(file.host()).isEmpty();
        assertThat(file.port()).isEqualTo(-1);
    }

    private static SourceUrl.Parsed.Valid valid(String written) {
        return switch (SourceUrl.parse(written)) {
            case SourceUrl.Parsed.Valid valid -> valid;
            case SourceUrl.Parsed.Invalid invalid -> throw new AssertionError(written + ": " + invalid.reason());
        };
    }

    private static SourceUrl.Parsed.Invalid invalid(String written) {
        return switch (SourceUrl.parse(written)) {
            case SourceUrl.Parsed.Invalid invalid -> invalid;
            case SourceUrl.Parsed.Valid valid -> throw new AssertionError(written + " was read as " + valid.url());
        };
    }
}
