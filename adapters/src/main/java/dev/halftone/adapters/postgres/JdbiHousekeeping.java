package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.item.SliceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// What is put right or thrown away from time to time. Every call may run on several nodes, at any time.
public final class JdbiHousekeeping {
    private final Database database;
    private final SliceQueue slices;
    private final DeliveryQueue deliveries;
    private final Window window;
    private final BatchEnd batchEnd;

    public JdbiHousekeeping(Database database, SliceQueue slices, DeliveryQueue deliveries, RandomGenerator random) {
        this.database = database;
        this.slices = slices;
        this.deliveries = deliveries;
        this.window = new Window(slices);
        this.batchEnd = new BatchEnd(deliveries, random);
    }

    /// Puts unfinished batches back into the queue that have nothing in it. Transactions keep that from
    /// happening; an operator who emptied the queue, or restored a part of a backup, does not.
    ///
    /// @return how many
    public int requeueVanished() {
        List<BatchId> vanished = database.patientTransaction(handle -> handle.createQuery("""
                        select b.id from batch b
                         where b.finished is null and b.deleted is null
                           and not exists (select 1 from slice_queue q
                                            where q.task_instance >= b.id || ':' and q.task_instance < b.id || ';')
                        """)
                .map((row, context) -> BatchId.of(row.getString(1)))
                .list());
        int requeued = 0;
        for (BatchId id : vanished) {
            requeued += database.patientTransaction(handle -> requeue(handle, id)) ? 1 : 0;
        }
        return requeued;
    }

    private boolean requeue(Handle handle, BatchId id) {
        Optional<BatchLock> found = BatchLock.find(handle, id);
        if (found.isEmpty()) {
            return false;
        }
        BatchLock batch = found.get();
        boolean queued = handle.createQuery(
                        "select exists (select 1 from slice_queue where task_instance >= :from and task_instance < :to)")
                .bind("from", id + ":")
                .bind("to", id + ";")
                .mapTo(Boolean.class)
                .one();
        if (queued) {
            return false;
        }
        List<Integer> open = handle.createQuery("""
                        select i.ordinal from item i
                          join batch_lane l on l.batch = i.batch and l.lane = i.lane
                         where i.batch = :batch and (i.ordinal < l.next_item or l.drained)
                           and i.state in ('pending', 'processing')
                         order by i.ordinal
                        """)
                .bind("batch", batch.key())
                .mapTo(Integer.class)
                .list();
        if (!open.isEmpty()) {
            slices.schedule(Window.slices(id, open, false, batch.priority()), Duration.ZERO);
        }
        handle.createUpdate("update batch set open_slices = 0 where key = :key")
                .bind("key", batch.key())
                .execute();
        LaneRows.freed(handle, batch.key());
        window.fill(handle, batch.key(), id, batch.priority(), 0);
        batchEnd.endIfDone(handle, batch.key());
        return true;
    }

    /// Puts deliveries that wait back into their queue when they are not in it.
    public int requeueDeliveries() {
        List<PublicId> vanished = database.patientTransaction(handle -> handle.createQuery("""
                        select d.id from delivery d
                         where d.state = 'waiting'
                           and not exists (select 1 from delivery_queue q where q.task_instance = d.id)
                        """)
                .map((row, context) -> new PublicId(row.getString(1)))
                .list());
        for (PublicId id : vanished) {
            database.patientTransaction(handle -> {
                deliveries.schedule(id, Duration.ZERO);
                return id;
            });
        }
        return vanished.size();
    }

    /// Forgets idempotency keys after a day, and processes that ended a week ago.
    public int forget() {
        return database.patientTransaction(handle -> {
            int keys = handle.createUpdate("delete from idempotency where created < now() - interval '24 hours'")
                    .execute();
            int nodes = handle.createUpdate("delete from node where seen < now() - interval '7 days'")
                    .execute();
            return keys + nodes;
        });
    }
}
