package dev.halftone.adapters.outbound.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostPacingTest {
    private final MutableClock clock = new MutableClock();
    private final HostPacing pacing = new HostPacing(6, clock);

    @Test
    void letsSixInAtOnceAndEveryoneInTheEnd() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                callers.add(threads.submit(() -> {
                    try (HostPacing.Turn _ = pacing.enter("a.example")) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(most.get()).isBetween(1, 6);
        assertThat(pacing.hostsInUse()).isZero();
    }

    @Test
    void keepsHostsApart() throws Exception {
        HostPacing one = new HostPacing(1, clock);
        try (HostPacing.Turn _ = one.enter("a.example");
                HostPacing.Turn _ = one.enter("b.example")) {
            assertThat(one.hostsInUse()).isEqualTo(2);
        }
        assertThat(one.hostsInUse()).isZero();
    }

    @Test
    void servesInTheOrderOfArrival() throws Exception {
        HostPacing one = new HostPacing(1, clock);
        List<Integer> served = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = new ArrayList<>();
        try (HostPacing.Turn _ = one.enter("a.example")) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                Thread caller = Thread.startVirtualThread(() -> {
                    try (HostPacing.Turn _ = one.enter("a.example")) {
                        served.add(number);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                waiting.add(caller);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> caller.getState() == Thread.State.WAITING);
            }
        }
        for (Thread caller : waiting) {
            caller.join();
        }
        assertThat(served).isSorted().hasSize(20);
    }

    @Test
    void forgetsACallerThatIsInterruptedWhileItWaits() throws Exception {
        HostPacing one = new HostPacing(1, clock);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (HostPacing.Turn _ = one.enter("a.example")) {
            Thread caller = Thread.startVirtualThread(() -> {
                try (HostPacing.Turn _ = one.enter("a.example")) {
                    throw new AssertionError("entered");
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
            });
            Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
            caller.interrupt();
            caller.join();
        }
        assertThat(interrupted).isTrue();
        assertThat(one.hostsInUse()).isZero();
        one.enter("a.example").close();
    }

    @Test
    void refusesAtOnceWhileAHostWantsPeace() throws Exception {
        pacing.pause("a.example", Duration.ofSeconds(60));
        clock.advance(Duration.ofSeconds(20));
        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> pacing.enter("a.example"))
                .satisfies(e -> {
                    assertThat(e.isUnasked()).isTrue();
                    assertThat(e.failure().code()).isEqualTo(FailureCode.HTTP_STATUS);
                    assertThat(e.failure().retryable()).isTrue();
                    assertThat(e.failure().retryAfter()).contains(Duration.ofSeconds(40));
                    assertThat(e.failure().detail()).contains("40 s");
                });
        pacing.enter("b.example").close();
        clock.advance(Duration.ofSeconds(41));
        pacing.enter("a.example").close();
        assertThat(pacing.hostsInUse()).isZero();
    }

    @Test
    void refusesThoseWhoStoodInTheQueueWhenThePauseBegan() throws Exception {
        HostPacing one = new HostPacing(1, clock);
        CountDownLatch refused = new CountDownLatch(10);
        List<Thread> callers = new ArrayList<>();
        try (HostPacing.Turn _ = one.enter("a.example")) {
            for (int i = 0; i < 10; i++) {
                callers.add(Thread.startVirtualThread(() -> {
                    try (HostPacing.Turn _ = one.enter("a.example")) {
                        throw new AssertionError("entered");
                    } catch (HalftoneException e) {
                        refused.countDown();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            Awaitility.await()
                    .until(() -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
            one.pause("a.example", Duration.ofMinutes(5));
        }
        refused.await();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(one.hostsInUse()).isZero();
    }

    @Test
    void waitsOutAShortPause() throws Exception {
        HostPacing real = new HostPacing(6, InstantSource.system());
        real.pause("a.example", Duration.ofMillis(50));
        real.enter("a.example").close();
        assertThat(real.hostsInUse()).isZero();
    }

    @Test
    void keepsTheLongerOfTwoPauses() {
        HostPauses pauses = new HostPauses(clock);
        pauses.pause("a.example", Duration.ofSeconds(60));
        pauses.pause("a.example", Duration.ofSeconds(5));
        assertThat(pauses.left("a.example")).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void remembersNoMorePausesThanMemoryMayHold() {
        HostPauses pauses = new HostPauses(clock);
        for (int i = 0; i <= 10_000; i++) {
            pauses.pause("host" + i + ".example", Duration.ofHours(1));
        }
        assertThat(pauses.left("host0.example")).isZero();
        assertThat(pauses.left("host10000.example")).isEqualTo(Duration.ofHours(1));
    }

    /// A host is shared by those who want it, whoever came first.
    @Test
    void servesOwnersInTurn() throws Exception {
        HostPacing one = new HostPacing(1, clock);
        TurnOwner large = new TurnOwner() {};
        TurnOwner small = new TurnOwner() {};
        List<String> served = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = new ArrayList<>();
        try (HostPacing.Turn _ = one.enter("a.example", large)) {
            for (int i = 0; i < 12; i++) {
                boolean last = i >= 10;
                Thread caller = Thread.startVirtualThread(() -> {
                    try (HostPacing.Turn _ = one.enter("a.example", last ? small : large)) {
                        served.add(last ? "small" : "large");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                waiting.add(caller);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> caller.getState() == Thread.State.WAITING);
            }
        }
        for (Thread caller : waiting) {
            caller.join();
        }
        assertThat(served.subList(0, 4)).containsExactly("large", "small", "large", "small");
    }

    @Test
    void needsAtLeastOnePermit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostPacing(0, clock));
    }
}
