package dev.halftone.adapters.queue.loop;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of an execution whose heartbeats have stopped: it is due again, by the database's clock, where
/// db-scheduler's own handler takes this machine's. While the database was away nobody could say to be alive, so
/// a node that was cut off itself judges nobody until the others have had time to speak.
///
/// @param mayJudge whether this node has reached the database for long enough
public record Revival(BooleanSupplier mayJudge, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Revival.class);

    public <T> DeadExecutionHandler<T> handler() {
        return (complete, operations) -> {
            if (mayJudge.getAsBoolean()) {
                LOG.info("taken over: {}", complete.getExecution());
                operations.reschedule(complete, clock.instant());
            }
        };
    }
}
