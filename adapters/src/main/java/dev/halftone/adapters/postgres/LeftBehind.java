package dev.halftone.adapters.postgres;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemStore;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What an earlier run of a slice left behind: items in `processing`, and suspects of having killed it.
final class LeftBehind {
    private static final String POISON = "its worker died while processing it, " + ItemStore.MAX_CRASHES + " times";

    private LeftBehind() {}

    /// An item that a slice doesn't find as it is as a rule: waiting, with crashes to spare.
    ///
    /// @param processing left so by an earlier run; else it waits, a suspect
    record Odd(int ordinal, boolean processing) {}

    /// As a rule none.
    static List<Odd> odd(Handle handle, long batch, List<Integer> ordinals) {
        return handle.createQuery("""
                        with %s
                        select i.ordinal, i.state = 'processing'
                          from given g join item i on i.batch = g.batch and i.ordinal = g.ordinal
                         where i.state = 'processing' or i.state = 'pending' and %s
                         order by i.ordinal
                        """.formatted(ItemRows.GIVEN, ItemRows.ALONE))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .map((row, context) -> new Odd(row.getInt(1), row.getBoolean(2)))
                .list();
    }

    /// Puts items that an earlier run of the slice left in `processing` back, as suspects when that run's
    /// process died. A process that lives, or ended in order, had another reason to give them up.
    static void takeBack(Handle handle, long batch, List<Odd> odd) {
        List<Integer> processing =
                odd.stream().filter(Odd::processing).map(Odd::ordinal).toList();
        handle.createUpdate("""
                        with %s,
                        left_behind as materialized (
                          select i.batch, i.ordinal,
                                 not exists (select 1 from node n where n.key = i.node
                                              and (n.stopped is not null or %s)) as died
                            from given g join item i on i.batch = g.batch and i.ordinal = g.ordinal
                           where i.state = 'processing'),
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
                        """.formatted(ItemRows.GIVEN, JdbiNodes.ALIVE))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, processing)
                .bind("most", ItemStore.MAX_CRASHES)
                .bind("poison", FailureCode.POISON.wire())
                .bind("detail", POISON)
                .execute();
    }
}
