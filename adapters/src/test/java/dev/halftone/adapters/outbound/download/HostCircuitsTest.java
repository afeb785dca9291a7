package dev.halftone.adapters.outbound.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Hosts that fail, as their callers see them.
@Timeout(60)
class HostCircuitsTest {
    private static final String HOST = "dead.example:443";
    private static final Failure REFUSED = Failure.of(FailureCode.CONNECT_FAILED, "the host refused the connection");

    private final MutableClock clock = new MutableClock();
    private final HostPacing pacing = new HostPacing(6, clock, CircuitRules.DEFAULT, new Random(1));

    private void fail(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (HostPacing.Turn turn = pacing.enter(HOST)) {
                turn.failed(REFUSED);
            }
        }
    }

    private void answer() throws InterruptedException {
        try (HostPacing.Turn turn = pacing.enter(HOST)) {
            turn.answered();
        }
    }

    private HalftoneException refusal() {
        return catchThrowableOfType(HalftoneException.class, () -> pacing.enter(HOST));
    }

    private Duration wait(HalftoneException refused) {
        assertThat(refused.isUnasked()).isTrue();
        return refused.failure().retryAfter().orElseThrow();
    }

    @Test
    void staysClosedUntilTheFifthFailureInARow() throws Exception {
        fail(4);
        answer();
        fail(4);
        pacing.enter(HOST).close();
        fail(1);

        assertThat(wait(refusal())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        pacing.enter("good.example:443").close();
    }

    @Test
    void saysWhatFailedLastAndThatNothingWasTried() throws Exception {
        fail(5);

        Failure failure = refusal().failure();

        assertThat(failure.code()).isEqualTo(FailureCode.CONNECT_FAILED);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.detail()).contains("left alone for", "the host refused the connection");
        assertThat(pacing.hostsInUse()).isZero();
    }

    @Test
    void probesWithOneRequestAndClosesWhenItIsAnswered() throws Exception {
        fail(5);
        clock.advance(Duration.ofSeconds(6));
        CompletableFuture<HostPacing.Turn> other = new CompletableFuture<>();
        try (HostPacing.Turn probe = pacing.enter(HOST)) {
            Thread second = entering(other);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> second.getState() == Thread.State.TIMED_WAITING);
            assertThat(other).isNotDone();
            probe.answered();
        }

        // Whoever waited for the probe goes on at once, and so does everyone.
        other.get().close();
        answer();
        fail(4);
        pacing.enter(HOST).close();
    }

    @Test
    void leavesTheHostAloneForTwiceAsLongAfterEachProbeUpToAMinute() throws Exception {
        fail(5);
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60, 60}) {
            Duration wait = wait(refusal());
            assertThat(wait).isBetween(Duration.ofMillis(seconds * 800L), Duration.ofMillis(seconds * 1_200L));
            clock.advance(wait);
            fail(1);
        }
    }

    @Test
    void refusesWhoHasWaitedLongForAProbe() throws Exception {
        fail(5);
        clock.advance(Duration.ofSeconds(6));
        try (HostPacing.Turn _ = pacing.enter(HOST)) {
            assertThat(wait(refusal())).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void letsTheNextOneProbeWhenNothingCameOfAProbe() throws Exception {
        fail(5);
        clock.advance(Duration.ofSeconds(6));
        pacing.enter(HOST).close();

        answer();
        pacing.enter(HOST).close();
    }

    @Test
    void takesNoNoticeOfFailuresThatBeganBeforeItOpened() throws Exception {
        HostPacing.Turn late = pacing.enter(HOST);
        HostPacing.Turn good = pacing.enter(HOST);
        fail(5);
        clock.advance(Duration.ofSeconds(3));
        late.failed(REFUSED);
        late.close();
        assertThat(wait(refusal())).isLessThan(Duration.ofSeconds(4));

        good.answered();
        good.close();
        pacing.enter(HOST).close();
    }

    @Test
    void givesAHostUpAfterTenMinutesOfFailures() throws Exception {
        fail(5);
        Duration passed = Duration.ZERO;
        HalftoneException refused = refusal();
        while (refused.isUnasked()) {
            Duration wait = wait(refused);
            clock.advance(wait);
            passed = passed.plus(wait);
            fail(1);
            refused = refusal();
        }
        assertThat(passed)
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11).plusSeconds(12));
        assertThat(refused.failure().code()).isEqualTo(FailureCode.CONNECT_FAILED);
        assertThat(refused.failure().retryable()).isFalse();
        assertThat(refused.failure().detail()).contains("10 min", "given up", "the host refused the connection");

        clock.advance(Duration.ofSeconds(73));
        try (HostPacing.Turn probe = pacing.enter(HOST)) {
            assertThat(refusal().failure().retryable()).isFalse();
            probe.answered();
        }
        pacing.enter(HOST).close();
    }

    /// As the images of a retry, an hour after the host was repaired.
    @Test
    void whoComesToAHostThatWasGivenUpWaitsForTheProbe() throws Exception {
        fail(5);
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(3));
            fail(1);
        }
        assertThat(refusal().isUnasked()).isFalse();
        clock.advance(Duration.ofHours(1));
        CompletableFuture<HostPacing.Turn> other = new CompletableFuture<>();
        try (HostPacing.Turn probe = pacing.enter(HOST)) {
            Thread second = entering(other);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> second.getState() == Thread.State.TIMED_WAITING);
            probe.answered();
        }
        other.get().close();
    }

    @Test
    void forgetsWhatItLearnedLongAgo() throws Exception {
        fail(5);
        clock.advance(Duration.ofMinutes(91));

        fail(4);
        pacing.enter(HOST).close();
    }

    private Thread entering(CompletableFuture<HostPacing.Turn> turn) {
        return Thread.startVirtualThread(() -> {
            try {
                turn.complete(pacing.enter(HOST));
            } catch (HalftoneException | InterruptedException e) {
                turn.completeExceptionally(e);
            }
        });
    }

    /// A host that asks for long pauses was asked five times before it is given up.
    @Test
    void givesNoHostUpThatWasHardlyAsked() throws Exception {
        fail(5);
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofMinutes(30));
            fail(1);
            assertThat(refusal().isUnasked()).isTrue();
        }
        clock.advance(Duration.ofMinutes(30));
        fail(1);
        assertThat(refusal().isUnasked()).isFalse();
    }
}
