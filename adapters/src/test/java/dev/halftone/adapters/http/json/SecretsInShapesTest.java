package dev.halftone.adapters.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.KeyStore;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.access.SecretToken;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.BatchProgress;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.event.WebhookSecret;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// A record that somebody logs shows no secret; the answer that hands it out does.
class SecretsInShapesTest {
    private final SecureRandom random = new SecureRandom();
    private final WebhookSecret secret = WebhookSecret.random(random);
    private final Batch batch = new Batch(
            BatchId.random(random),
            BatchState.PENDING,
            BatchOptions.DEFAULT,
            0,
            0,
            List.of(),
            new BatchProgress(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of()),
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Test
    void noRecordOfASubmissionSpellsOutItsSecret() {
        SubmitBatch.Result.Accepted accepted = new SubmitBatch.Result.Accepted(batch, Optional.of(secret), false);
        AcceptedJson shape = AcceptedJson.of(accepted, new Links(URI.create("https://images.example.test")));

        assertThat(Json.text(shape)).contains(secret.text());
        for (Object one : List.of(accepted, new BatchStore.Submitted.Stored(batch, Optional.of(secret)), shape)) {
            assertThat(one.toString()).doesNotContain(secret.text());
        }
    }

    @Test
    void noRecordOfAKeySpellsItOut() {
        SecretToken key = SecretToken.random(SecretToken.Kind.KEY, random);
        KeyStore.NewKey made = new KeyStore.NewKey("shop", Owner.LOCAL, key, OptionalInt.empty(), OptionalLong.empty());

        assertThat(made.toString() + key).doesNotContain(key.text().substring(12));
    }
}
