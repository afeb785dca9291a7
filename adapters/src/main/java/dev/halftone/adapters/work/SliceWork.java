package dev.halftone.adapters.work;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.BegunSlice.BegunItem;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemStore.Again;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.ItemStore.Missed;
import dev.halftone.domain.item.ItemStore.SliceEnd;
import dev.halftone.domain.item.SliceRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One slice while it runs.
final class SliceWork {
    private static final Logger LOG = LoggerFactory.getLogger(SliceWork.class);
    private static final Duration LEAST_WAIT = Duration.ofMillis(500);
    private static final Duration LONG_WAIT = Duration.ofSeconds(5);

    private final SliceRun run;
    private final SliceRunner runner;
    private final Queue<CompletableFuture<Void>> written = new ConcurrentLinkedQueue<>();
    private final Queue<MissedItem> missed = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> handedBack = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean interrupted;

    private final Queue<PutOff> putOff = new ConcurrentLinkedQueue<>();

    private record MissedItem(BegunItem item, Failure failure) {}

    private record PutOff(Missed item, Duration delay) {}

    /// Items that failed alike are tried again together.
    private record Alike(int attempts, Optional<Duration> retryAfter) {}

    SliceWork(SliceRun run, SliceRunner runner) {
        this.run = run;
        this.runner = runner;
    }

    String instance() {
        return run.instance();
    }

    void run(BegunSlice slice) {
        List<Thread> begun =
                slice.items().stream().map(item -> start(item, slice)).toList();
        begun.forEach(SliceWork::join);
        slice.suspects().forEach(ordinal -> runAlone(ordinal, slice));
        SliceEnd end = new SliceEnd(run, again(), List.copyOf(handedBack));
        if (!runner.results().end(end, List.copyOf(written)).join()) {
            LOG.info("slice {} was taken over by another node", run.instance());
        }
    }

    /// Makes the items that still run stop; they are handed back.
    void interrupt() {
        interrupted = true;
        threads.forEach(Thread::interrupt);
    }

    private Thread start(BegunItem item, BegunSlice slice) {
        Thread thread = Thread.ofVirtual()
                .name("item-" + item.item().batch() + "-" + item.item().ordinal())
                .unstarted(() -> process(item, slice));
        threads.add(thread);
        thread.start();
        if (interrupted) {
            thread.interrupt();
        }
        return thread;
    }

    /// The slice's own thread is never interrupted by us: it holds connections, and an interrupt would cut
    /// them.
    private static void join(Thread thread) {
        boolean again = true;
        boolean wasInterrupted = false;
        while (again) {
            try {
                thread.join();
                again = false;
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runAlone(int ordinal, BegunSlice slice) {
        runner.suspects().acquireUninterruptibly();
        try {
            if (interrupted || runner.isStopping()) {
                handedBack.add(ordinal);
                return;
            }
            runner.items().beginSuspect(run, ordinal).ifPresent(item -> {
                LOG.info(
                        "item {} of batch {} runs alone: its worker died",
                        ordinal,
                        run.slice().batch());
                join(start(item, slice));
                // Durable before the next suspect begins, or the next one's death would be blamed on both.
                CompletableFuture.allOf(written.toArray(CompletableFuture[]::new))
                        .join();
            });
        } finally {
            runner.suspects().release();
        }
    }

    private void process(BegunItem begun, BegunSlice slice) {
        ItemOutcome outcome;
        try {
            outcome = runner.process(begun.item(), slice.recipe(), run.slice().priority());
        } catch (InterruptedException e) {
            handedBack.add(begun.item().ordinal());
            return;
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "item {} of batch {} failed unexpectedly",
                    begun.item().ordinal(),
                    begun.item().batch(),
                    e);
            outcome = new ItemOutcome.Failed(Failure.of(
                    FailureCode.INTERNAL, "unexpected " + e.getClass().getSimpleName()));
        }
        switch (outcome) {
            case ItemOutcome.Delivered delivered ->
                written.add(runner.results().add(new Ended(begun.item(), delivered)));
            case ItemOutcome.Failed failed -> failed(begun, failed);
            case ItemOutcome.Deferred deferred -> deferred(begun, deferred.reason());
        }
    }

    /// An item is put off for so long in all; after that, a wait is an attempt like any other.
    private void deferred(BegunItem begun, Failure reason) {
        if (begun.waited().compareTo(runner.backoff().longestAsked()) >= 0) {
            failed(begun, new ItemOutcome.Failed(reason));
        } else {
            putOff.add(new PutOff(
                    new Missed(begun.item(), reason), whole(reason.retryAfter().orElse(LEAST_WAIT))));
        }
    }

    /// Up to whole pieces of time, so that items with nearly the same wait go together.
    private static Duration whole(Duration wait) {
        Duration piece = wait.compareTo(LONG_WAIT) < 0 ? LEAST_WAIT : LEAST_WAIT.multipliedBy(4);
        return piece.multipliedBy(Math.max(1, Math.ceilDiv(wait.toMillis(), piece.toMillis())));
    }

    private void failed(BegunItem begun, ItemOutcome.Failed failed) {
        if (interrupted) {
            // Most likely the interrupt's own doing.
            handedBack.add(begun.item().ordinal());
        } else if (runner.backoff()
                .after(begun.attempts(), failed.failure(), runner.random())
                .isPresent()) {
            missed.add(new MissedItem(begun, failed.failure()));
        } else {
            written.add(runner.results().add(new Ended(begun.item(), failed)));
        }
    }

    private List<Again> again() {
        Map<Alike, List<MissedItem>> groups = new LinkedHashMap<>();
        for (MissedItem each : missed) {
            Alike alike = new Alike(each.item().attempts(), each.failure().retryAfter());
            groups.computeIfAbsent(alike, key -> new ArrayList<>()).add(each);
        }
        List<Again> again = new ArrayList<>();
        groups.forEach((alike, some) -> {
            Duration delay = runner.backoff()
                    .after(alike.attempts(), some.getFirst().failure(), runner.random())
                    .orElseThrow();
            again.add(new Again(
                    delay,
                    some.stream()
                            .map(each -> new Missed(each.item().item(), each.failure()))
                            .toList(),
                    true));
        });
        Map<Duration, List<Missed>> byDelay = new TreeMap<>();
        for (PutOff each : putOff) {
            byDelay.computeIfAbsent(each.delay(), key -> new ArrayList<>()).add(each.item());
        }
        byDelay.forEach((delay, some) -> again.add(new Again(delay, some, false)));
        return again;
    }
}
