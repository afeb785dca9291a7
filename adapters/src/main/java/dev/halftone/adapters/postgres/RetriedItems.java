package dev.halftone.adapters.postgres;

import dev.halftone.domain.failure.FailureCode;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Moves failed items of a batch back to `pending`, as if never tried, with the batch's counters and its
/// failures by code. A batch that had ended is open again.
final class RetriedItems {
    private static final String MOVE = """
            with chosen as materialized (
              select batch, ordinal from item
               where batch = :batch and state = 'failed' and (:all or code = any(:codes))
               order by ordinal limit :most),
            moved as (
              update item i set state = 'pending', attempts = 0, crashes = 0, ended = null, waiting_since = null
                from chosen c
               where i.batch = c.batch and i.ordinal = c.ordinal
              returning i.ordinal, i.copies, i.code),
            by_code as (select code, sum(copies) as copies from moved group by code),
            fewer as (
              update batch_failure f set items = f.items - c.copies
                from by_code c
               where f.batch = :batch and f.code = c.code and f.items > c.copies),
            gone as (
              delete from batch_failure f using by_code c
               where f.batch = :batch and f.code = c.code and f.items = c.copies),
            counted as (
              update batch b
                 set failed = b.failed - m.copies, pending = b.pending + m.copies, updated = now(),
                     state = 'processing', finished = null, expires_at = null,
                     run = b.run + case when b.finished is null then 0 else 1 end
                from (select sum(copies) as copies from moved) m
               where b.key = :batch and m.copies is not null)
            select ordinal, copies from moved order by ordinal
            """;

    private RetriedItems() {}

    /// An item that waits again.
    record Retried(int ordinal, int copies) {}

    /// @param codes empty for all
    static List<Retried> move(Handle handle, long batch, Set<FailureCode> codes, int most) {
        return handle.createQuery(MOVE)
                .bind("batch", batch)
                .bind("all", codes.isEmpty())
                .bindArray(
                        "codes",
                        String.class,
                        codes.stream().map(FailureCode::wire).toList())
                .bind("most", most)
                .map((row, context) -> new Retried(row.getInt(1), row.getInt(2)))
                .list();
    }
}
