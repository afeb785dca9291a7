package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchProgress;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.storage.ObjectKey;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows of batches and items as the domain's records.
final class BatchRows {

    static final String SELECT_BATCH = """
            select b.id, b.state, b.options, b.products, b.skipped_rows, b.assumptions,
                   b.total, b.pending, b.processing, b.completed, b.kept_original, b.failed, b.cancelled,
                   b.bytes_in, b.bytes_out, b.created, b.updated, b.started, b.finished, b.expires_at,
                   (select string_agg(f.code || '=' || f.items, ',') from batch_failure f where f.batch = b.key)
                       as failures
              from batch b
            """;

    /// An item with its row, and, where it repeats a URL, with the state of the item that answers for it. The
    /// limits make each a look-up by key: a batch that was just stored has no statistics, and the planner would
    /// take it for small and read all of it for each item.
    static final String SELECT_ITEMS = """
            select i.ordinal, i.row_index, r.line, r.product, i.position,
                   coalesce(i.url, p.url) as url, coalesce(i.state, p.state) as state,
                   case when p.ordinal is null then i.attempts else p.attempts end as attempts,
                   coalesce(i.outcome, p.outcome) as outcome, coalesce(i.code, p.code) as code,
                   coalesce(i.detail, p.detail) as detail, coalesce(i.object_key, p.object_key) as object_key,
                   coalesce(i.media_type, p.media_type) as media_type,
                   coalesce(i.width, p.width) as width, coalesce(i.height, p.height) as height,
                   coalesce(i.bytes_in, p.bytes_in) as bytes_in, coalesce(i.bytes_out, p.bytes_out) as bytes_out,
                   coalesce(i.notes, p.notes) as notes,
                   coalesce(i.renditions, p.renditions) as renditions
              from item i
              join lateral (select line, product from manifest_row r
                             where r.batch = i.batch and r.row_index = i.row_index limit 1) r on true
              left join lateral (select * from item f
                             where f.batch = i.batch and f.ordinal = i.first_ordinal limit 1) p on true
            """;

    private BatchRows() {}

    static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                BatchId.of(row.getString("id")),
                BatchState.ofWire(row.getString("state")).orElseThrow(),
                Json.options(row.getString("options")),
                row.getLong("products"),
                row.getLong("skipped_rows"),
                Json.assumptions(row.getString("assumptions")),
                new BatchProgress(
                        row.getLong("total"),
                        row.getLong("pending"),
                        row.getLong("processing"),
                        row.getLong("completed"),
                        row.getLong("kept_original"),
                        row.getLong("failed"),
                        row.getLong("cancelled"),
                        row.getLong("bytes_in"),
                        row.getLong("bytes_out"),
                        failures(row.getString("failures"))),
                row.getTimestamp("created").toInstant(),
                row.getTimestamp("updated").toInstant(),
                instant(row.getTimestamp("started")),
                instant(row.getTimestamp("finished")),
                instant(row.getTimestamp("expires_at")));
    }

    static ItemView item(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new ItemView(
                row.getInt("ordinal"),
                row.getInt("row_index"),
                row.getLong("line"),
                row.getString("product"),
                row.getInt("position"),
                row.getString("url"),
                ItemState.ofWire(row.getString("state")).orElseThrow(),
                outcome == null ? Optional.empty() : Optional.of(delivered(row, outcome)),
                Optional.ofNullable(row.getString("code")).flatMap(FailureCode::ofWire),
                Optional.ofNullable(row.getString("detail")),
                row.getInt("attempts"));
    }

    private static ItemView.Delivered delivered(ResultSet row, String outcome) throws SQLException {
        return new ItemView.Delivered(
                outcome,
                new ObjectKey(row.getString("object_key")),
                row.getString("media_type"),
                new PixelSize(row.getInt("width"), row.getInt("height")),
                row.getLong("bytes_in"),
                row.getLong("bytes_out"),
                notes(row.getArray("notes")),
                RenditionJson.read(row.getString("renditions")));
    }

    private static List<String> notes(@Nullable Array notes) throws SQLException {
        return notes == null ? List.of() : List.of((String[]) notes.getArray());
    }

    private static Map<FailureCode, Long> failures(@Nullable String listed) {
        Map<FailureCode, Long> failures = new EnumMap<>(FailureCode.class);
        if (listed != null) {
            for (String entry : listed.split(",")) {
                int equals = entry.indexOf('=');
                // A code of a newer version, seen by an older node, counts as what it is to that: unexpected.
                FailureCode code =
                        FailureCode.ofWire(entry.substring(0, equals)).orElse(FailureCode.INTERNAL);
                failures.merge(code, Long.parseLong(entry.substring(equals + 1)), Long::sum);
            }
        }
        return failures;
    }

    private static Optional<Instant> instant(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
    }
}
