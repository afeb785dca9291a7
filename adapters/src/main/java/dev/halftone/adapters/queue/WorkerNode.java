package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.DatabaseClock;
import dev.halftone.adapters.postgres.JdbiHousekeeping;
import dev.halftone.adapters.postgres.JdbiItemStore;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.JdbiOutbox;
import dev.halftone.adapters.postgres.image.JdbiJobHousekeeping;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.adapters.queue.loop.QueueLoop;
import dev.halftone.adapters.queue.loop.Revival;
import dev.halftone.adapters.work.ResultBuffer;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.event.DeliverEvent;
import dev.halftone.domain.event.EventBodies;
import dev.halftone.domain.event.EventSender;
import dev.halftone.domain.event.endpoint.EndpointTurns;
import dev.halftone.domain.job.RunJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that works: it takes slices, jobs and deliveries from the queue until it is closed. Any number of
/// nodes may work on one database.
public final class WorkerNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerNode.class);
    private static final Duration HAND_BACK = Duration.ofSeconds(5);

    /// For slices that have been handed back by then.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final int JOBS_AT_ONCE = 4;

    private final NodeSettings settings;
    private final Heart heart;
    private final ResultBuffer results;
    private final SliceRunner runner;
    private final QueueLoop slices;
    private final QueueLoop deliveries;
    private final QueueLoop jobs;
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
        NodeShare share = new NodeShare();
        this.heart = new Heart(new JdbiNodes(database), settings, share, random);
        DatabaseClock clock = heart.clock();
        JdbiItemStore items = new JdbiItemStore(database, queue, queue, random);
        this.results = new ResultBuffer(items, ended -> processing.discard(ended.outcome()));
        this.runner = new SliceRunner(items, processing, results, settings.backoff(), random, settings.itemsInFlight());
        DeliverEvent deliver = new DeliverEvent(
                new JdbiOutbox(database, queue),
                bodies,
                sender,
                settings.deliveries(),
                new EndpointTurns(settings.deliveriesEach(), clock),
                clock,
                random);
        RunJob runJob =
                new RunJob(new JdbiJobStore(database, queue, queue, random), making, settings.backoff(), random);
        Revival revival = new Revival(heart.pulse()::hearsOthers, clock);
        List<RecurringTask<Void>> recurring = new ArrayList<>(HousekeepingTasks.tasks(
                new JdbiHousekeeping(database, queue, queue, random),
                new JdbiJobHousekeeping(database, queue),
                revival));
        chores.forEach(chore -> recurring.add(HousekeepingTasks.task(chore, revival)));
        QueueLoop.Setup setup = setup(database);
        this.slices = new QueueLoop(
                setup,
                DbSchedulerQueue.SLICES,
                settings.slicesAtOnce(),
                LAST_WORDS,
                SliceTask.task(runner, share, clock, revival, this::lookAgain),
                List.of());
        this.deliveries = new QueueLoop(
                setup,
                DbSchedulerQueue.DELIVERIES,
                settings.deliveriesAtOnce(),
                settings.drain(),
                DeliveryTask.task(deliver, clock, revival),
                recurring);
        this.jobs = new QueueLoop(
                setup,
                DbSchedulerQueue.JOBS,
                JOBS_AT_ONCE,
                settings.drain(),
                JobTask.task(runJob, clock, revival),
                List.of());
    }

    private QueueLoop.Setup setup(Database database) {
        return new QueueLoop.Setup(
                name(),
                database.dataSource(),
                DbSchedulerQueue.JSON,
                heart.clock(),
                e -> {
                    database.noteOutage(e);
                    return Database.isOutage(e);
                },
                settings.poll(),
                settings.heartbeat(),
                settings.missedHeartbeats());
    }

    /// Begins to work.
    public void start() {
        heart.start(loops(), this::troubles, () -> runner.giveUp(heart.lost(slices)));
        loops().forEach(QueueLoop::start);
        LOG.info("node {} works", name());
    }

    private List<QueueLoop> loops() {
        return List.of(slices, deliveries, jobs);
    }

    /// The process's name in the database, never used by another.
    public String name() {
        return heart.name();
    }

    /// Looks at the queue now, rather than with the next poll.
    public void lookAgain() {
        slices.lookAgain();
    }

    /// Whether the node can do its work.
    public boolean isHealthy() {
        return troubles().isEmpty();
    }

    /// What keeps the node from its work, in words: it stops, it does not reach the database, or one of its
    /// loops no longer looks at its queue.
    public List<String> troubles() {
        if (closed.get()) {
            return List.of("the node is stopping");
        }
        List<String> troubles = new ArrayList<>();
        if (!heart.pulse().isFresh()) {
            troubles.add("the node does not reach the database");
        }
        loops().forEach(loop -> loop.trouble().ifPresent(troubles::add));
        return troubles;
    }

    /// When the queue of slices was last looked at with success, by the database's clock.
    public Optional<Instant> lastPoll() {
        return slices.lastPoll();
    }

    /// How many slices run now.
    public int running() {
        return runner.running();
    }

    /// Takes nothing more, lets what runs come to its end within the settings' time, hands the rest back to the
    /// other nodes. Until then it says that it is alive, so that nobody takes over what it still does.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        loops().forEach(QueueLoop::pause);
        long until = System.nanoTime() + settings.drain().plus(HAND_BACK).toNanos();
        List<Thread> others = Stream.of(deliveries, jobs)
                .map(loop -> Thread.ofVirtual().name(loop.table() + "-stop").start(loop::stop))
                .toList();
        try {
            runner.stop(settings.drain(), HAND_BACK);
            slices.stop();
            for (Thread other : others) {
                other.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        results.close();
        heart.close();
        LOG.info("node {} ended", name());
    }
}
