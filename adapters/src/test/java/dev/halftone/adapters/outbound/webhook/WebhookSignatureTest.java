package dev.halftone.adapters.outbound.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.event.WebhookSecret;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long AT = 1_614_265_330L;
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    /// The first is the standard's own; all were made by its reference library and by plain node:crypto as well.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "(empty)",
            value = {
                SECRET + "|" + ID + "|1614265330|" + BODY + "|" + SIGNATURE,
                SECRET + "|msg_2KWPBgLlAfxdpx2AI54pPJ85f4W|1674087231|{\"type\":\"contact.created\",\"timestamp\":"
                        + "\"2022-11-03T20:26:10.344522Z\",\"data\":{\"id\":\"1f81eb52-5198-4599-803e-771906343485\"}}"
                        + "|v1,ARw42xaAApl/nxRo+iPGYwSaMQaOwMo2eyH5JBRA+bQ=",
                OTHER + "|msg_halftone_utf8|1700000000|{\"type\":\"batch.completed\",\"data\":{\"name\":\"Käse ☕ 写真\"}}"
                        + "|v1,fcdkFUS080TP3sB+2KGDxIgmI2xQQaJfzInGqheiYSk=",
                OTHER + "|msg_halftone_empty|1700000001|(empty)|v1,j37cCqACruYD03eGXVOTK0hqT08+4wArSA21Lq4OgAA=",
            })
    void signsTheVectors(String secret, String id, long at, String body, String signature) {
        assertThat(sign(secret, id, at, body == null ? "" : body)).isEqualTo(signature);
    }

    @Test
    void changesWithEverythingItCovers() {
        assertThat(sign(SECRET, ID, AT, BODY)).isEqualTo(SIGNATURE);
        assertThat(sign(OTHER, ID, AT, BODY)).isNotEqualTo(SIGNATURE);
        assertThat(sign(SECRET, ID + "x", AT, BODY)).isNotEqualTo(SIGNATURE);
        assertThat(sign(SECRET, ID, AT - 1, BODY)).isNotEqualTo(SIGNATURE);
        assertThat(sign(SECRET, ID, AT + 1, BODY)).isNotEqualTo(SIGNATURE);
        assertThat(sign(SECRET, ID, AT, BODY + " ")).isNotEqualTo(SIGNATURE);
    }

    @Test
    void signsWithBothSecretsDuringARotation() {
        String header = WebhookSignature.header(
                List.of(new WebhookSecret(OTHER), new WebhookSecret(SECRET)), ID, Instant.ofEpochSecond(AT), BODY);
        assertThat(header.split(" ")).hasSize(2).contains(SIGNATURE);
    }

    private static String sign(String secret, String id, long at, String body) {
        return WebhookSignature.header(
                List.of(new WebhookSecret(secret)),
                id,
                Instant.ofEpochSecond(at).plusMillis(700),
                body);
    }
}
