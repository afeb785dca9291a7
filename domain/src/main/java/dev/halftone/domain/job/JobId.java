package dev.halftone.domain.job;

import dev.halftone.domain.identity.PublicId;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The id of a job; `jobId` in the API.
public record JobId(PublicId id) {

    public static JobId random(RandomGenerator random) {
        return new JobId(PublicId.random(random));
    }

    public static JobId of(String value) {
        return new JobId(new PublicId(value));
    }

    public static Optional<JobId> parse(String text) {
        return PublicId.parse(text).map(JobId::new);
    }

    @Override
    public String toString() {
        return id.value();
    }
}
