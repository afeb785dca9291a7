package dev.halftone.adapters.queue.loop;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;

/// One queue as a node works on it: takes what is due, runs it, says that it is alive. Thread-safe.
public final class QueueLoop {
    /// A node that has not looked at a queue for this long is not ready.
    private static final Duration FRESH = Duration.ofSeconds(8);

    private final String table;
    private final Polls polls;
    private final Slots slots;
    private final Scheduler scheduler;
    private final Duration fresh;

    /// What the loops of a node have in common.
    ///
    /// @param node a name that no other process ever has
    /// @param connections for the queue's own statements
    /// @param clock the database's
    /// @param outage whether a failure means that the database is away
    /// @param poll how often a queue is looked at
    /// @param heartbeat how often what runs is said to be alive
    /// @param missed how many heartbeats may be missed before others take over
    public record Setup(
            String node,
            DataSource connections,
            Serializer serializer,
            InstantSource clock,
            Predicate<RuntimeException> outage,
            Duration poll,
            Duration heartbeat,
            int missed) {}

    /// @param table the queue's
    /// @param atOnce how many run at the same time
    /// @param stopWithin how long [#stop] lets them run, and how long they then have to end
    public QueueLoop(
            Setup setup,
            String table,
            int atOnce,
            Duration stopWithin,
            Task<?> task,
            List<RecurringTask<Void>> recurring) {
        this(setup, table, atOnce, stopWithin, task, recurring, new Monotonic(), FRESH);
    }

    QueueLoop(
            Setup setup,
            String table,
            int atOnce,
            Duration stopWithin,
            Task<?> task,
            List<RecurringTask<Void>> recurring,
            Clock pauses,
            Duration fresh) {
        this.table = table;
        this.fresh = fresh;
        this.polls = new Polls(table, setup.clock(), setup.outage());
        this.slots = new Slots(table, atOnce, polls::excuse);
        SchedulerName own = setup::node;
        this.scheduler = new SteadyBuilder(setup.connections(), List.of(task), pauses)
                .startTasks(recurring)
                .tableName(table)
                .serializer(setup.serializer())
                .jdbcCustomization(polls)
                .schedulerName(own)
                .clock(setup.clock()::instant)
                .threads(atOnce)
                .executorService(slots)
                .dueExecutor(new RestartingExecutor(table + "-poll"))
                .housekeeperExecutor(new Housekeepers(table + "-keeper-", 2))
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(setup.poll())
                .heartbeatInterval(setup.heartbeat())
                .missedHeartbeatsLimit(setup.missed())
                .shutdownMaxWait(stopWithin)
                .build();
    }

    /// Time since the process began, as if it had begun at the epoch.
    private static final class Monotonic implements Clock {
        private final long began = System.nanoTime();

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(System.nanoTime() - began);
        }
    }

    public void start() {
        polls.excuse();
        scheduler.start();
    }

    /// Looks at the queue now, rather than with the next poll.
    public void lookAgain() {
        scheduler.triggerCheckForDueExecutions();
    }

    /// Takes nothing more.
    public void pause() {
        scheduler.pause();
    }

    /// Takes nothing more, lets what runs come to its end within its time, then interrupts it; says to the end
    /// that it is alive.
    public void stop() {
        scheduler.stop();
    }

    /// The names of what runs now.
    public List<String> running() {
        return scheduler.getCurrentlyExecuting().stream()
                .map(each -> each.getTaskInstance().getId())
                .toList();
    }

    public String table() {
        return table;
    }

    /// When the queue was last looked at with success, by the database's clock. A node that is full does not look.
    public Optional<Instant> lastPoll() {
        return polls.last();
    }

    /// What keeps this loop from working, in words: it looked at the queue too long ago, though it had room.
    public Optional<String> trouble() {
        Duration since = polls.sinceLook();
        return slots.areFull() || since.compareTo(fresh) < 0
                ? Optional.empty()
                : Optional.of("%s was last looked at %d seconds ago".formatted(table, since.toSeconds()));
    }
}
