package dev.halftone.adapters.postgres;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemStore.Ended;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes the final outcomes of many items at once: the items that are still at the attempt they were run with,
/// the batch's counters and its failures by code, in one statement.
final class ItemOutcomes {
    /// The batch is a column of what is given, so that the planner's one good way is by both columns of the
    /// key: of a batch that was just stored it has no statistics, and would read all of it.
    private static final String WRITE = """
            with given as materialized (
              select :batch as batch, * from unnest(:ordinals, :fences, :states, :outcomes, :codes, :details, :keys, :mediaTypes,
                                   :widths, :heights, :bytesIn, :bytesOut, :hashes, :notes, :looks, :renditions)
                as g(ordinal, fence, state, outcome, code, detail, object_key, media_type,
                     width, height, bytes_in, bytes_out, hash, notes, look, renditions)),
            changed as (
              update item i
                 set state = g.state, ended = now(), outcome = g.outcome, code = g.code, detail = g.detail,
                     object_key = g.object_key, media_type = g.media_type, width = g.width, height = g.height,
                     bytes_in = g.bytes_in, bytes_out = g.bytes_out, sha256 = decode(g.hash, 'hex'),
                     notes = string_to_array(g.notes, e'\\n'), phash = g.look,
                     renditions = g.renditions::jsonb
                from given g
               where i.batch = g.batch and i.ordinal = g.ordinal and i.fence = g.fence and i.state = 'processing'
              returning i.copies, i.state, i.outcome, i.code, i.bytes_in, i.bytes_out),
            told as (
              insert into batch_failure (batch, code, items)
              select :batch, code, sum(copies) from changed where state = 'failed' group by code
              on conflict (batch, code) do update set items = batch_failure.items + excluded.items),
            summed as (
              select count(*) as rows, sum(copies) as copies,
                     coalesce(sum(copies) filter (where state = 'completed'), 0) as completed,
                     coalesce(sum(copies) filter (where outcome = 'kept_original'), 0) as kept,
                     coalesce(sum(copies) filter (where state = 'failed'), 0) as failed,
                     coalesce(sum(copies * bytes_in) filter (where state = 'completed'), 0) as bytes_in,
                     coalesce(sum(copies * bytes_out) filter (where state = 'completed'), 0) as bytes_out
                from changed),
            counted as (
              update batch b
                 set processing = b.processing - s.copies, completed = b.completed + s.completed,
                     kept_original = b.kept_original + s.kept, failed = b.failed + s.failed,
                     bytes_in = b.bytes_in + s.bytes_in, bytes_out = b.bytes_out + s.bytes_out, updated = now()
                from summed s
               where b.key = :batch and s.rows > 0)
            select rows from summed
            """;

    private ItemOutcomes() {}

    /// How many items were changed.
    static int write(Handle handle, long batch, List<Ended> ended) {
        return handle.createQuery(WRITE)
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, each(ended, e -> e.item().ordinal()))
                .bindArray("fences", Integer.class, each(ended, e -> e.item().attempt()))
                .bindArray("states", String.class, each(ended, e -> switch (e.outcome()) {
                    case ItemOutcome.Delivered delivered -> "completed";
                    case ItemOutcome.Failed failed -> "failed";
                    case ItemOutcome.Deferred deferred -> throw notAnEnd();
                }))
                .bindArray("outcomes", String.class, delivered(ended, ItemOutcome.Delivered::wire))
                .bindArray(
                        "codes",
                        String.class,
                        failed(ended, failure -> failure.code().wire()))
                .bindArray("details", String.class, failed(ended, FailureText::of))
                .bindArray(
                        "keys",
                        String.class,
                        delivered(ended, d -> d.output().key().value()))
                .bindArray(
                        "mediaTypes",
                        String.class,
                        delivered(ended, d -> d.output().format().mediaType()))
                .bindArray(
                        "widths",
                        Integer.class,
                        delivered(ended, d -> d.output().size().width()))
                .bindArray(
                        "heights",
                        Integer.class,
                        delivered(ended, d -> d.output().size().height()))
                .bindArray("bytesIn", Long.class, delivered(ended, ItemOutcome.Delivered::bytesIn))
                .bindArray(
                        "bytesOut", Long.class, delivered(ended, d -> d.output().bytes()))
                .bindArray(
                        "hashes",
                        String.class,
                        delivered(ended, d -> d.output().hash().hex()))
                .bindArray("notes", String.class, delivered(ended, ItemOutcomes::notes))
                .bindArray("looks", Long.class, delivered(ended, ItemOutcomes::look))
                .bindArray("renditions", String.class, delivered(ended, d -> RenditionJson.of(d.renditions())))
                .mapTo(Integer.class)
                .one();
    }

    private static @Nullable String notes(ItemOutcome.Delivered delivered) {
        List<String> notes = delivered.output().notes();
        return notes.isEmpty() ? null : String.join("\n", notes);
    }

    private static @Nullable Long look(ItemOutcome.Delivered delivered) {
        return delivered.output().look().map(PerceptualHash::bits).orElse(null);
    }

    private static @Nullable Object[] each(List<Ended> ended, Function<Ended, @Nullable Object> value) {
        return ended.stream().map(value).toArray();
    }

    private static @Nullable Object[] delivered(
            List<Ended> ended, Function<ItemOutcome.Delivered, @Nullable Object> value) {
        return each(ended, e -> switch (e.outcome()) {
            case ItemOutcome.Delivered delivered -> value.apply(delivered);
            case ItemOutcome.Failed failed -> null;
            case ItemOutcome.Deferred deferred -> throw notAnEnd();
        });
    }

    private static @Nullable Object[] failed(List<Ended> ended, Function<Failure, @Nullable Object> value) {
        return each(ended, e -> switch (e.outcome()) {
            case ItemOutcome.Delivered delivered -> null;
            case ItemOutcome.Failed failed -> value.apply(failed.failure());
            case ItemOutcome.Deferred deferred -> throw notAnEnd();
        });
    }

    private static IllegalArgumentException notAnEnd() {
        return new IllegalArgumentException("an item that was put off has not ended");
    }
}
