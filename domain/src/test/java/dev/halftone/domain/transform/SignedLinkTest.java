package dev.halftone.domain.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedLinkTest {
    private static final String PATH = "/images/0123456789abcdefghjkmnpqrs";
    private final SignedLink link = new SignedLink("a key that nobody knows");
    private final TransformReader reader =
            new TransformReader(new TransformRules(Presets.NONE, false, Set.of(ImageFormat.JPEG)));

    private boolean isSigned(String path, String rawQuery) {
        return link.isSigned(path, rawQuery, reader.read(rawQuery));
    }

    private static String query(String address) {
        return address.substring(address.indexOf('?') + 1);
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("a key that nobody knows".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isAnHmacOverPathAndSortedQuery() throws Exception {
        assertThat(link.sign(PATH, "w=300&expires=9&h=200", Optional.empty()))
                .isEqualTo(PATH + "?w=300&expires=9&h=200&s=" + hmac(PATH + "?expires=9&h=200&w=300"));
        assertThat(link.sign(PATH, "mark-pad=2&mark=0123456789abcdefghjkmnpqrs", Optional.empty()))
                .endsWith("&s=" + hmac(PATH + "?mark=0123456789abcdefghjkmnpqrs&mark-pad=2"));
        assertThat(link.sign(PATH, "", Optional.empty())).isEqualTo(PATH + "?s=" + hmac(PATH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "w=300", "q=75&w=300&fit=max", "txt=a%20b&w=3", "rect=0,0,10,10&dl=a%2Fb.jpg"})
    void holdsForWhatWasSigned(String rawQuery) {
        String signed = query(link.sign(PATH, rawQuery, Optional.of(Instant.ofEpochSecond(1_900_000_000))));

        assertThat(isSigned(PATH, signed)).isTrue();
        assertThat(isSigned(PATH + "x", signed)).isFalse();
        assertThat(isSigned(PATH, signed + "&blur=10")).isFalse();
        assertThat(isSigned(PATH, signed.replace("1900000000", "1900000001"))).isFalse();
        assertThat(new SignedLink("another key").isSigned(PATH, signed, reader.read(signed)))
                .isFalse();
    }

    @Test
    void holdsInAnyOrder() {
        String signature = link.sign(PATH, "w=300&h=200&q=75", Optional.empty()).split("[&?]s=")[1];

        assertThat(isSigned(PATH, "s=" + signature + "&q=75&h=200&w=300")).isTrue();
    }

    @Test
    void holdsForEverySpellingOfASignedCanonicalForm() {
        String signature =
                link.sign(PATH, "expires=99&h=200&w=300", Optional.empty()).split("[&?]s=")[1];

        assertThat(isSigned(PATH, "width=300&height=200&q=75&expires=99&s=" + signature))
                .isTrue();
        assertThat(isSigned(PATH, "width=301&height=200&q=75&expires=99&s=" + signature))
                .isFalse();
        assertThat(isSigned(PATH, "width=300&height=200&q=75&s=" + signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"w=300", "w=300&s=", "w=300&s=abc", "w=300&s=%C3%A9"})
    void refusesWhatIsNotSigned(String rawQuery) {
        assertThat(isSigned(PATH, rawQuery)).isFalse();
    }

    @Test
    void replacesAnOlderSignature() {
        String once = link.sign(PATH, "w=300", Optional.of(Instant.ofEpochSecond(5)));

        assertThat(link.sign(PATH, query(once), Optional.of(Instant.ofEpochSecond(7))))
                .isEqualTo(link.sign(PATH, "w=300", Optional.of(Instant.ofEpochSecond(7))));
    }
}
