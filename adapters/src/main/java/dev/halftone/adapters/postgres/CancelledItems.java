package dev.halftone.adapters.postgres;

import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/// Moves waiting items of a batch that is being stopped to `cancelled`, with the batch's counters.
final class CancelledItems {
    private static final String MOVE = """
            with moved as (
              update item set state = 'cancelled', ended = now()
               where batch = :batch and state = 'pending' and %s
              returning ordinal, copies),
            counted as (
              update batch set pending = pending - m.copies, cancelled = cancelled + m.copies, updated = now()
                from (select sum(copies) as copies from moved) m
               where key = :batch and m.copies is not null)
            select max(ordinal) from moved
            """;

    private CancelledItems() {}

    /// Of these items, those that wait.
    static void of(Handle handle, long batch, List<Integer> ordinals) {
        handle.createQuery(MOVE.formatted("ordinal = any(:ordinals)"))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .mapTo(Integer.class)
                .findOne();
    }

    /// The next few of all that wait.
    ///
    /// @param after the ordinal before
    /// @return the last ordinal moved; empty when none waits any more
    static OptionalInt next(Handle handle, long batch, int after, int most) {
        return handle.createQuery(MOVE.formatted("""
                        ordinal in (select ordinal from item
                                     where batch = :batch and ordinal > :after and state = 'pending'
                                     order by ordinal limit :most)
                        """))
                .bind("batch", batch)
                .bind("after", after)
                .bind("most", most)
                .mapTo(Integer.class)
                .findOne()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }
}
