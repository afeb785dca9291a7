package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchControl;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.SliceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Batches stopped and set going, in PostgreSQL. Like every writer about items it holds the batch's row, so
/// that it never meets a worker half way.
public final class JdbiBatchControl implements BatchControl {
    /// Items in one transaction: a worker waits for the batch's row no longer than it takes to write them.
    private static final int AT_ONCE = 20_000;

    private final Database database;
    private final SliceQueue queue;
    private final Window window;
    private final BatchEnd batchEnd;

    public JdbiBatchControl(Database database, SliceQueue queue, DeliveryQueue deliveries, RandomGenerator random) {
        this.database = database;
        this.queue = queue;
        this.window = new Window(queue);
        this.batchEnd = new BatchEnd(deliveries, random);
    }

    @Override
    public Stopped cancel(BatchId id) {
        Optional<Batch> before = database.read(handle -> JdbiBatchStore.load(handle, id));
        if (before.isEmpty()) {
            return new Stopped.Unknown();
        }
        if (!request(id, "cancel_requested")) {
            Batch ended = find(id);
            return ended.state() == BatchState.CANCELLED ? new Stopped.Stopping(ended) : new Stopped.Over(ended);
        }
        cancelWaiting(id);
        return new Stopped.Stopping(find(id));
    }

    private Batch find(BatchId id) {
        return database.read(handle -> JdbiBatchStore.load(handle, id)).orElseThrow();
    }

    /// @return whether the batch had not ended
    private boolean request(BatchId id, String what) {
        return database.transaction(handle -> handle.createUpdate("update batch set " + what + " = coalesce(" + what
                                + ", now()), updated = now() where id = :id and finished is null")
                        .bind("id", id.toString())
                        .execute()
                > 0);
    }

    /// Cancels what waits of a batch that is to stop, some at a time, and ends it when nothing is left.
    void cancelWaiting(BatchId id) {
        OptionalInt last = OptionalInt.of(-1);
        while (last.isPresent()) {
            int after = last.getAsInt();
            last = database.transaction(handle -> {
                Optional<BatchLock> batch = BatchLock.find(handle, id);
                if (batch.isEmpty()) {
                    return OptionalInt.empty();
                }
                OptionalInt moved = CancelledItems.next(handle, batch.get().key(), after, AT_ONCE);
                if (moved.isEmpty()) {
                    batchEnd.endIfDone(handle, batch.get().key());
                }
                return moved;
            });
        }
    }

    @Override
    public Resumed retry(BatchId id, Set<FailureCode> codes) {
        Optional<Resumed> resumed = database.bulk(handle -> {
            Optional<BatchLock> batch = BatchLock.find(handle, id);
            if (batch.isEmpty()) {
                return Optional.of(new Resumed.Unknown());
            }
            if (batch.get().stopped()) {
                return Optional.of(
                        new Resumed.Cancelled(JdbiBatchStore.load(handle, id).orElseThrow()));
            }
            long items = batch.get().ended()
                    ? retryEnded(handle, batch.get(), id, codes)
                    : retryRunning(handle, batch.get(), id, codes);
            return Optional.of(new Resumed.Going(JdbiBatchStore.load(handle, id).orElseThrow(), items));
        });
        return resumed.orElseThrow();
    }

    /// Its cursor goes back to the first of them, and the window follows. The slice whose last item ended the batch
    /// may still be on its way to its own end, and counts until then.
    private long retryEnded(Handle handle, BatchLock batch, BatchId id, Set<FailureCode> codes) {
        List<RetriedItems.Retried> items = RetriedItems.move(handle, batch.key(), codes, Integer.MAX_VALUE);
        if (!items.isEmpty()) {
            int first = items.getFirst().ordinal();
            handle.createUpdate("update batch set next_item = :first where key = :key")
                    .bind("first", first)
                    .bind("key", batch.key())
                    .execute();
            window.fill(handle, batch.key(), id, first, batch.openSlices());
        }
        return counted(items);
    }

    /// Other items of it wait in the queue already: these get slices of their own.
    private long retryRunning(Handle handle, BatchLock batch, BatchId id, Set<FailureCode> codes) {
        List<RetriedItems.Retried> items = RetriedItems.move(handle, batch.key(), codes, MOST_WHILE_RUNNING);
        if (!items.isEmpty()) {
            List<Integer> ordinals =
                    items.stream().map(RetriedItems.Retried::ordinal).toList();
            queue.schedule(Window.slices(id, ordinals, false), Duration.ZERO);
        }
        return counted(items);
    }

    private static long counted(List<RetriedItems.Retried> items) {
        return items.stream().mapToLong(RetriedItems.Retried::copies).sum();
    }

    @Override
    public boolean bury(BatchId id) {
        return database.transaction(
                handle -> handle.createUpdate("update batch set deleted = now() where id = :id and deleted is null")
                                .bind("id", id.toString())
                                .execute()
                        > 0);
    }

    @Override
    public List<BatchId> buried() {
        return database.read(
                handle -> handle.createQuery("select id from batch where deleted is not null order by key limit 1000")
                        .map((row, context) -> BatchId.of(row.getString(1)))
                        .list());
    }

    @Override
    public boolean isUnread(BatchId id) {
        return database.transaction(handle -> ReadLock.isFree(handle, id));
    }

    @Override
    public Buried buryExpired(int limit) {
        return database.<Buried, RuntimeException>bulk(handle -> Optional.of(OldBatches.buryExpired(handle, limit)))
                .orElseThrow();
    }

    @Override
    public Buried buryFinished(Duration age, int limit) {
        return database.<Buried, RuntimeException>bulk(
                        handle -> Optional.of(OldBatches.buryFinished(handle, age, limit)))
                .orElseThrow();
    }

    @Override
    public Tally finished(Duration age) {
        return database.<Tally, RuntimeException>bulk(handle -> Optional.of(OldBatches.finished(handle, age)))
                .orElseThrow();
    }

    /// Goes on with batches whose stopping was interrupted.
    ///
    /// @return how many
    public int resumeCancelling() {
        List<BatchId> interrupted = database.read(handle -> handle.createQuery("""
                        select id from batch
                         where finished is null and cancel_requested < now() - interval '1 minute' and pending > 0
                           and deleted is null
                        """)
                .map((row, context) -> BatchId.of(row.getString(1)))
                .list());
        interrupted.forEach(this::cancelWaiting);
        return interrupted.size();
    }
}
