package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.DatabaseClock;
import dev.halftone.adapters.postgres.JdbiHousekeeping;
import dev.halftone.adapters.postgres.JdbiItemStore;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.JdbiOutbox;
import dev.halftone.adapters.postgres.image.JdbiJobHousekeeping;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.adapters.work.ResultBuffer;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.event.DeliverEvent;
import dev.halftone.domain.event.EventBodies;
import dev.halftone.domain.event.EventSender;
import dev.halftone.domain.event.endpoint.EndpointTurns;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.job.RunJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that works: it takes slices and deliveries from the queue until it is closed. Any number of nodes
/// may work on one database.
public final class WorkerNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerNode.class);
    private static final Duration BEAT = Duration.ofSeconds(3);
    private static final Duration HAND_BACK = Duration.ofSeconds(5);
    private static final int JOBS_AT_ONCE = 4;
    private static final int RESULTS_AT_ONCE = 512;
    private static final Duration RESULTS_WAIT = Duration.ofMillis(50);

    private final String name;
    private final NodeSettings settings;
    private final JdbiNodes nodes;
    private final DatabaseClock clock;
    private final ResultBuffer results;
    private final SliceRunner runner;
    private final Scheduler slices;
    private final Scheduler deliveries;
    private final Scheduler jobs;
    private final ScheduledExecutorService heart;
    private final Pulse pulse = new Pulse();
    private final NodeShare share = new NodeShare();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param processing [dev.halftone.domain.item.ProcessItem#process]
    /// @param making [dev.halftone.domain.variant.MakeVariant#make]
    /// @param chores what recurs beside the queue's own housekeeping
    /// @param random a secure source
    public WorkerNode(
            Database database,
            DbSchedulerQueue queue,
            SliceRunner.Processing processing,
            RunJob.Making making,
            EventBodies bodies,
            EventSender sender,
            NodeSettings settings,
            List<Chore> chores,
            RandomGenerator random) {
        this.settings = settings;
        this.name = nameOf(settings, random);
        this.nodes = new JdbiNodes(database);
        nodes.started(name);
        this.clock = new DatabaseClock(nodes.beat(name).now());
        JdbiItemStore items = new JdbiItemStore(database, queue, queue, random);
        this.results =
                new ResultBuffer(items, ended -> processing.discard(ended.outcome()), RESULTS_AT_ONCE, RESULTS_WAIT);
        this.runner = new SliceRunner(items, processing, results, settings.backoff(), random, settings.itemsInFlight());
        DeliverEvent deliver = new DeliverEvent(
                new JdbiOutbox(database, queue),
                bodies,
                sender,
                settings.deliveries(),
                new EndpointTurns(settings.deliveriesEach(), clock),
                clock,
                random);
        this.slices = scheduler(
                        database,
                        DbSchedulerQueue.SLICES,
                        settings.slicesAtOnce(),
                        SliceTask.task(runner, share, clock, this::lookAgain))
                .build();
        this.deliveries = scheduler(
                        database,
                        DbSchedulerQueue.DELIVERIES,
                        settings.deliveriesAtOnce(),
                        DeliveryTask.task(deliver, clock))
                .startTasks(HousekeepingTasks.tasks(
                        new JdbiHousekeeping(database, queue, queue, random), new JdbiJobHousekeeping(database, queue)))
                .startTasks(chores.stream().map(HousekeepingTasks::task).toList())
                .build();
        RunJob runJob =
                new RunJob(new JdbiJobStore(database, queue, queue, random), making, settings.backoff(), random);
        this.jobs = scheduler(database, DbSchedulerQueue.JOBS, JOBS_AT_ONCE, JobTask.task(runJob, clock))
                .build();
        this.heart = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("node-heart").factory());
    }

    /// Begins to work.
    public void start() {
        beat();
        heart.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        slices.start();
        deliveries.start();
        jobs.start();
        LOG.info("node {} works", name);
    }

    /// The process's name in the database, never used by another.
    public String name() {
        return name;
    }

    /// Looks at the queue now, rather than with the next poll.
    public void lookAgain() {
        slices.triggerCheckForDueExecutions();
    }

    /// Whether the node can do its work: it reaches the database and its loops go round.
    public boolean isHealthy() {
        return pulse.isFresh() && slices.getSchedulerState().isStarted();
    }

    /// How many slices run now.
    public int running() {
        return runner.running();
    }

    /// Takes nothing more, lets what runs come to its end, hands the rest back to the other nodes.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        slices.pause();
        deliveries.pause();
        jobs.pause();
        try {
            runner.stop(settings.drain(), HAND_BACK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        slices.stop();
        deliveries.stop();
        jobs.stop();
        results.close();
        heart.shutdownNow();
        try {
            nodes.stopped(name);
        } catch (RuntimeException e) {
            LOG.warn("the end of node {} could not be written; others notice by its silence", name, e);
        }
        LOG.info("node {} ended", name);
    }

    private void beat() {
        try {
            JdbiNodes.Beat beat = nodes.beat(name);
            clock.sync(beat.now());
            share.among(beat.alive());
            pulse.beat();
        } catch (RuntimeException e) {
            LOG.warn("node {} does not reach the database: {}", name, e.getMessage());
        }
    }

    private SchedulerBuilder scheduler(Database database, String table, int threads, Task<?> task) {
        SchedulerName own = () -> name;
        return Scheduler.create(database.dataSource(), List.of(task))
                .tableName(table)
                .serializer(DbSchedulerQueue.JSON)
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .schedulerName(own)
                .clock(clock::instant)
                .threads(threads)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(table + "-", 1).factory()))
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(settings.poll())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(settings.missedHeartbeats())
                .shutdownMaxWait(HAND_BACK);
    }

    private static String nameOf(NodeSettings settings, RandomGenerator random) {
        // db-scheduler keeps 50 characters.
        String label = settings.name().length() > 20 ? settings.name().substring(0, 20) : settings.name();
        return label + "-" + PublicId.random(random);
    }
}
