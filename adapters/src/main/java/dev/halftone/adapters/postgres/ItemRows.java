package dev.halftone.adapters.postgres;

import dev.halftone.domain.item.BegunSlice.BegunItem;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.SliceRun;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The steps of an item between `pending` and `processing`. Each moves the batch's counters in the statement
/// that moves the items; an item counts for all its copies.
final class ItemRows {
    /// Items that run together: those with a crash to spare.
    static final String TOGETHER = "crashes < " + (ItemStore.MAX_CRASHES - 1);

    /// Items whose next crash fails them run one at a time, so that it is their own.
    static final String ALONE = "crashes >= " + (ItemStore.MAX_CRASHES - 1);

    /// The items that are asked for. The batch is a column of it, so that the planner's one good way is by both
    /// columns of the key: of a batch that was just stored it has no statistics, and would read all of it.
    static final String GIVEN =
            "given as materialized (select :batch as batch, ordinal from unnest(:ordinals) as o(ordinal))";

    private ItemRows() {}

    /// Marks items `processing` with a new attempt number.
    ///
    /// @param which [#TOGETHER] or [#ALONE]
    /// @param compared whether their looks are asked for
    static List<BegunItem> begin(
            Handle handle, long batch, SliceRun run, List<Integer> ordinals, String which, boolean compared) {
        return handle.createQuery("""
                        with %s,
                        begun as (
                          update item i
                             set state = 'processing', fence = fence + 1, attempts = attempts + 1, begun = now(),
                                 node = (select key from node where name = :worker)
                            from given g
                           where i.batch = g.batch and i.ordinal = g.ordinal and i.state = 'pending' and %s
                          returning i.ordinal, row_index, position, url, name, fence, attempts, copies, waiting_since),
                        counted as (
                          update batch
                             set pending = pending - b.copies, processing = processing + b.copies, updated = now(),
                                 state = 'processing', started = coalesce(started, now())
                            from (select sum(copies) as copies from begun) b
                           where key = :batch and b.copies is not null)
                        select *, coalesce(extract(epoch from now() - waiting_since), 0) as waited
                          from begun order by ordinal
                        """.formatted(GIVEN, which))
                .bind("batch", batch)
                .bind("worker", run.worker())
                .bindArray("ordinals", Integer.class, ordinals)
                .map((row, context) -> new BegunItem(
                        new Item(
                                run.slice().batch(),
                                row.getInt("ordinal"),
                                row.getInt("row_index"),
                                row.getInt("position"),
                                new SourceUrl(URI.create(row.getString("url"))),
                                Optional.ofNullable(row.getString("name")),
                                compared,
                                row.getInt("fence")),
                        row.getInt("attempts"),
                        Duration.ofMillis(Math.max(0, Math.round(row.getDouble("waited") * 1_000)))))
                .list();
    }

    /// Puts failed items back for another attempt, with the reason of this one, and items that were put off.
    static List<Integer> waitAgain(Handle handle, long batch, ItemStore.Again again) {
        List<ItemStore.Missed> missed = again.items();
        return handle.createQuery("""
                        with given as materialized (
                          select :batch as batch, * from unnest(:ordinals, :fences, :codes, :details) as g(ordinal, fence, code, detail)),
                        waiting as (
                          update item i
                             set state = 'pending', code = g.code, detail = g.detail,
                                 attempts = i.attempts - case when :counted then 0 else 1 end,
                                 waiting_since = case when :counted then i.waiting_since
                                                      else coalesce(i.waiting_since, now()) end
                            from given g
                           where i.batch = g.batch and i.ordinal = g.ordinal
                             and i.fence = g.fence and i.state = 'processing'
                          returning i.ordinal, i.copies),
                        counted as (
                          update batch
                             set processing = processing - w.copies, pending = pending + w.copies, updated = now()
                            from (select sum(copies) as copies from waiting) w
                           where key = :batch and w.copies is not null)
                        select ordinal from waiting order by ordinal
                        """)
                .bind("batch", batch)
                .bind("counted", again.counted())
                .bindArray(
                        "ordinals",
                        Integer.class,
                        missed.stream().map(each -> each.item().ordinal()).toList())
                .bindArray(
                        "fences",
                        Integer.class,
                        missed.stream().map(each -> each.item().attempt()).toList())
                .bindArray(
                        "codes",
                        String.class,
                        missed.stream()
                                .map(each -> each.failure().code().wire())
                                .toList())
                .bindArray(
                        "details",
                        String.class,
                        missed.stream()
                                .map(each -> FailureText.of(each.failure()))
                                .toList())
                .mapTo(Integer.class)
                .list();
    }

    /// Puts items back that were begun but not run to an end, or not begun at all; the attempt does not count.
    /// The caller holds the slice, so nobody else can have begun them.
    static List<Integer> handBack(Handle handle, long batch, List<Integer> ordinals) {
        if (ordinals.isEmpty()) {
            return List.of();
        }
        handle.createUpdate("""
                        with %s,
                        returned as (
                          update item i set state = 'pending', attempts = attempts - 1
                            from given g
                           where i.batch = g.batch and i.ordinal = g.ordinal and i.state = 'processing'
                          returning copies)
                        update batch
                           set processing = processing - r.copies, pending = pending + r.copies, updated = now()
                          from (select sum(copies) as copies from returned) r
                         where key = :batch and r.copies is not null
                        """.formatted(GIVEN))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .execute();
        return handle.createQuery("""
                        with %s
                        select i.ordinal from given g join item i on i.batch = g.batch and i.ordinal = g.ordinal
                         where i.state = 'pending'
                         order by i.ordinal
                        """.formatted(GIVEN))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .mapTo(Integer.class)
                .list();
    }
}
