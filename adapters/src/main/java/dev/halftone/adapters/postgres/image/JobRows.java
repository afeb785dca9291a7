package dev.halftone.adapters.postgres.image;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows of jobs as the domain's records.
final class JobRows {

    /// A job with its result, once it is done.
    static final String SELECT = """
            select j.id as job, a.id as asset, j.pipeline as steps, j.state, j.progress, j.attempts, j.code, j.detail,
                   j.created as submitted, j.updated, j.started, j.finished, %s
              from job j
              join asset a on a.key = j.asset
              left join variant v on v.asset = j.asset and v.pipeline = j.pipeline_hash and j.state = 'done'
            """.formatted(JdbiVariantStore.COLUMNS);

    private JobRows() {}

    static Job job(ResultSet row) throws SQLException {
        AssetId asset = AssetId.of(row.getString("asset"));
        boolean hasResult = row.getString("object_key") != null;
        return new Job(
                JobId.of(row.getString("job")),
                asset,
                FactsJson.pipeline(row.getString("steps")),
                JobState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("progress"),
                row.getInt("attempts"),
                hasResult ? Optional.of(JdbiVariantStore.variant(asset, row)) : Optional.empty(),
                failure(row),
                row.getTimestamp("submitted").toInstant(),
                row.getTimestamp("updated").toInstant(),
                instant(row.getTimestamp("started")),
                instant(row.getTimestamp("finished")));
    }

    private static Optional<Failure> failure(ResultSet row) throws SQLException {
        String detail = row.getString("detail");
        return Optional.ofNullable(row.getString("code"))
                .flatMap(FailureCode::ofWire)
                .map(code -> Failure.of(code, detail == null ? "" : detail));
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }
}
