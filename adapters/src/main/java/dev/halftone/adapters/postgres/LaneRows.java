package dev.halftone.adapters.postgres;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The lanes of a batch, in the database. The caller holds the batch's row.
final class LaneRows {

    private LaneRows() {}

    /// A lane that may have more items.
    ///
    /// @param next the first ordinal that may still wait
    /// @param open its chained slices in the queue
    record Lane(int number, int next, int open) {}

    /// The lanes that may open slices, and how many nodes there are to run them.
    record Ready(List<Lane> lanes, int nodes) {}

    static void create(Handle handle, long batch, int count) {
        handle.createUpdate("insert into batch_lane (batch, lane) select :batch, generate_series(0, :last)")
                .bind("batch", batch)
                .bind("last", count - 1)
                .execute();
    }

    /// Those that are neither drained nor paused. A second early counts as over, so that the slice that comes
    /// back when a pause ends never finds it still there.
    static Ready ready(Handle handle, long batch) {
        int[] nodes = new int[1];
        List<Lane> lanes = handle.createQuery("""
                        select lane, next_item, open_slices, (select count(*) from node where %s)
                          from batch_lane
                         where batch = :batch and not drained
                           and (paused_until is null or paused_until < now() + interval '1 second')
                        """.formatted(JdbiNodes.ALIVE))
                .bind("batch", batch)
                .map((row, context) -> {
                    nodes[0] = row.getInt(4);
                    return new Lane(row.getInt(1), row.getInt(2), row.getInt(3));
                })
                .list();
        return new Ready(lanes, nodes[0]);
    }

    /// The next items of a lane, in order.
    static List<Integer> waiting(Handle handle, long batch, Lane lane, int most) {
        return handle.createQuery("""
                        select ordinal from item
                         where batch = :batch and lane = :lane and ordinal >= :next and state = 'pending'
                           and first_ordinal is null
                         order by ordinal limit :limit
                        """)
                .bind("batch", batch)
                .bind("lane", lane.number())
                .bind("next", lane.next())
                .bind("limit", most)
                .mapTo(Integer.class)
                .list();
    }

    /// A lane as it is when slices of it were opened.
    record Moved(Lane lane, boolean drained) {}

    /// Writes the lanes, and counts the slices that were opened into the batch.
    static void moved(Handle handle, long batch, List<Moved> lanes, int slices) {
        handle.createUpdate("""
                        with moved as (
                          update batch_lane l
                             set next_item = g.next, open_slices = g.open, drained = g.drained, paused_until = null
                            from unnest(:lanes, :nexts, :opens, :drained) as g(lane, next, open, drained)
                           where l.batch = :batch and l.lane = g.lane)
                        update batch set open_slices = open_slices + :slices where key = :batch
                        """)
                .bind("batch", batch)
                .bind("slices", slices)
                .bindArray("lanes", Integer.class, each(lanes, Lane::number))
                .bindArray("nexts", Integer.class, each(lanes, Lane::next))
                .bindArray("opens", Integer.class, each(lanes, Lane::open))
                .bindArray(
                        "drained",
                        Boolean.class,
                        lanes.stream().map(Moved::drained).toList())
                .execute();
    }

    private static List<Integer> each(List<Moved> lanes, Function<Lane, Integer> value) {
        return lanes.stream().map(moved -> value.apply(moved.lane())).toList();
    }

    /// Counts chained slices out of their batch and their lanes. Never below none: a batch that is retried at
    /// its very end counts anew while its last slices have yet to leave the queue.
    ///
    /// @param ordinals of one item of each slice: a slice is of one lane
    static void ended(Handle handle, long batch, List<Integer> ordinals) {
        if (ordinals.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        with gone as materialized (
                          select (select lane from item i where i.batch = :batch and i.ordinal = g.ordinal) as lane,
                                 count(*)::integer as slices
                            from unnest(:ordinals) as g(ordinal) group by 1),
                        counted as (
                          update batch_lane l set open_slices = greatest(l.open_slices - g.slices, 0)
                            from gone g where l.batch = :batch and l.lane = g.lane)
                        update batch set open_slices = greatest(open_slices - :slices, 0) where key = :batch
                        """)
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .bind("slices", ordinals.size())
                .execute();
    }

    /// Keeps the lanes of these items from opening slices until then. The transaction's time, which is before
    /// the one that slices with the same delay are due at.
    static void pause(Handle handle, long batch, List<Integer> ordinals, Duration wait) {
        handle.createUpdate("""
                        with %s
                        update batch_lane
                           set paused_until = greatest(paused_until, now() + :millis * interval '1 millisecond')
                         where batch = :batch
                           and lane in (select i.lane from given g
                                          join item i on i.batch = g.batch and i.ordinal = g.ordinal)
                        """.formatted(ItemRows.GIVEN))
                .bind("batch", batch)
                .bindArray("ordinals", Integer.class, ordinals)
                .bind("millis", wait.toMillis())
                .execute();
    }

    /// Has nothing of the lanes in the queue, and none paused.
    static void freed(Handle handle, long batch) {
        handle.createUpdate("update batch_lane set open_slices = 0, paused_until = null where batch = :batch")
                .bind("batch", batch)
                .execute();
    }

    /// Has every lane begin again at an item, with nothing in the queue.
    static void rewind(Handle handle, long batch, int first) {
        handle.createUpdate("""
                        update batch_lane
                           set next_item = :first, open_slices = 0, drained = false, paused_until = null
                         where batch = :batch
                        """).bind("batch", batch).bind("first", first).execute();
    }
}
