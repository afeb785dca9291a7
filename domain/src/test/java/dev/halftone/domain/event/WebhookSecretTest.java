package dev.halftone.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    @Test
    void makesADifferentKeyOf32BytesEachTime() {
        SecureRandom random = new SecureRandom();
        WebhookSecret one = WebhookSecret.random(random);
        assertThat(one.text()).startsWith("whsec_");
        assertThat(one.key()).hasSize(32);
        assertThat(WebhookSecret.random(random)).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void refusesKeysThatTheStandardForbids(int bytes) {
        String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSecret(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64 at all, this!"})
    void refusesOtherFormsWithoutRepeatingThem(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookSecret(text))
                .withMessageContaining("whsec_")
                .withMessageNotContaining("MfKQ")
                .withMessageNotContaining("at all");
    }

    @Test
    void hidesTheKeyFromLogs() {
        assertThat(new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).hasToString("whsec_***");
    }
}
