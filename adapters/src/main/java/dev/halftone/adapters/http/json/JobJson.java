package dev.halftone.adapters.http.json;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobState;
import dev.halftone.domain.storage.ObjectKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The status of a job.
///
/// @param progress 0 to 100, by stages
/// @param result once it is done
/// @param failure why it failed, or why its last attempt did
public record JobJson(
        String jobId,
        String imageId,
        String status,
        int progress,
        int attempts,
        @Nullable VariantJson result,
        @Nullable FailureJson failure,
        String createdAt,
        @Nullable String startedAt,
        String updatedAt,
        @Nullable String finishedAt,
        Links.OfJob links) {

    /// @param willRetry whether another attempt follows
    public record FailureJson(String code, String detail, String advice, boolean willRetry) {
        static FailureJson of(Failure failure, boolean willRetry) {
            return new FailureJson(
                    failure.code().wire(), failure.detail(), failure.code().advice(), willRetry);
        }
    }

    /// @param address where the world finds an output
    public static JobJson of(Job job, Links links, Function<ObjectKey, String> address) {
        return new JobJson(
                job.id().toString(),
                job.asset().toString(),
                job.state().wire(),
                job.progress(),
                job.attempts(),
                job.result().map(variant -> VariantJson.of(variant, address)).orElse(null),
                job.failure()
                        .map(failure -> FailureJson.of(failure, job.state() != JobState.FAILED))
                        .orElse(null),
                Json.instant(job.created()),
                job.started().map(Json::instant).orElse(null),
                Json.instant(job.updated()),
                job.finished().map(Json::instant).orElse(null),
                links.of(job.id(), job.asset()));
    }
}
