package dev.halftone.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTokenTest {
    private final SecretToken key = SecretToken.random(SecretToken.Kind.KEY, new SecureRandom());

    @Test
    void aKeyIs160BitsInCrockfordsBase32AfterItsPrefix() {
        assertThat(key.text()).matches("hft_[0-9a-hjkmnp-tv-z]{32}");
        assertThat(SecretToken.random(SecretToken.Kind.KEY, new SecureRandom()).text())
                .isNotEqualTo(key.text());
        assertThat(SecretToken.parse(SecretToken.Kind.KEY, key.text())).contains(key);
    }

    @Test
    void usesEveryBitOfTheRandomSource() {
        byte[] next = new byte[20];
        SecureRandom counting = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(next, 0, bytes, 0, bytes.length);
            }
        };
        java.util.Set<String> seen = new java.util.HashSet<>();
        for (int bit = 0; bit < 160; bit++) {
            java.util.Arrays.fill(next, (byte) 0);
            next[bit / 8] = (byte) (1 << bit % 8);
            seen.add(SecretToken.random(SecretToken.Kind.KEY, counting).text());
        }
        assertThat(seen).hasSize(160);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hft_",
                "hft_0",
                "HFT_00000000000000000000000000000000",
                "hft_0000000000000000000000000000000u"
            })
    void whatHasNotTheFormIsNoKey(String text) {
        assertThat(SecretToken.parse(SecretToken.Kind.KEY, text)).isEmpty();
    }

    @Test
    void neitherKindPassesForTheOther() {
        SecretToken session = SecretToken.random(SecretToken.Kind.SESSION, new SecureRandom());

        assertThat(SecretToken.parse(SecretToken.Kind.SESSION, key.text())).isEmpty();
        assertThat(SecretToken.parse(SecretToken.Kind.KEY, session.text())).isEmpty();
        assertThat(new SecretToken(SecretToken.Kind.SESSION, key.digits()).hash())
                .isNotEqualTo(key.hash());
    }

    @Test
    void isKnownByItsHashAndShownByItsBeginning() {
        assertThat(key.hash().isOf(key)).isTrue();
        assertThat(key.hash().isOf(SecretToken.random(SecretToken.Kind.KEY, new SecureRandom())))
                .isFalse();
        assertThat(key.hint()).hasSize(12).isEqualTo(key.text().substring(0, 12));
        assertThat(key.toString()).doesNotContain(key.text().substring(12));
    }

    /// `printf hft_00000000000000000000000000000000 | sha256sum`
    @Test
    void theHashIsSha256OfTheTextAsHandedOut() {
        assertThat(new SecretToken(SecretToken.Kind.KEY, "0".repeat(32)).hash().hex())
                .isEqualTo("355238e65af936f0d23a96ba88769112f54a60188de35b5cc8835e3b4872b2fb");
    }
}
