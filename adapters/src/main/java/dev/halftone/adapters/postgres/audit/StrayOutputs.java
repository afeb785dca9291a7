package dev.halftone.adapters.postgres.audit;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.stock.ObjectOwner;
import dev.halftone.domain.storage.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Outputs, and uploads, that no row names. Every write about a batch's items holds the batch's row, and of a batch
/// that has ended nothing is written unless a retry opens it again. A retry runs what failed, so these items get
/// another name here: what they store then is another object.
final class StrayOutputs {
    /// A name that is too long to be made longer gives way to row and position.
    private static final String RENAME = """
            with failed as (
              select ordinal,
                     lpad((row_index + 1)::text, greatest(6, length((row_index + 1)::text)), '0') || '-'
                       || lpad(position::text, greatest(3, length(position::text)), '0') as place, name
                from item where batch = :batch and first_ordinal is null and state = 'failed')
            update item i
               set name = case when f.name is null or f.name ~ '[^/]{110}' then f.place else f.name end
                          || '.' || substr(public_id(), 2, 10)
              from failed f
             where i.batch = :batch and i.ordinal = f.ordinal and coalesce(f.name, f.place) = any(:stems)
            """;

    private record Batch(long key, ObjectKey upload, boolean hasEnded, boolean isLeaving) {}

    private StrayOutputs() {}

    /// @param keys of one batch
    static List<ObjectKey> condemn(Handle handle, BatchId id, List<ObjectKey> keys) {
        Optional<Batch> batch = handle.createQuery("""
                        select key, upload, finished is not null, deleted is not null
                          from batch where id = :id for no key update
                        """)
                .bind("id", id.toString())
                .map((row, context) -> new Batch(
                        row.getLong(1), new ObjectKey(row.getString(2)), row.getBoolean(3), row.getBoolean(4)))
                .findOne();
        if (batch.isEmpty()) {
            return SweptIds.add(handle, id.toString()) ? keys : List.of();
        }
        return batch.get().hasEnded() && !batch.get().isLeaving() ? condemn(handle, batch.get(), keys) : List.of();
    }

    private static List<ObjectKey> condemn(Handle handle, Batch batch, List<ObjectKey> keys) {
        handle.execute("set local enable_nestloop = off");
        List<ObjectKey> strays = new ArrayList<>(UnnamedKeys.ofItems(handle, batch.key(), keys));
        strays.remove(batch.upload());
        if (!strays.isEmpty()) {
            handle.createUpdate(RENAME)
                    .bind("batch", batch.key())
                    .bindArray(
                            "stems",
                            String.class,
                            strays.stream()
                                    .flatMap(key -> stem(key).stream())
                                    .distinct()
                                    .toList())
                    .execute();
        }
        return strays;
    }

    private static Optional<String> stem(ObjectKey key) {
        return ObjectOwner.of(key) instanceof ObjectOwner.OfBatch output ? output.stem() : Optional.empty();
    }
}
