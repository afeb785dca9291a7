package dev.halftone.adapters.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FolderSyncTest {
    private static final Path FOLDER = Path.of("/store/a");

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicBoolean breaks = new AtomicBoolean();
    private final FolderSync sync = new FolderSync(folder -> {
        boolean failing = breaks.get();
        begun.incrementAndGet();
        mayEnd.acquireUninterruptibly();
        ended.incrementAndGet();
        if (failing) {
            throw new IOException("Input/output error");
        }
    });

    @Test
    void servesAllWhoCameWhileItRanWithOneMore() throws Exception {
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = call(threads);
            Awaitility.await().until(() -> begun.get() == 1);
            for (int i = 0; i < 200; i++) {
                callers.add(call(threads));
            }
            Awaitility.await().until(() -> waiting.get() == 201);
            mayEnd.release();
            first.get();
            Awaitility.await().until(() -> begun.get() == 2);
            assertThat(callers).noneMatch(Future::isDone);
            mayEnd.release();
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(begun.get()).isEqualTo(2);
    }

    @Test
    void isNeverServedByASyncThatBeganBefore() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> early = call(threads);
            Awaitility.await().until(() -> begun.get() == 1);
            Future<?> late = call(threads);
            Awaitility.await().until(() -> waiting.get() == 2);
            mayEnd.release();
            early.get();
            Awaitility.await().until(() -> begun.get() == 2);
            assertThat(late.isDone()).isFalse();
            mayEnd.release();
            late.get();
        }
    }

    @Test
    void tellsAFailureToThoseItWasForAndNobodyElse() throws Exception {
        List<Future<?>> failing = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = call(threads);
            Awaitility.await().until(() -> begun.get() == 1);
            breaks.set(true);
            failing.add(call(threads));
            failing.add(call(threads));
            Awaitility.await().until(() -> waiting.get() == 3);
            mayEnd.release();
            first.get();
            Awaitility.await().until(() -> begun.get() == 2);
            breaks.set(false);
            Future<?> after = call(threads);
            Awaitility.await().until(() -> waiting.get() == 3);
            mayEnd.release(2);
            for (Future<?> caller : failing) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(caller::get)
                        .withCauseInstanceOf(IOException.class)
                        .withRootCauseInstanceOf(IOException.class)
                        .withStackTraceContaining("Input/output error");
            }
            after.get();
        }
        assertThat(ended.get()).isEqualTo(3);
    }

    @Test
    void endsNobodysSyncAtAnInterrupt() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                sync.sync(FOLDER);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                done.complete(null);
            } catch (IOException | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        Awaitility.await().until(() -> begun.get() == 1);
        caller.interrupt();
        mayEnd.release();
        done.get();
    }

    @Test
    void keepsFoldersApart() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = call(threads);
            Future<?> other = threads.submit(() -> {
                sync.sync(Path.of("/store/b"));
                return null;
            });
            Awaitility.await().until(() -> begun.get() == 2);
            mayEnd.release(2);
            one.get();
            other.get();
        }
    }

    /// Many writers at full speed: whoever returns was covered by a sync that began after its write.
    @Test
    void holdsItsPromiseUnderLoad() throws Exception {
        ConcurrentMap<Integer, Boolean> written = new ConcurrentHashMap<>();
        ConcurrentMap<Integer, Boolean> durable = new ConcurrentHashMap<>();
        AtomicInteger syncs = new AtomicInteger();
        FolderSync busy = new FolderSync(folder -> {
            syncs.incrementAndGet();
            List<Integer> seen = List.copyOf(written.keySet());
            Thread.yield();
            seen.forEach(file -> durable.put(file, true));
        });
        List<Future<?>> writers = new ArrayList<>();
        int files = 5_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < files; i++) {
                int file = i;
                writers.add(threads.submit(() -> {
                    written.put(file, true);
                    busy.sync(FOLDER);
                    assertThat(durable).containsKey(file);
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(syncs.get()).isPositive().isLessThan(files);
    }

    private final AtomicInteger waiting = new AtomicInteger();

    /// Counts who is about to wait; the count falls when the wait ends.
    private Future<?> call(ExecutorService threads) {
        CountDownLatch inside = new CountDownLatch(1);
        Future<?> caller = threads.submit(() -> {
            Thread self = Thread.currentThread();
            Thread.startVirtualThread(() -> {
                // In line once it is parked in the sync.
                Awaitility.await()
                        .pollInterval(java.time.Duration.ofMillis(2))
                        .until(() -> self.getState() == Thread.State.WAITING || !self.isAlive());
                waiting.incrementAndGet();
                inside.countDown();
            });
            try {
                sync.sync(FOLDER);
            } finally {
                inside.await();
                waiting.decrementAndGet();
            }
            return null;
        });
        return caller;
    }
}
