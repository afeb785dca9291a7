package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.halftone.adapters.queue.loop.Revival;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a slice that db-scheduler picked. The slice leaves the queue in the transaction that ends it, so
/// db-scheduler itself has nothing to do afterwards; a slice that could not be ended is run again.
final class SliceTask {
    static final String NAME = "slice";
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration LEFT_TO_OTHERS = Duration.ofMillis(300);

    private SliceTask() {}

    /// A slice as it stands in the queue.
    ///
    /// @param priority missing in slices that an earlier version queued
    record Data(
            String batch,
            List<Integer> ordinals,
            boolean chained,
            @Nullable Integer priority) {
        static Data of(Slice slice) {
            return new Data(slice.batch().toString(), slice.ordinals(), slice.chained(), slice.priority());
        }

        Slice slice() {
            BatchId id = BatchId.of(batch);
            return priority == null ? new Slice(id, ordinals, chained) : new Slice(id, ordinals, chained, priority);
        }
    }

    /// @param share leaves what is beyond it to other nodes
    /// @param ended called after each slice, to look for the next one at once
    static CustomTask<Data> task(
            SliceRunner runner, NodeShare share, InstantSource clock, Revival revival, Runnable ended) {
        return Tasks.custom(NAME, Data.class)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(AGAIN)))
                .onDeadExecution(revival.handler())
                .execute((instance, context) -> {
                    Data data = instance.getData();
                    Slice slice = data.slice();
                    if (!share.enter(data.batch(), slice.priority())) {
                        return (complete, operations) ->
                                operations.reschedule(complete, clock.instant().plus(LEFT_TO_OTHERS));
                    }
                    try {
                        runner.run(runOf(slice, context.getExecution()));
                    } finally {
                        share.leave(data.batch());
                    }
                    return nothingLeftToDo(ended);
                });
    }

    private static SliceRun runOf(Slice slice, Execution execution) {
        return new SliceRun(slice, execution.getId(), execution.pickedBy, execution.version);
    }

    private static CompletionHandler<Data> nothingLeftToDo(Runnable ended) {
        return (complete, operations) -> ended.run();
    }
}
