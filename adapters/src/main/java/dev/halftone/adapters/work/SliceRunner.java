package dev.halftone.adapters.work;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.item.RetryBackoff;
import dev.halftone.domain.item.SliceRun;
import dev.halftone.domain.source.Place;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs slices: a virtual thread for each item, and the end of the slice only after every outcome is durable.
/// Thread-safe; runs many slices at once.
public final class SliceRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SliceRunner.class);

    private final ItemStore items;
    private final SliceBegins begins;
    private final Processing processing;
    private final ResultBuffer results;
    private final RetryBackoff backoff;
    private final RandomGenerator random;
    private final InFlight inFlight;

    /// One suspect at a time on this node: when it dies, that one is guilty.
    private final Semaphore suspects = new Semaphore(1, true);

    private final Set<SliceWork> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private volatile boolean stopping;

    /// Takes an item to its outcome: [dev.halftone.domain.item.ProcessItem#process].
    @FunctionalInterface
    public interface Processing {
        ItemOutcome process(Item item, Recipe recipe) throws InterruptedException;

        /// Likewise, taking the place where the work begins that the node bounds; here at once.
        default ItemOutcome process(Item item, Recipe recipe, Place place) throws InterruptedException {
            place.take();
            return process(item, recipe);
        }

        /// Deletes what was made for a batch that has been deleted meanwhile.
        default void discard(ItemOutcome outcome) {}
    }

    /// @param inFlight how many items are between download and store at once
    public SliceRunner(
            ItemStore items,
            Processing processing,
            ResultBuffer results,
            RetryBackoff backoff,
            RandomGenerator random,
            int inFlight) {
        this.items = items;
        this.begins = new SliceBegins(items);
        this.processing = processing;
        this.results = results;
        this.backoff = backoff;
        this.random = random;
        this.inFlight = new InFlight(inFlight, this::isStopping);
    }

    /// Runs a slice to its end. Blocks; does nothing when the slice was lost.
    ///
    /// @throws RuntimeException when the database could not be written; the slice is then to be run again
    public void run(SliceRun run) {
        SliceWork work = new SliceWork(run, this);
        running.add(work);
        try {
            begins.begin(run).ifPresent(work::run);
        } finally {
            running.remove(work);
            signalIdle();
        }
    }

    /// Lets running slices come to their end for that long, begins no further item, then interrupts what still
    /// runs; what did not end is handed back and its attempt does not count.
    ///
    /// @param afterwards how long the handing back may take
    public void stop(Duration patience, Duration afterwards) throws InterruptedException {
        stopping = true;
        if (!awaitIdle(patience)) {
            LOG.info("{} slices do not end in time; their items are handed back", running.size());
            running.forEach(SliceWork::interrupt);
            if (!awaitIdle(afterwards)) {
                LOG.warn("{} slices could not be handed back; another node takes them over", running.size());
            }
        }
    }

    /// Stops the runs of slices that were lost to another node: it does their items again, and nothing of what
    /// is still made here counts.
    ///
    /// @param instances the slices' names in the queue
    public void giveUp(Set<String> instances) {
        for (SliceWork work : running) {
            if (instances.contains(work.instance())) {
                LOG.info("slice {} was lost to another node; it is given up", work.instance());
                work.interrupt();
            }
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /// How many slices run now.
    public int running() {
        return running.size();
    }

    ItemStore items() {
        return items;
    }

    ResultBuffer results() {
        return results;
    }

    RetryBackoff backoff() {
        return backoff;
    }

    RandomGenerator random() {
        return random;
    }

    Semaphore suspects() {
        return suspects;
    }

    /// Processes within the node's limit of items in flight, which an item that waits for its host is not.
    ItemOutcome process(Item item, Recipe recipe, int priority) throws InterruptedException {
        Place place = inFlight.place(new Share(item.batch(), priority));
        try {
            return processing.process(item, recipe, place);
        } finally {
            place.giveBack();
        }
    }

    /// A batch as the owner of turns, with its weight.
    private record Share(BatchId batch, int weight) implements TurnOwner {}

    private void signalIdle() {
        lock.lock();
        try {
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitIdle(Duration limit) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(limit.toMillis());
        lock.lock();
        try {
            while (!running.isEmpty()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = idle.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
