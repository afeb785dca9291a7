package dev.halftone.domain.batch;

import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.identity.PublicId;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The id of a batch; `requestId` in the API.
public record BatchId(PublicId id) implements TurnOwner {

    public static BatchId random(RandomGenerator random) {
        return new BatchId(PublicId.random(random));
    }

    public static BatchId of(String value) {
        return new BatchId(new PublicId(value));
    }

    public static Optional<BatchId> parse(String text) {
        return PublicId.parse(text).map(BatchId::new);
    }

    @Override
    public String toString() {
        return id.value();
    }
}
