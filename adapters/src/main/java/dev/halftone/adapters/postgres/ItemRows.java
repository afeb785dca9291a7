package dev.halftone.adapters.postgres;

import dev.halftone.domain.failure.FailureCode;
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

    private static final String POISON = "its worker died while processing it, " + ItemStore.MAX_CRASHES + " times";

    private ItemRows() {}

    /// An item that a slice doesn't find as it is as a rule: waiting, with crashes to spare.
    ///
    /// @param processing left so by an earlier run; else it waits, a suspect
    record Odd(int ordinal, boolean processing) {}

    /// As a rule none.
    static List<Odd> odd(Handle handle, long batch, List<Integer> ordinals) {
        return handle.createQuery("""
                        select ordinal, state = 'processing' from item
                         where batch = :batch and ordinal = any(:ordinals)
                           and (state = 'processing' or state = 'pending' and %s)
                         order by ordinal
                        """.formatted(ALONE))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .map((row, context) -> new Odd(row.getInt(1), row.getBoolean(2)))
                .list();
    }

    /// Puts items that an earlier run of the slice left in `processing` back, as suspects when that run's
    /// process died. A process that lives, or ended in order, had another reason to give them up.
    static void suspectLeftBehind(Handle handle, long batch, List<Odd> odd) {
        List<Integer> processing =
                odd.stream().filter(Odd::processing).map(Odd::ordinal).toList();
        handle.createUpdate("""
                        with left_behind as materialized (
                          select i.batch, i.ordinal,
                                 not exists (select 1 from node n where n.key = i.node
                                              and (n.stopped is not null or %s)) as died
                            from item i
                           where i.batch = :batch and i.ordinal = any(:ordinals) and i.state = 'processing'),
                        moved as (
                          update item i
                             set crashes = crashes + died::integer,
                                 state = case when died and crashes + 1 >= :most then 'failed' else 'pending' end,
                                 ended = case when died and crashes + 1 >= :most then now() end,
                                 code = case when died and crashes + 1 >= :most then :poison else code end,
                                 detail = case when died and crashes + 1 >= :most then :detail else detail end
                            from left_behind l
                           where i.batch = l.batch and i.ordinal = l.ordinal
                          returning i.copies, i.state),
                        told as (
                          insert into batch_failure (batch, code, items)
                          select :batch, :poison, sum(copies) from moved where state = 'failed' having count(*) > 0
                          on conflict (batch, code) do update set items = batch_failure.items + excluded.items)
                        update batch
                           set processing = processing - m.all_copies, pending = pending + m.all_copies - m.failed,
                               failed = batch.failed + m.failed, updated = now()
                          from (select coalesce(sum(copies), 0) as all_copies,
                                       coalesce(sum(copies) filter (where state = 'failed'), 0) as failed
                                  from moved) m
                         where key = :batch and m.all_copies > 0
                        """.formatted(JdbiNodes.ALIVE))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, processing)
                .bind("most", ItemStore.MAX_CRASHES)
                .bind("poison", FailureCode.POISON.wire())
                .bind("detail", POISON)
                .execute();
    }

    /// Marks items `processing` with a new attempt number.
    ///
    /// @param which [#TOGETHER] or [#ALONE]
    /// @param compared whether their looks are asked for
    static List<BegunItem> begin(
            Handle handle, long batch, SliceRun run, List<Integer> ordinals, String which, boolean compared) {
        return handle.createQuery("""
                        with begun as (
                          update item
                             set state = 'processing', fence = fence + 1, attempts = attempts + 1, begun = now(),
                                 node = (select key from node where name = :worker)
                           where batch = :batch and ordinal = any(:ordinals) and state = 'pending' and %s
                          returning ordinal, row_index, position, url, name, fence, attempts, copies, waiting_since),
                        counted as (
                          update batch
                             set pending = pending - b.copies, processing = processing + b.copies, updated = now(),
                                 state = 'processing', started = coalesce(started, now())
                            from (select sum(copies) as copies from begun) b
                           where key = :batch and b.copies is not null)
                        select *, coalesce(extract(epoch from now() - waiting_since), 0) as waited
                          from begun order by ordinal
                        """.formatted(which))
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
                        with returned as (
                          update item set state = 'pending', attempts = attempts - 1
                           where batch = :batch and ordinal = any(:ordinals) and state = 'processing'
                          returning copies)
                        update batch
                           set processing = processing - r.copies, pending = pending + r.copies, updated = now()
                          from (select sum(copies) as copies from returned) r
                         where key = :batch and r.copies is not null
                        """)
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .execute();
        return handle.createQuery("""
                        select ordinal from item
                         where batch = :batch and ordinal = any(:ordinals) and state = 'pending'
                         order by ordinal
                        """)
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .mapTo(Integer.class)
                .list();
    }
}
