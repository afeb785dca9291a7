package dev.halftone.adapters.queue;

import dev.halftone.adapters.postgres.DatabaseClock;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.queue.loop.Housekeepers;
import dev.halftone.adapters.queue.loop.QueueLoop;
import dev.halftone.domain.identity.PublicId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says every three seconds that the node is alive, learns the database's time and how many others there are,
/// and puts back what the node took and does not run. Thread-safe.
final class Heart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);
    private static final Duration BEAT = Duration.ofSeconds(3);

    private final JdbiNodes nodes;
    private final String name;
    private final Duration heartbeat;
    private final NodeShare share;
    private final DatabaseClock clock;
    private final Pulse pulse = new Pulse();
    private final ScheduledExecutorService beats = new Housekeepers("node-heart-", 1);
    private boolean saidTroubled;

    /// Makes the node known.
    ///
    /// @param share is told how many nodes there are
    /// @param random makes the node's name
    Heart(JdbiNodes nodes, NodeSettings settings, NodeShare share, RandomGenerator random) {
        this.nodes = nodes;
        this.name = nameOf(settings, random);
        this.heartbeat = settings.heartbeat();
        this.share = share;
        nodes.started(name);
        this.clock = new DatabaseClock(nodes.beat(name).now());
    }

    private static String nameOf(NodeSettings settings, RandomGenerator random) {
        // db-scheduler keeps 50 characters.
        String label = settings.name().length() > 20 ? settings.name().substring(0, 20) : settings.name();
        return label + "-" + PublicId.random(random);
    }

    String name() {
        return name;
    }

    DatabaseClock clock() {
        return clock;
    }

    Pulse pulse() {
        return pulse;
    }

    /// @param troubles what keeps the node from working, in words
    /// @param reached called after each beat that reached the database
    void start(List<QueueLoop> loops, Supplier<List<String>> troubles, Runnable reached) {
        Runnable beat = () -> {
            beat(loops, reached);
            tell(troubles.get());
        };
        beat.run();
        beats.scheduleWithFixedDelay(beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What the node runs of a queue and has lost to another node: it was frozen, or cut off.
    Set<String> lost(QueueLoop loop) {
        Set<String> lost = new HashSet<>(loop.running());
        if (!lost.isEmpty()) {
            lost.removeAll(nodes.held(loop.table(), name));
        }
        return lost;
    }

    private void beat(List<QueueLoop> loops, Runnable reached) {
        try {
            long asked = System.nanoTime();
            JdbiNodes.Beat beat = nodes.beat(name);
            clock.sync(beat.now(), Duration.ofNanos(System.nanoTime() - asked));
            share.among(beat.alive());
            pulse.beat();
            loops.forEach(this::putBack);
            reached.run();
        } catch (RuntimeException e) {
            LOG.warn("node {} does not reach the database: {}", name, e.getMessage());
        }
    }

    private void putBack(QueueLoop loop) {
        Instant old = clock.instant().minus(heartbeat.multipliedBy(2));
        int back = nodes.putBack(loop.table(), name, old, loop.running());
        if (back > 0) {
            LOG.warn("{} of {} were taken and did not run; they are put back", back, loop.table());
        }
    }

    /// For nodes that nobody asks: once when they begin, once when they end.
    private void tell(List<String> troubles) {
        if (saidTroubled != !troubles.isEmpty()) {
            saidTroubled = !saidTroubled;
            LOG.warn("node {} {}", name, saidTroubled ? "can't work: " + String.join("; ", troubles) : "works again");
        }
    }

    /// The last thing that is heard of the node.
    @Override
    public void close() {
        beats.shutdownNow();
        try {
            nodes.stopped(name);
        } catch (RuntimeException e) {
            LOG.warn("the end of node {} could not be written; others notice by its silence", name, e);
        }
    }
}
