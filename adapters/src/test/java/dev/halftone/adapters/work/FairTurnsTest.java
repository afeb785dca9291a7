package dev.halftone.adapters.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final BatchId large = BatchId.random(RANDOM);
    private final BatchId small = BatchId.random(RANDOM);

    @Test
    void takesTurnsOverTheBatchesThatWait() throws Exception {
        try (FairTurns turns = new FairTurns(1, 100)) {
            CountDownLatch gate = new CountDownLatch(1);
            ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
            List<Thread> waiting = new ArrayList<>();
            waiting.add(waiter(turns, large, 1, () -> await(gate)));
            for (int i = 0; i < 4; i++) {
                waiting.add(waiter(turns, large, 1, () -> order.add("large")));
            }
            for (int i = 0; i < 2; i++) {
                waiting.add(waiter(turns, small, 1, () -> order.add("small")));
            }
            gate.countDown();
            for (Thread thread : waiting) {
                thread.join();
            }

            assertThat(order).containsExactly("large", "small", "large", "small", "large", "large");
        }
    }

    @Test
    void keepsTheSumOfEstimatesWithinTheBudgetAndRunsAGiantAlone() throws Exception {
        try (FairTurns turns = new FairTurns(4, 100)) {
            AtomicLong held = new AtomicLong();
            AtomicLong most = new AtomicLong();
            AtomicInteger besideTheGiant = new AtomicInteger(-1);
            AtomicInteger running = new AtomicInteger();
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                boolean giant = i == 20;
                long bytes = giant ? 1_000 : 40;
                waiting.add(Thread.ofVirtual()
                        .start(() -> take(turns, large, bytes, () -> {
                            int others = running.getAndIncrement();
                            if (giant) {
                                besideTheGiant.set(others);
                            } else {
                                most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                                Thread.onSpinWait();
                                held.addAndGet(-bytes);
                            }
                            running.decrementAndGet();
                        })));
            }
            for (Thread thread : waiting) {
                thread.join();
            }

            assertThat(most.get()).isLessThanOrEqualTo(100);
            assertThat(besideTheGiant.get()).isZero();
        }
    }

    @Test
    void throwsWhatTheWorkThrew() {
        try (FairTurns turns = new FairTurns(1, 100)) {
            HalftoneException thrown = HalftoneException.of(FailureCode.CORRUPT_IMAGE, "cut short");

            assertThatThrownBy(() -> turns.take(large, 1, () -> {
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThatThrownBy(() -> turns.take(large, 1, () -> {
                        throw new OutOfMemoryError("test");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void anInterruptedOneLeavesTheRow() throws Exception {
        try (FairTurns turns = new FairTurns(1, 100)) {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicInteger ran = new AtomicInteger();
            Thread first = waiter(turns, large, 1, () -> await(gate));
            Thread second = waiter(turns, large, 1, ran::incrementAndGet);
            second.interrupt();
            second.join();
            gate.countDown();
            first.join();

            take(turns, small, 1, () -> {});
            assertThat(ran.get()).isZero();
        }
    }

    /// A thread that waits for its turn by the time this returns.
    private static Thread waiter(FairTurns turns, BatchId batch, long bytes, Runnable work) {
        Thread thread = Thread.ofPlatform().start(() -> take(turns, batch, bytes, work));
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    private static void take(FairTurns turns, BatchId batch, long bytes, Runnable work) {
        try {
            turns.take(batch, bytes, () -> {
                work.run();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
