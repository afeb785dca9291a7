package dev.halftone.adapters.queue.loop;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for due executions as db-scheduler does on PostgreSQL, and notes when that was done: its own event is
/// sent only when something was found. While the database is away, polls come at growing, uneven pauses and say
/// so once, rather than five times a second with a stack trace each.
final class Polls extends PostgreSqlJdbcCustomization {
    private static final Logger LOG = LoggerFactory.getLogger(Polls.class);
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    private final String table;
    private final InstantSource clock;
    private final Predicate<RuntimeException> outage;
    private volatile long lookedNanos = System.nanoTime();
    private volatile Optional<Instant> succeeded = Optional.empty();
    private volatile boolean away;
    private long pause = FIRST_PAUSE;

    /// @param outage whether a failure means that the database is away
    Polls(String table, InstantSource clock, Predicate<RuntimeException> outage) {
        super(false, false);
        this.table = table;
        this.clock = clock;
        this.outage = outage;
    }

    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
        try {
            List<Execution> picked = super.lockAndFetchSingleStatement(context, now, limit, orderByPriority);
            succeeded();
            return picked;
        } catch (RuntimeException e) {
            if (!outage.test(e)) {
                throw e;
            }
            failed(e);
            return List.of();
        }
    }

    private void succeeded() {
        if (away) {
            away = false;
            LOG.info("{}: the database answers again", table);
        }
        pause = FIRST_PAUSE;
        lookedNanos = System.nanoTime();
        succeeded = Optional.of(clock.instant());
    }

    private void failed(RuntimeException why) {
        if (!away) {
            away = true;
            LOG.warn("{}: the database is away: {}", table, why.toString());
        }
        LockSupport.parkNanos(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    /// Says that there was no reason to look until now.
    void excuse() {
        lookedNanos = System.nanoTime();
    }

    Duration sinceLook() {
        return Duration.ofNanos(System.nanoTime() - lookedNanos);
    }

    /// When the queue was last looked at, by the database's clock.
    Optional<Instant> last() {
        return succeeded;
    }
}
